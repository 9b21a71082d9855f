// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/limits.h"
#include "models/messenger/sendpayload.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;
using State = ReplyWindow::State;

namespace {

const Psid Ana{u"9007199254740993"_s};
const MessageId Ours{u"01890a5d-ac96-774b-bcce-b302099a8057"_s};

QJsonObject parsed(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

class TestSendPayload : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void texts_data();
    void texts();
    void attachments_data();
    void attachments();
    void refusals_data();
    void refusals();
    void attachmentRefusals();
};

void TestSendPayload::texts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<State>("window");
    QTest::addColumn<QByteArray>("type");
    const QByteArray open = R"("messaging_type":"RESPONSE")";
    const QByteArray human = R"("messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT")";
    QTest::newRow("open") << u"Yes, it is!"_s << State::Open << open;
    QTest::newRow("human agent") << u"Yes, it is!"_s << State::HumanAgent << human;
    QTest::newRow("any character") << u"\"q\" \\ </b> é 🙂\n\t"_s << State::Open << open;
    QTest::newRow("blanks around are kept") << u"  x \n"_s << State::Open << open;
    QTest::newRow("longest") << QString(Limits::TextCharacters, u'x') << State::Open << open;
}

void TestSendPayload::texts()
{
    QFETCH(QString, text);
    QFETCH(State, window);
    QFETCH(QByteArray, type);
    const auto payload = textPayload(Ana, text, Ours, window);
    QVERIFY(payload);
    QJsonObject expected = parsed("{" + type + R"(,"recipient":{"id":"9007199254740993"}})");
    expected.insert(u"message"_s, QJsonObject{{u"text"_s, text}, {u"metadata"_s, Ours.value}});
    QCOMPARE(parsed(*payload), expected);
}

void TestSendPayload::attachments_data()
{
    QTest::addColumn<AttachmentKind>("kind");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("image") << AttachmentKind::Image << QByteArray("image");
    QTest::newRow("video") << AttachmentKind::Video << QByteArray("video");
    QTest::newRow("audio") << AttachmentKind::Audio << QByteArray("audio");
    QTest::newRow("file") << AttachmentKind::File << QByteArray("file");
}

void TestSendPayload::attachments()
{
    QFETCH(AttachmentKind, kind);
    QFETCH(QByteArray, type);
    const auto payload = attachmentPayload(Ana, kind, u"880011"_s, Ours, State::HumanAgent);
    QVERIFY(payload);
    QCOMPARE(parsed(*payload),
        parsed(R"({"recipient":{"id":"9007199254740993"},"messaging_type":"MESSAGE_TAG",
            "tag":"HUMAN_AGENT","message":{"metadata":"01890a5d-ac96-774b-bcce-b302099a8057",
            "attachment":{"type":")"
            + type + R"(","payload":{"attachment_id":"880011"}}}})"));
}

void TestSendPayload::refusals_data()
{
    QTest::addColumn<Psid>("to");
    QTest::addColumn<QString>("text");
    QTest::addColumn<MessageId>("ours");
    QTest::addColumn<State>("window");
    QTest::addColumn<Error::Kind>("expected");
    const auto row = [](const char *name, const Psid &to, const QString &text,
                         const MessageId &ours, State window, Error::Kind expected) {
        QTest::newRow(name) << to << text << ours << window << expected;
    };
    const MessageId longId{QString(Limits::MetadataCharacters, u'x')};
    const QString longText(Limits::TextCharacters + 1, u'x');
    row("closed", Ana, u"x"_s, Ours, State::Closed, Error::Kind::Rejected);
    row("never opened", Ana, u"x"_s, Ours, State::NeverOpened, Error::Kind::Rejected);
    row("empty", Ana, QString(), Ours, State::Open, Error::Kind::Rejected);
    row("blank", Ana, u" \n\t"_s, Ours, State::Open, Error::Kind::Rejected);
    row("no recipient", {}, u"x"_s, Ours, State::Open, Error::Kind::Rejected);
    row("no id of ours", Ana, u"x"_s, {}, State::Open, Error::Kind::Rejected);
    row("endless id of ours", Ana, u"x"_s, longId, State::Open, Error::Kind::Rejected);
    row("too long", Ana, longText, Ours, State::Open, Error::Kind::TooLarge);
    row("too long in pairs", Ana, u"🙂"_s.repeated(Limits::TextCharacters / 2 + 1), Ours,
        State::Open, Error::Kind::TooLarge);
}

void TestSendPayload::refusals()
{
    QFETCH(Psid, to);
    QFETCH(QString, text);
    QFETCH(MessageId, ours);
    QFETCH(State, window);
    QFETCH(Error::Kind, expected);
    const auto payload = textPayload(to, text, ours, window);
    QVERIFY(!payload);
    QCOMPARE(payload.error().kind, expected);
    QVERIFY(!payload.error().detail.isEmpty());
}

void TestSendPayload::attachmentRefusals()
{
    const auto kindOf = [](const Result<QByteArray> &result) {
        return result ? std::nullopt : std::optional(result.error().kind);
    };
    const auto refused = std::optional(Error::Kind::Rejected);
    for (const AttachmentKind kind : {AttachmentKind::Sticker, AttachmentKind::Link,
             AttachmentKind::Location, AttachmentKind::Template, AttachmentKind::Unknown})
        QCOMPARE(kindOf(attachmentPayload(Ana, kind, u"1"_s, Ours, State::Open)), refused);
    const auto image = AttachmentKind::Image;
    QCOMPARE(kindOf(attachmentPayload(Ana, image, QString(), Ours, State::Open)), refused);
    QCOMPARE(kindOf(attachmentPayload({}, image, u"1"_s, Ours, State::Open)), refused);
    QCOMPARE(kindOf(attachmentPayload(Ana, image, u"1"_s, {}, State::Open)), refused);
    QCOMPARE(kindOf(attachmentPayload(Ana, image, u"1"_s, Ours, State::Closed)), refused);
}

QTEST_GUILESS_MAIN(TestSendPayload)
#include "tst_sendpayload.moc"
