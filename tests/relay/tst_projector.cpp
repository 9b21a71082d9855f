// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/access.h"
#include "app/relay/dispatch/settle.h"
#include "app/relay/intake/projector.h"
#include "app/relay/ledger/checks.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/messages.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/sync/commandhandler.h"
#include "app/relay/sync/streamreader.h"
#include "tests/relay/ledgerfixture.h"

#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

// Webhook items in, conversations and messages out; and the way of a reply through the ledger.
class TestProjector : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_ledger = std::make_unique<LedgerFixture>();
        QVERIFY(m_ledger->opened);
        QVERIFY(m_ledger->run([this](Connection &c, Ledger::Touched &) -> Result<> {
            if (auto added = connectPage(c, {u"7"_s}, u"Bakery"_s, "sealed", T); !added)
                return added;
            const auto link = Access::invite(c, u"Ada"_s, Role::Agent, T);
            if (!link)
                return failure(link.error());
            const auto paired = Access::pair(c, {link->inviteId, link->secret, u"desk"_s}, T);
            if (!paired)
                return failure(paired.error());
            const auto device
                = Access::authenticate(c, "Bearer " + paired->deviceToken.reveal().toStdString());
            m_device = device->id;
            return {};
        }));
    }

    // Whatever a test has done: the list must show what the thread says.
    void cleanup()
    {
        QList<CheckOutcome> outcomes;
        QVERIFY(m_ledger->run([&outcomes](Connection &c, Ledger::Touched &) -> Result<> {
            const auto found = checkRows(c);
            if (!found)
                return failure(found.error());
            outcomes = *found;
            return {};
        }));
        for (const CheckOutcome &outcome : std::as_const(outcomes)) {
            if (outcome.name.startsWith(u"every conversation"_s))
                QVERIFY2(outcome.faults == 0, qPrintable(outcome.name));
        }
    }

    void aMessageMakesAConversation()
    {
        QCOMPARE(receive(text("m_1", T, "Hello")).fresh, 1);
        const auto c = conversation();
        QCOMPARE(c.unread, 1);
        QCOMPARE(c.lastText, u"Hello"_s);
        QCOMPARE(c.lastCustomerAt, T);
        QCOMPARE(c.waitingSince, T);
        QCOMPARE(receive(text("m_1", T, "Hello")).duplicates, 1);
        QCOMPARE(conversation().unread, 1);
    }

    void aMessageKnownBeforeItsEventTakesItOnce()
    {
        QVERIFY(m_ledger->run([](Connection &c, Ledger::Touched &) -> Result<> {
            Message read; // as it comes from reading the conversation
            read.pageId = {u"7"_s};
            read.mid = {u"m_1"_s};
            read.id = messageIdFor(read.pageId, read.mid);
            read.conversationId = conversationId(read.pageId, {u"9"_s});
            read.sentAt = T;
            const auto inserted = insertMessage(c, read);
            if (!inserted)
                return failure(inserted.error());
            return {};
        }));
        QCOMPARE(receive(text("m_1", T, "Hello")).fresh, 1);
        QCOMPARE(receive(text("m_1", T, "Hello")).duplicates, 1);
        QCOMPARE(receive(text("m_1", T, "Hello")).duplicates, 1);
    }

    void numbersOfAStreamOnlyRise()
    {
        QList<qint64> numbers;
        qint64 head = 0;
        QVERIFY(m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            numbers = {*streamHead(c, u"7"_s)};
            for (int i = 0; i < 300; ++i)
                numbers.append(*takeSeqs(c, u"7"_s, 2) + 1);
            // What was reserved after a point is not handed out once that is undone.
            if (auto set = c.setPoint(); !set)
                return set;
            for (int i = 0; i < 300; ++i) {
                if (const auto taken = takeSeqs(c, u"7"_s, 1); !taken)
                    return failure(taken.error());
            }
            if (auto undone = c.rollBackToPoint(); !undone)
                return undone;
            numbers.append(*takeSeqs(c, u"7"_s, 1));
            head = *streamHead(c, u"7"_s);
            return c.releasePoint();
        }));
        for (qsizetype i = 1; i < numbers.size(); ++i)
            QVERIFY(numbers.at(i) > numbers.at(i - 1));
        QVERIFY(head >= numbers.last());
        QVERIFY(m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            numbers.append(*takeSeqs(c, u"7"_s, 1));
            return {};
        }));
        QCOMPARE(numbers.last(), head + 1); // nothing reserved outlives its transaction
    }

    void lateMessagesLandInTheirPlace()
    {
        receive(text("m_2", T + 2000, "second"));
        receive(text("m_1", T + 1000, "first"));
        const auto messages = thread();
        QCOMPARE(messages.at(0).text, u"second"_s); // newest first
        QCOMPARE(messages.at(1).text, u"first"_s);
        QCOMPARE(conversation().lastText, u"second"_s);
        QCOMPARE(conversation().lastCustomerAt, T + 2000);
        QCOMPARE(conversation().unread, 2);
    }

    // One transaction writes a conversation once, however many messages it has got.
    void aGroupChangesAConversationAsItsMessagesDoOneByOne()
    {
        const auto said = [](const char *key, const QByteArray &mid, qint64 at, bool echo) {
            const QByteArray customer = R"({"id":"9"})";
            const QByteArray page = R"({"id":"7"})";
            QByteArray value = R"({"mid":"M","text":"the words of M")";
            value.replace('M', mid);
            if (echo)
                value += R"(,"is_echo":true)";
            return envelope("\"sender\":" + (echo ? page : customer)
                    + ",\"recipient\":" + (echo ? customer : page),
                '"' + QByteArray(key) + "\":" + value + "}", at);
        };
        const QList<QByteArray> bodies{said("message", "m_1", T + 10, false),
            said("message", "m_2", T + 30, false), said("message", "m_3", T + 20, false),
            said("message", "m_4", T + 25, true), said("message", "m_5", T + 40, false),
            said("message", "m_2", T + 30, false), said("postback", "m_6", T + 50, false),
            said("message", "m_7", T + 60, true), said("message", "m_8", T + 55, false),
            said("message", "m_9", T + 70, false), said("message_edit", "m_9", T + 80, false),
            said("message", "m_10", T + 71, false)};
        for (qsizetype size = 1; size <= bodies.size(); ++size) {
            init();
            for (qsizetype i = 0; i < size; ++i)
                receive(bodies.at(i));
            Conversation apart = conversation();
            init();
            QVERIFY(m_ledger->run([&](Connection &c, Ledger::Touched &touched) -> Result<> {
                for (const QByteArray &body : bodies.first(size)) {
                    const auto done
                        = projectEvents(c, Intake(readWebhook(body), T), Care::Fast, touched);
                    if (!done)
                        return failure(done.error());
                }
                return {};
            }));
            Conversation together = conversation();
            QVERIFY(!together.id.isEmpty());
            apart.seq = together.seq = 0; // a group reserves more numbers
            QVERIFY2(apart == together, qPrintable(QString::number(size)));
            cleanup();
        }
    }

    void repliesThatMoveInTimeLeaveTheListRight()
    {
        receive(text("m_1", T, "Hello"));
        const auto id = queue(u"Hi"_s); // by our own clock at T + 1000
        receive(text("m_2", T + 500, "still there?"));
        QCOMPARE(conversation().lastText, u"Hi"_s);
        receive(echo("m_b", T + 200, id)); // by Meta's it was earlier
        QCOMPARE(conversation().lastText, u"still there?"_s);
        receive(R"({"read":{"watermark":)" + num(T + 200) + "}", T + 6000);
        QCOMPARE(conversation().lastText, u"still there?"_s);
        QCOMPARE(conversation().lastMessageAt, T + 500);
    }

    void whatThePageSaidLateHasBeenReadUpTo()
    {
        receive(text("m_1", T, "first"));
        receive(text("m_3", T + 3000, "third"));
        QCOMPARE(conversation().unread, 2);
        receive(echo("m_2", T + 2000, {}));
        QCOMPARE(conversation().unread, 1);
        QCOMPARE(conversation().lastText, u"third"_s);
    }

    void replyThroughItsLife()
    {
        receive(text("m_1", T, "Hello"));
        const auto id = queue(u"Hi"_s);
        QCOMPARE(state(id), DeliveryState::Queued);
        QCOMPARE(conversation().waitingSince, 0);
        QCOMPARE(claimed(id).state, DeliveryState::Sending);
        settled(id, SendVerdict::Outcome::Sent, u"m_b"_s);
        QCOMPARE(state(id), DeliveryState::Sent);
        receive(echo("m_b", T + 5000, id));
        QCOMPARE(message(id).sentAt, T + 5000);
        receive(R"({"delivery":{"mids":["m_b"],"watermark":)" + num(T + 5000) + "}", T + 5500);
        QCOMPARE(state(id), DeliveryState::Delivered);
        receive(R"({"read":{"watermark":)" + num(T + 5000) + "}", T + 6000);
        QCOMPARE(state(id), DeliveryState::Read);
        QCOMPARE(message(id).readAt, T + 6000);
        // A delivery that comes late takes nothing back.
        receive(R"({"delivery":{"watermark":)" + num(T + 5001) + "}", T + 7000);
        QCOMPARE(state(id), DeliveryState::Read);
        QCOMPARE(thread().size(), 2);
    }

    void echoSettlesWhatTheAnswerLeftOpen_data()
    {
        QTest::addColumn<bool>("echoFirst");
        QTest::newRow("echo before the answer") << true;
        QTest::newRow("echo after the answer") << false;
    }
    void echoSettlesWhatTheAnswerLeftOpen()
    {
        QFETCH(bool, echoFirst);
        receive(text("m_1", T, "Hello"));
        const auto id = queue(u"Hi"_s);
        claimed(id);
        if (echoFirst)
            receive(echo("m_b", T + 5000, id));
        settled(id, SendVerdict::Outcome::Unknown, {});
        QCOMPARE(state(id), echoFirst ? DeliveryState::Sent : DeliveryState::Unknown);
        if (!echoFirst)
            receive(echo("m_b", T + 5000, id));
        QCOMPARE(state(id), DeliveryState::Sent);
        QCOMPARE(message(id).mid.value, u"m_b"_s);
        QCOMPARE(thread().size(), 2); // one bubble
        QCOMPARE(claimed(id).state, DeliveryState::Sent); // never sent again
    }

    void receiptsMayComeBeforeTheEcho()
    {
        receive(text("m_1", T, "Hello"));
        const auto id = queue(u"Hi"_s);
        claimed(id);
        receive(R"({"read":{"watermark":)" + num(T + 5000) + "}", T + 6000);
        receive(echo("m_b", T + 5000, id));
        QCOMPARE(state(id), DeliveryState::Read);
    }

    void foreignEchoesAreElsewhere_data()
    {
        QTest::addColumn<QString>("metadata");
        QTest::newRow("no metadata") << QString();
        QTest::newRow("another tool's") << u"job-17"_s;
        QTest::newRow("the id of a customer's message") << messageIdFor({u"7"_s}, {u"m_1"_s}).value;
    }
    void foreignEchoesAreElsewhere()
    {
        QFETCH(QString, metadata);
        receive(text("m_1", T, "Hello"));
        receive(echo("m_x", T + 1000, {metadata}));
        const auto newest = thread().first();
        QCOMPARE(newest.author, Author::Elsewhere);
        QCOMPARE(newest.direction, Direction::Out);
        QCOMPARE(conversation().unread, 0);
        QCOMPARE(conversation().lastCustomerAt, T);
    }

    void deadRelayLeavesUnknown()
    {
        receive(text("m_1", T, "Hello"));
        const auto id = queue(u"Hi"_s);
        claimed(id);
        QVERIFY(m_ledger->run([](Connection &c, Ledger::Touched &touched) {
            return forgetSending(c, T + 9000, touched);
        }));
        QCOMPARE(state(id), DeliveryState::Unknown);
        QCOMPARE(claimed(id).state, DeliveryState::Unknown);
    }

    void closedWindowFailsInsteadOfSending()
    {
        receive(text("m_1", T, "Hello"));
        const auto id = queue(u"Hi"_s);
        const auto message = claimed(id, T + 25LL * 3600 * 1000);
        QCOMPARE(message.state, DeliveryState::Failed);
        QCOMPARE(message.failure, FailureKind::WindowClosed);
    }

    void commandsAreDoneOnce()
    {
        receive(text("m_1", T, "Hello"));
        const Wire::Command command{
            {u"c1"_s}, Wire::SendReply{{u"r1"_s}, {u"7-9"_s}, u"Hi"_s, T, 0}};
        QVERIFY(!apply(command).error);
        QVERIFY(!apply(command).error); // the first result again
        QCOMPARE(thread().size(), 2);
        Wire::Command again = command;
        again.id = {u"c2"_s};
        QCOMPARE(apply(again).error->kind, Error::Kind::Conflict);
        QCOMPARE(thread().size(), 2);
    }

    void wrongCommandsAreRefused_data()
    {
        QTest::addColumn<QString>("conversation");
        QTest::addColumn<QString>("text");
        QTest::addColumn<Error::Kind>("kind");
        QTest::newRow("unknown conversation") << u"7-1"_s << u"Hi"_s << Error::Kind::NotFound;
        QTest::newRow("empty") << u"7-9"_s << u" \n"_s << Error::Kind::Rejected;
        QTest::newRow("too long") << u"7-9"_s << QString(2001, u'x') << Error::Kind::TooLarge;
    }
    void wrongCommandsAreRefused()
    {
        QFETCH(QString, conversation);
        QFETCH(QString, text);
        QFETCH(Error::Kind, kind);
        receive(this->text("m_1", T, "Hello"));
        const auto result
            = apply({{u"c1"_s}, Wire::SendReply{{u"r1"_s}, {conversation}, text, T, 0}});
        QVERIFY(result.error);
        QCOMPARE(result.error->kind, kind);
        QCOMPARE(thread().size(), 1);
    }

    void streamsCanBePagedBothWays()
    {
        for (int i = 0; i < 30; ++i)
            receive(text("m_" + num(i), T + i, "text"));
        QVERIFY(m_ledger->run([](Connection &c, Ledger::Touched &) -> Result<> {
            QSet<QString> up;
            qint64 head = 0;
            for (;;) {
                const auto page = readChanges(c, u"7"_s, head, 7);
                if (!page)
                    return failure(page.error());
                collect(page->changes.entities, up);
                if (page->changes.toSeq == head)
                    break;
                head = page->changes.toSeq;
            }
            QSet<QString> down;
            qint64 before = head + 1;
            for (bool more = true; more;) {
                const auto page = readHistory(c, {1, u"7"_s, before, 7});
                if (!page)
                    return failure(page.error());
                collect(page->entities, down);
                more = page->more;
                before = page->lowestSeq;
            }
            // 30 messages, their conversation and the Page.
            return up == down && up.size() == 32
                ? Result<>()
                : failure(
                    Error::Kind::Damaged, u"%1 up, %2 down"_s.arg(up.size()).arg(down.size()));
        }));
    }

private:
    static constexpr qint64 T = 1'790'000'000'000;

    static QByteArray num(qint64 n) { return QByteArray::number(n); }
    static QByteArray envelope(const QByteArray &people, const QByteArray &rest, qint64 at)
    {
        return R"({"object":"page","entry":[{"id":"7","time":)" + num(at) + R"(,"messaging":[{)"
            + people + R"(,"timestamp":)" + num(at) + "," + rest + "}]}]}";
    }
    static QByteArray text(const QByteArray &mid, qint64 at, const QByteArray &words)
    {
        return envelope(R"("sender":{"id":"9"},"recipient":{"id":"7"})",
            R"("message":{"mid":")" + mid + R"(","text":")" + words + R"("})", at);
    }
    static QByteArray echo(const QByteArray &mid, qint64 at, const MessageId &ours)
    {
        return envelope(R"("sender":{"id":"7"},"recipient":{"id":"9"})",
            R"("message":{"is_echo":true,"mid":")" + mid + R"(","text":"Hi","metadata":")"
                + ours.value.toUtf8() + R"("})",
            at);
    }
    static void collect(const QList<Wire::Entity> &entities, QSet<QString> &ids)
    {
        for (const auto &entity : entities) {
            if (const auto *message = std::get_if<Message>(&entity))
                ids.insert(message->id.value);
            else if (const auto *conversation = std::get_if<Conversation>(&entity))
                ids.insert(conversation->id.value);
            else
                ids.insert(u"page"_s);
        }
    }

    Projection receive(const QByteArray &body)
    {
        Projection projection;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &touched) -> Result<> {
            const auto projected
                = projectEvents(c, Intake(readWebhook(body), T), Care::Fast, touched);
            if (!projected)
                return failure(projected.error());
            projection = *projected;
            return {};
        });
        if (!done)
            qWarning("cannot project: %s", qPrintable(done.error().detail));
        return projection;
    }
    // A receipt of the customer; `rest` lacks its last brace.
    void receive(const QByteArray &rest, qint64 at)
    {
        receive(envelope(R"("sender":{"id":"9"},"recipient":{"id":"7"})", rest.sliced(1), at));
    }

    Wire::CommandResult apply(const Wire::Command &command)
    {
        Wire::CommandResult result;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &touched) -> Result<> {
            const auto applied = applyCommand(c, command, m_device, T + 1000, touched);
            if (!applied)
                return failure(applied.error());
            result = *applied;
            return {};
        });
        if (!done)
            qWarning("cannot apply: %s", qPrintable(done.error().detail));
        return result;
    }
    MessageId queue(const QString &words)
    {
        const MessageId id{u"reply-1"_s};
        const auto result = apply({{u"command-1"_s}, Wire::SendReply{id, {u"7-9"_s}, words, T, 0}});
        return result.error ? MessageId() : id;
    }
    Message claimed(const MessageId &id, qint64 now = T + 2000)
    {
        Message message;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &touched) -> Result<> {
            const auto taken = claim(c, id, Leave::Now, now, touched);
            if (!taken)
                return failure(taken.error());
            message = taken->message;
            return {};
        });
        if (!done)
            qWarning("cannot claim: %s", qPrintable(done.error().detail));
        return message;
    }
    void settled(const MessageId &id, SendVerdict::Outcome outcome, const QString &mid)
    {
        SendVerdict verdict;
        verdict.outcome = outcome;
        verdict.mid = {mid};
        QVERIFY(m_ledger->run([&](Connection &c, Ledger::Touched &touched) {
            return settle(c, {id, T, T + 3000, 200, verdict}, T + 3000, touched);
        }));
    }
    Message message(const MessageId &id)
    {
        Message found;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            found = messageById(c, id)->value_or(Message());
            return {};
        });
        return done ? found : Message();
    }
    DeliveryState state(const MessageId &id) { return message(id).state; }
    Conversation conversation()
    {
        Conversation found;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            found = conversationById(c, {u"7-9"_s})->value_or(Conversation());
            return {};
        });
        return done ? found : Conversation();
    }
    QList<Message> thread()
    {
        QList<Message> found;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            found = threadBefore(c, {u"7-9"_s}, 0, 0, 100).value_or(QList<Message>());
            return {};
        });
        return done ? found : QList<Message>();
    }

    std::unique_ptr<LedgerFixture> m_ledger;
    DeviceId m_device;
};

QTEST_GUILESS_MAIN(TestProjector)
#include "tst_projector.moc"
