// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/limits.h"
#include "models/wire/uploads.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using Pagedesk::Testing::await;
using namespace Qt::Literals::StringLiterals;

// Files from the desktop to the customer: in pieces to the relay, once to Meta, and to the customer
// by Meta's id, in order and exactly once. Relay and sandbox are the real programs.
class TestOutgoingFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), m_world->why().constData());
        startDesk();
        PAGEDESK_SUCCEEDS(m_desk->pair(m_world->invite(u"Ada"_s)));
        QVERIFY(m_desk->waitFor(ConnectionState::Live));
        m_world->customerWrites(Psid, u"Please send it"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->thread(Conversation).isEmpty(), 20'000);
    }
    void cleanup()
    {
        m_desk.reset();
        m_world.reset();
    }

    void textAndFilesArriveInOrder()
    {
        const auto picture = taken(Png, u"../Beleg\u202E gnp.png"_s);
        const auto document = taken(Pdf, u"Preisliste März 🎂.pdf"_s);
        QCOMPARE(picture.kind, AttachmentKind::Image);
        QCOMPARE(document.kind, AttachmentKind::File);
        const auto sent
            = await(m_desk->outbox.send(Conversation, u"Here it is"_s, {picture, document}));
        PAGEDESK_SUCCEEDS(sent);
        QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Sent).size(), 3, 30'000);
        const auto received = atCustomer();
        QCOMPARE(received.size(), 3);
        QCOMPARE(received.at(0)[u"text"_s].toString(), u"Here it is"_s);
        QCOMPARE(kindOf(received.at(1)), u"image"_s);
        QCOMPARE(kindOf(received.at(2)), u"file"_s);
        QCOMPARE(nameOf(received.at(2)), u"Preisliste März 🎂.pdf"_s);
        // Everybody else's desktop has the file under its hash, and a name without tricks.
        const QList<Message> thread = outgoing(DeliveryState::Sent);
        QCOMPARE(thread.at(1).attachments.first().hash, picture.hash);
        QCOMPARE(thread.at(1).attachments.first().name, u"Beleg gnp.png"_s);
        QCOMPARE(thread.at(2).attachments.first().mimeType, u"application/pdf"_s);
        TestDesk other(m_world->folder() + u"/other"_s);
        QVERIFY(other.start());
        PAGEDESK_SUCCEEDS(other.pair(m_world->invite(u"Grace"_s)));
        QVERIFY(other.waitFor(ConnectionState::Live));
        const auto path = await(other.media.fetch(document.hash));
        PAGEDESK_SUCCEEDS(path);
        QFile file(*path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), Pdf);
    }

    void largePicturesGetASmallOne()
    {
        const QByteArray bytes = picture({2000, 1500});
        const auto mine = taken(bytes, u"mine.png"_s);
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, {}, {mine})));
        QTRY_VERIFY_WITH_TIMEOUT(!outgoing(DeliveryState::Sent).isEmpty()
                && !outgoing(DeliveryState::Sent).first().attachments.first().thumbnail.isEmpty(),
            30'000);
        const Attachment sent = outgoing(DeliveryState::Sent).first().attachments.first();
        QCOMPARE(QSize(sent.width, sent.height), QSize(2000, 1500));
        // The same picture from the customer, whose small one is there already.
        const auto written
            = http("POST", m_world->sandboxUrl(u"/_sandbox/customers/%1/messages"_s.arg(Psid)),
                R"({"pageId":"70044","attachment":{"type":"image","name":"yours.png","base64":")"
                    + bytes.toBase64() + R"("}})");
        QVERIFY2(written.status == 200, written.body.constData());
        const QString mid = written.json()[u"mid"_s].toString();
        Attachment received;
        const bool seen = QTest::qWaitFor(
            [&] {
                for (const Message &message : m_desk->thread(Conversation)) {
                    if (message.mid.value == mid && !message.attachments.isEmpty())
                        received = message.attachments.first();
                }
                return !received.thumbnail.isEmpty();
            },
            30'000);
        QVERIFY2(seen, (m_world->why() + m_world->command({u"jobs"_s})).constData());
        QCOMPARE(received.thumbnail, sent.thumbnail);
        QCOMPARE(QSize(received.width, received.height), QSize(2000, 1500));
        const auto path = await(m_desk->media.fetch(received.thumbnail));
        PAGEDESK_SUCCEEDS(path);
        const QImage small(*path);
        QCOMPARE(small.size(), QSize(640, 480));
        QVERIFY(QFileInfo(*path).size() < bytes.size());
        int code = -1;
        m_world->command({u"verify"_s}, &code);
        QCOMPARE(code, 0);
    }

    void metaGetsTheSameFileOnce()
    {
        const auto picture = taken(Png, u"a.png"_s);
        for (int i = 0; i < 3; ++i) {
            PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, {}, {picture})));
            QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Sent).size(), i + 1, 30'000);
        }
        QCOMPARE(atCustomer().size(), 3);
        QCOMPARE(uploadsToMeta(), 1);
    }

    void anIdThatMetaHasLostIsMadeAnew()
    {
        const auto picture = taken(Png, u"a.png"_s);
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, {}, {picture})));
        QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Sent).size(), 1, 30'000);
        const auto set = m_world->fault({{u"target"_s, u"send"_s}, {u"fault"_s, u"error"_s},
            {u"code"_s, 100}, {u"subcode"_s, 2018074}, {u"count"_s, 1}});
        QCOMPARE(set.status, 200);
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, {}, {picture})));
        QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Sent).size(), 2, 30'000);
        QCOMPARE(atCustomer().size(), 2);
        QCOMPARE(uploadsToMeta(), 2);
    }

    void ambiguousSendsOfFilesNeverDouble()
    {
        const auto set = m_world->fault({{u"target"_s, u"send"_s},
            {u"fault"_s, u"commit_then_fail"_s}, {u"mode"_s, u"reset"_s}, {u"count"_s, 1}});
        QCOMPARE(set.status, 200);
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, {}, {taken(Png, u"a.png"_s)})));
        QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Sent).size(), 1, 40'000);
        QCOMPARE(atCustomer().size(), 1);
        const Message sent = outgoing(DeliveryState::Sent).first();
        QCOMPARE(sent.attachments.size(), 1);
        QCOMPARE(sent.attachments.first().state, AttachmentState::Captured);
    }

    void aRelayThatDiesGoesOnWhereItWas()
    {
        const QByteArray bytes = noise(12'000'000);
        const auto file = taken(bytes, u"film.bin"_s);
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, {}, {file})));
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->uploader.progress(file.hash) > 0.2, 20'000);
        m_world->relay.kill();
        QVERIFY(m_desk->waitFor(ConnectionState::Offline));
        QVERIFY(m_world->startRelay());
        double lowest = 1;
        connect(&m_desk->uploader, &Uploader::progressed, this, [&](const QString &hash) {
            const double now = m_desk->uploader.progress(hash);
            if (now > 0)
                lowest = std::min(lowest, now);
        });
        m_desk->session.retryNow();
        QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Sent).size(), 1, 60'000);
        QVERIFY2(lowest > 0.15, QByteArray::number(lowest).constData());
        QCOMPARE(atCustomer().size(), 1);
        QCOMPARE(sizeOf(atCustomer().first()), bytes.size());
    }

    void aDesktopThatDiesGoesOnWhereItWas()
    {
        const auto file = taken(noise(8'000'000), u"film.bin"_s);
        m_world->relay.kill();
        QVERIFY(m_desk->waitFor(ConnectionState::Offline));
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, u"the film"_s, {file})));
        m_desk.reset();
        QVERIFY(m_world->startRelay());
        startDesk();
        QVERIFY(m_desk->waitFor(ConnectionState::Live));
        QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Sent).size(), 2, 60'000);
        QCOMPARE(atCustomer().size(), 2);
    }

    void whatIsBeingBroughtCanBeTakenBack()
    {
        const auto file = taken(noise(20'000'000), u"film.bin"_s);
        const auto sent = await(m_desk->outbox.send(Conversation, {}, {file}));
        PAGEDESK_SUCCEEDS(sent);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->uploader.progress(file.hash) > 0.05, 20'000);
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.cancel(*sent)));
        QVERIFY(!m_desk->message(Conversation, *sent));
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, u"rather not"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Sent).size(), 1, 30'000);
        QCOMPARE(atCustomer().size(), 1);
    }

    void whatMetaRefusesFailsWithWhatFollows()
    {
        const auto set
            = m_world->fault({{u"target"_s, u"graph"_s}, {u"fault"_s, u"error"_s}, {u"code"_s, 100},
                {u"subcode"_s, 2018047}, {u"count"_s, 1}, {u"edge"_s, u"message_attachments"_s}});
        QVERIFY2(set.status == 200, set.body.constData());
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(
            Conversation, {}, {taken(Png, u"a.png"_s), taken(Pdf, u"b.pdf"_s)})));
        QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Failed).size(), 2, 30'000);
        QCOMPARE(outgoing(DeliveryState::Failed).first().failure, FailureKind::AttachmentRefused);
        QCOMPARE(outgoing(DeliveryState::Failed).last().failure, FailureKind::EarlierPart);
        QCOMPARE(atCustomer().size(), 0);
    }

    void anUploadThatMetaDoesNotAnswerIsTriedAgain()
    {
        const auto set = m_world->fault({{u"target"_s, u"graph"_s}, {u"fault"_s, u"drop"_s},
            {u"count"_s, 1}, {u"edge"_s, u"message_attachments"_s}});
        QVERIFY2(set.status == 200, set.body.constData());
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, {}, {taken(Png, u"a.png"_s)})));
        QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Sent).size(), 1, 60'000);
        QCOMPARE(atCustomer().size(), 1);
    }

    void slowUploadsKeepNoTextWaiting()
    {
        constexpr int People = 20; // more than leave at the same time
        QList<ConversationId> others;
        for (int i = 0; i < People; ++i) {
            const QString psid = u"240000000000002%1"_s.arg(i, 2, 10, QChar(u'0'));
            m_world->customerWrites(psid, u"Please send it"_s);
            others.append({u"70044-"_s + psid});
        }
        QTRY_VERIFY_WITH_TIMEOUT(
            std::all_of(others.begin(), others.end(),
                [&](const ConversationId &id) { return m_desk->conversation(id).has_value(); }),
            30'000);
        const auto set = m_world->fault({{u"target"_s, u"graph"_s}, {u"fault"_s, u"delay"_s},
            {u"milliseconds"_s, 30'000}, {u"count"_s, -1}, {u"edge"_s, u"message_attachments"_s}});
        QVERIFY2(set.status == 200, set.body.constData());
        for (int i = 0; i < People; ++i) {
            PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(
                others.at(i), {}, {taken(QByteArray::number(i), u"%1.txt"_s.arg(i))})));
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->outbox.waiting(), 0, 30'000); // all are at the relay
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, u"only a word"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Sent).size(), 1, 20'000);
        const auto sent = std::count_if(others.begin(), others.end(),
            [&](const auto &id) { return m_desk->thread(id).last().state >= DeliveryState::Sent; });
        QVERIFY2(sent < People, "the uploads were not slow");
    }

    void aFileThatIsGoneEverywhereSaysSo()
    {
        Attachment gone = taken(Png, u"a.png"_s);
        gone.hash = QString(64, u'a');
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, {}, {gone})));
        QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Failed).size(), 1, 30'000);
        QCOMPARE(outgoing(DeliveryState::Failed).first().failure, FailureKind::AttachmentLost);
    }

    // The copy in the profile rots on the disk before it is brought.
    void aCopyThatHasRottenSaysSo()
    {
        m_world->relay.kill();
        const Attachment file = taken(Png, u"a.png"_s);
        QFile copy(m_desk->outgoing.pathOf(file.hash));
        QVERIFY(copy.open(QIODevice::ReadWrite) && copy.seek(5) && copy.putChar('#'));
        copy.close();
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, {}, {file})));
        QVERIFY(m_world->startRelay());
        QTRY_COMPARE_WITH_TIMEOUT(outgoing(DeliveryState::Failed).size(), 1, 30'000);
        QCOMPARE(outgoing(DeliveryState::Failed).first().failure, FailureKind::AttachmentLost);
        // Chosen again it is sent.
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Conversation, {}, {taken(Png, u"a.png"_s)})));
        QTRY_VERIFY_WITH_TIMEOUT(!outgoing(DeliveryState::Sent).isEmpty()
                || !outgoing(DeliveryState::Delivered).isEmpty()
                || !outgoing(DeliveryState::Read).isEmpty(),
            30'000);
    }

    void filesThatCannotBeSentAreNotTaken()
    {
        const auto empty = await(m_desk->outgoing.take(QByteArray(), u"empty.txt"_s));
        QCOMPARE(empty.error().kind, Error::Kind::Rejected);
        const auto large = await(
            m_desk->outgoing.take(QByteArray(Limits::OutgoingFileBytes + 1, 'x'), u"large.txt"_s));
        QCOMPARE(large.error().kind, Error::Kind::TooLarge);
        const auto folder = await(m_desk->outgoing.take(m_world->folder()));
        QCOMPARE(folder.error().kind, Error::Kind::Rejected);
        const auto nothing = await(m_desk->outgoing.take(m_world->folder() + u"/no such"_s));
        QCOMPARE(nothing.error().kind, Error::Kind::Rejected);
    }

    // Killed between the last byte and the renaming: the file is whole, but not taken in.
    void aWholeFileIsTakenInAfterTheRelayDied()
    {
        const QByteArray token = m_world->deviceToken(u"Grace"_s);
        for (const QByteArray &rest : {"lo"_ba, "LO"_ba}) {
            const bool isRight = rest == "lo";
            const QByteArray bytes = isRight ? "hello"_ba : "jello"_ba;
            QCOMPARE(put(hashOf(bytes), 5, 0, bytes.left(3), token).status, 200);
            m_world->relay.kill();
            QDirIterator it(m_world->data() + u"/uploads"_s, {hashOf(bytes) + u"*"_s}, QDir::Files,
                QDirIterator::Subdirectories);
            QVERIFY(it.hasNext());
            QFile part(it.next());
            QVERIFY(part.open(QIODevice::Append) && part.write(rest) == 2);
            part.close();
            QVERIFY(m_world->startRelay());
            const Wire::UploadState expected
                = isRight ? Wire::UploadState{5, true} : Wire::UploadState{0, false};
            QCOMPARE(stateOf(hashOf(bytes), 5, token), expected);
        }
    }

    void hostileUploadsChangeNothing()
    {
        const QByteArray token = m_world->deviceToken(u"Mallory"_s);
        const QString hash = hashOf("hello");
        QCOMPARE(put(hash, 5, 0, "hello", "wrong").status, 401);
        QCOMPARE(put(hash, 5, 0, "hello", {}).status, 401);
        QCOMPARE(put(u"..%2F..%2Fetc%2Fpasswd"_s, 5, 0, "hello", token).status, 400);
        QCOMPARE(put(QString(64, u'Z'), 5, 0, "hello", token).status, 400);
        QCOMPARE(put(hash, 0, 0, {}, token).status, 400);
        QCOMPARE(put(hash, -5, 0, "hello", token).status, 400);
        QCOMPARE(put(hash, Limits::OutgoingFileBytes + 1, 0, "hello", token).status, 413);
        QCOMPARE(put(hash, 5, 0, "hello world", token).status, 400);
        QCOMPARE(put(hash, 9'000'000, 0, QByteArray(Wire::UploadPieceBytes + 1, 'x'), token).status,
            413);
        QCOMPARE(put(hash, 5, 3, "lo", token).status, 409); // out of order
        QCOMPARE(put(hash, 5, 0, "HELLO", token).status, 422); // other bytes than announced
        QCOMPARE(stateOf(hash, 5, token), (Wire::UploadState{0, false}));
        QCOMPARE(put(hash, 5, 0, "hel", token).status, 200);
        QCOMPARE(put(hash, 5, 0, "hel", token).status, 200); // its answer was lost
        QCOMPARE(put(hash, 5, 3, "lo", token).status, 200);
        QCOMPARE(stateOf(hash, 5, token), (Wire::UploadState{5, true}));
        for (int i = 0; i < 16; ++i)
            QCOMPARE(put(hashOf(QByteArray::number(i)), 5, 0, "x", token).status, 200);
        QCOMPARE(put(hashOf("one more"), 5, 0, "x", token).status, 429);
        QCOMPARE(atCustomer().size(), 0);
    }

private:
    static inline const QString Psid = u"24000000000000123"_s;
    static inline const ConversationId Conversation{u"70044-"_s + Psid};
    static inline const QByteArray Png = QByteArray::fromBase64(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
        "rkJggg==");
    static inline const QByteArray Pdf = "%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n";

    void startDesk()
    {
        m_desk = std::make_unique<TestDesk>(m_world->folder() + u"/desk"_s);
        QVERIFY(m_desk->start());
    }

    Attachment taken(const QByteArray &bytes, const QString &name)
    {
        return await(m_desk->outgoing.take(bytes, name)).value_or(Attachment());
    }

    static QByteArray picture(QSize size)
    {
        QImage image(size, QImage::Format_RGB32);
        for (int y = 0; y < size.height(); ++y) {
            auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
            for (int x = 0; x < size.width(); ++x)
                line[x] = qRgb(x % 256, y % 256, (x * y) % 256);
        }
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        return bytes;
    }

    static QByteArray noise(qsizetype size)
    {
        QByteArray bytes(size - size % 4, Qt::Uninitialized);
        QRandomGenerator random(7);
        random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
        return bytes;
    }

    static QString hashOf(const QByteArray &bytes)
    {
        return QString::fromLatin1(
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    }

    // Ours in that state or beyond, in the order of the thread.
    QList<Message> outgoing(DeliveryState state)
    {
        QList<Message> found;
        for (const Message &message : m_desk->thread(Conversation)) {
            const bool has = state == DeliveryState::Failed
                ? message.state == state
                : message.state >= state && message.state != DeliveryState::Failed;
            if (message.direction == Direction::Out && has)
                found.append(message);
        }
        return found;
    }

    QList<QJsonObject> atCustomer()
    {
        QList<QJsonObject> received;
        const auto answer
            = http("GET", m_world->sandboxUrl(u"/_sandbox/customers/%1/messages"_s.arg(Psid)));
        for (const QJsonValue &each : answer.json()[u"messages"_s].toArray()) {
            if (each[u"direction"_s].toString() == u"received")
                received.append(each.toObject());
        }
        return received;
    }
    static QString kindOf(const QJsonObject &message)
    {
        return message[u"attachments"_s].toArray().first()[u"type"_s].toString();
    }
    static QString nameOf(const QJsonObject &message)
    {
        return message[u"attachments"_s].toArray().first()[u"name"_s].toString();
    }
    static qint64 sizeOf(const QJsonObject &message)
    {
        return message[u"attachments"_s].toArray().first()[u"size"_s].toInteger();
    }

    int uploadsToMeta()
    {
        int uploads = 0;
        const auto calls = http("GET", m_world->sandboxUrl(u"/_sandbox/calls"_s));
        for (const QJsonValue &call : calls.json()[u"calls"_s].toArray()) {
            if (call[u"path"_s].toString().endsWith(u"/message_attachments"))
                ++uploads;
        }
        return uploads;
    }

    HttpResult put(const QString &hash, qint64 size, qint64 offset, const QByteArray &bytes,
        const QByteArray &token)
    {
        QUrl url = m_world->relayUrl(QLatin1StringView(Wire::UploadPath) + hash);
        url.setQuery(u"size=%1&offset=%2"_s.arg(size).arg(offset));
        return http("PUT", url, bytes,
            {{"Authorization", "Bearer " + token}, {"Content-Type", "application/octet-stream"}});
    }
    Wire::UploadState stateOf(const QString &hash, qint64 size, const QByteArray &token)
    {
        QUrl url = m_world->relayUrl(QLatin1StringView(Wire::UploadPath) + hash);
        url.setQuery(u"size=%1"_s.arg(size));
        const auto answer = http("GET", url, {}, {{"Authorization", "Bearer " + token}});
        return Wire::decodeUploadState(answer.body).value_or(Wire::UploadState{-1, false});
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<TestDesk> m_desk;
};

QTEST_GUILESS_MAIN(TestOutgoingFiles)
#include "tst_outgoingfiles.moc"
