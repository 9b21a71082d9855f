// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/entities.h"
#include "models/wire/frames.h"
#include "models/wire/rowsize.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

// What one byte more than a double keeps would change.
constexpr qint64 BeyondDouble = 9'007'199'254'740'993;

Page samplePage()
{
    Page page{{u"112233445566778899"_s}, u"Café Müller ☕"_s, u"#0b7285"_s, PageState::NeedsLogin,
        true, BeyondDouble, {}};
    PageHealth &health = page.health;
    health.policyAction = u"warning"_s;
    health.policyReason = u"Too many <b>messages</b>"_s;
    health.policyAt = 1'760'000'000'005;
    health.delayed = 12;
    health.suppressed = 3'000'000'000;
    health.lastEventAt = 1'760'000'000'006;
    health.history = HistoryState::Stopped;
    health.historyConversations = 41;
    health.historyMessages = 820;
    health.historyUnavailable = 17;
    health.historyProblem = u"the token is refused"_s;
    health.completeSince = 1'759'000'000'000;
    health.verifiedAt = 1'760'000'000'007;
    health.gaps = 2;
    health.recovered = 5;
    health.subscribed = false;
    health.subscriptionProblem = u"permission missing"_s;
    return page;
}

Operator sampleOperator()
{
    return {{u"op-1"_s}, u"Amal"_s, Role::Supervisor, true, 4};
}

Conversation sampleConversation()
{
    Conversation conversation;
    conversation.id = {u"1122-9988"_s};
    conversation.contact = {{u"1122"_s}, {u"9988"_s}, u"Zoë 🐈"_s, u"ab12"_s};
    conversation.state = ConversationState::Pending;
    conversation.assignee = {u"op-1"_s};
    conversation.escalated = true;
    conversation.labels = {u"vip"_s, u"refund"_s};
    conversation.unread = 3;
    conversation.lastMessageAt = 1'760'000'000'123;
    conversation.team = {u"t1"_s};
    conversation.priority = Priority::High;
    conversation.snoozedUntil = 1'760'000'000'003;
    conversation.lastText = u"hello"_s;
    conversation.lastAttachment = AttachmentKind::Image;
    conversation.lastAttachmentCount = 2;
    conversation.lastDirection = Direction::Out;
    conversation.lastAuthor = Author::Operator;
    conversation.lastState = DeliveryState::Delivered;
    conversation.lastCustomerAt = 1'760'000'000'001;
    conversation.waitingSince = 1'760'000'000'002;
    conversation.ownerApp = u"263902037430900"_s;
    conversation.takingSince = 1'760'000'000'004;
    conversation.takingFailed = FailureKind::NotThreadOwner;
    conversation.seq = 17;
    return conversation;
}

QList<Attachment> sampleAttachments()
{
    Attachment image;
    image.kind = AttachmentKind::Image;
    image.state = AttachmentState::Captured;
    image.name = u"a.jpg"_s;
    image.mimeType = u"image/jpeg"_s;
    image.size = 12345;
    image.hash = u"feed"_s;
    image.url = u"https://media.example/a"_s;
    image.stickerId = u"369239263222822"_s;
    image.width = 640;
    image.height = 480;
    Attachment file;
    file.kind = AttachmentKind::File;
    file.state = AttachmentState::Refused;
    file.reason = u"size"_s;
    Attachment place;
    place.kind = AttachmentKind::Location;
    place.latitude = -12.5;
    place.longitude = 130.25;
    return {image, file, place};
}

Message sampleMessage()
{
    Message message;
    message.id = {u"0199-aa"_s};
    message.conversationId = {u"1122-9988"_s};
    message.pageId = {u"1122"_s};
    message.mid = {u"m_Ab-c"_s};
    message.direction = Direction::Out;
    message.author = Author::Operator;
    message.authorName = u"Amal"_s;
    message.text = u"line one\nline \"two\" \u2028 👩‍👩‍👧"_s;
    message.attachments = sampleAttachments();
    message.replyTo = {u"m_other"_s};
    message.sentAt = 1'760'000'000'123;
    message.arrival = BeyondDouble;
    message.state = DeliveryState::Failed;
    message.deliveredAt = 5;
    message.readAt = 6;
    message.failure = FailureKind::WindowClosed;
    message.seq = 18;
    return message;
}

MessageDetails sampleDetails()
{
    MessageDetails details;
    details.notice = Notice::Postback;
    details.payload = u"SIZE_M"_s;
    details.referral = {u"ADS"_s, u"OPEN_THREAD"_s, u"spring"_s, u"6100"_s, u"Spring sale"_s,
        u"https://a.example/"_s};
    details.earlier
        = {{0, u"Hi, the red one?"_s, 1'760'000'000'200}, {1, u""_s, 1'760'000'000'300}};
    details.edits = 2;
    details.editedAt = 1'760'000'000'350;
    details.reactions = {{false, u"❤"_s, 1'760'000'000'400}, {true, u"😊"_s, 1'760'000'000'500}};
    details.unsentAt = 1'760'000'000'600;
    details.recovered = true;
    details.standby = true;
    details.humanAgent = true;
    details.viaApp = u"263902037430900"_s;
    details.group = u"0199-group"_s;
    details.part = 3;
    details.subject = u"Amal"_s;
    details.until = 1'760'000'000'700;
    return details;
}

// The least a message can be.
Message plainMessage()
{
    Message message;
    message.id = {u"m1"_s};
    message.conversationId = {u"1122-9988"_s};
    message.pageId = {u"1122"_s};
    message.sentAt = 1;
    message.seq = 1;
    return message;
}

// The bytes of a golden file, without the line end that editors like.
ContactCard sampleContact()
{
    ContactCard card;
    card.id = {u"1122-9988"_s};
    card.pageId = {u"1122"_s};
    card.profile
        = {u"Ada L."_s, u"Ada"_s, u"L."_s, u"en_US"_s, u"female"_s, -3.5, 1'760'000'000'000, true};
    card.corrections.name = u"Countess"_s;
    card.corrections.timezone = 1;
    card.fields = {{u"Phone"_s, u"1"_s}};
    card.notes = {{u"n1"_s, {u"op1"_s}, u"Ben"_s, u"tall 🌲"_s, 1'760'000'000'001}};
    card.origin.notice = Notice::Referral;
    card.origin.referral.source = u"ADS"_s;
    card.origin.referral.adId = u"9"_s;
    card.origin.referral.adTitle = u"Sale"_s;
    card.origin.at = 1'759'999'999'999;
    card.personId = u"p1"_s;
    card.suggestions = {u"s1"_s, u"s2"_s};
    card.seq = 5;
    return card;
}

QByteArray golden(const QString &name)
{
    QFile file(QStringLiteral(PAGEDESK_SOURCE_DIR "/tests/wire/golden/%1.json").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().trimmed();
}

} // namespace

class TestFrames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void client_data();
    void client();
    void server_data();
    void server();
    void everyAlternativeHasAGoldenFile();
    void olderWordForTheState();
    void writerCutsWhatReadersRefuse();
    void unknownFieldsAreIgnored();
};

void TestFrames::client_data()
{
    using namespace Wire;
    QTest::addColumn<ClientFrame>("frame");
    QTest::newRow("hello") << ClientFrame(Hello{ProtocolVersion, u"pagedesk/0.1.0"_s,
        {{u"1122"_s, {BeyondDouble, 7}}, {u"workspace"_s, {-1, 0}}}});
    QTest::newRow("send_reply") << ClientFrame(Command{{u"c1"_s},
        SendReply{
            {u"m1"_s}, {u"1122-9988"_s}, u"Grüße 👋\n"_s, 1'760'000'000'000, 1'760'086'400'000}});
    Attachment file;
    file.kind = AttachmentKind::File;
    file.state = AttachmentState::Captured;
    file.name = u"price list.pdf"_s;
    file.mimeType = u"application/pdf"_s;
    file.size = 4096;
    file.hash = u"feed"_s;
    QTest::newRow("send_part") << ClientFrame(Command{{u"c5"_s},
        SendReply{
            {u"m2"_s}, {u"1122-9988"_s}, u""_s, 1'760'000'000'000, 0, 5000, u"g1"_s, 1, file}});
    QTest::newRow("inspect") << ClientFrame(InspectRequest{5, {u"m1"_s}});
    QTest::newRow("cancel_reply") << ClientFrame(Command{{u"c2"_s}, CancelReply{{u"m1"_s}}});
    QTest::newRow("mark_read") << ClientFrame(
        Command{{u"c3"_s}, MarkRead{{u"1122-9988"_s}, 1'760'000'000'000}});
    QTest::newRow("change_state") << ClientFrame(Command{
        {u"c4"_s}, ChangeConversation{{u"1122-9988"_s}, {.state = ConversationState::Resolved}}});
    QTest::newRow("change_conversation") << ClientFrame(Command{{u"c13"_s},
        ChangeConversation{{u"1122-9988"_s},
            {.state = ConversationState::Snoozed,
                .snoozedUntil = 1'760'000'000'000,
                .assignee = OperatorId(),
                .team = TeamId{u"t1"_s},
                .priority = Priority::Urgent,
                .addLabel = {u"l1"_s},
                .removeLabel = {u"l2"_s},
                .markUnread = true},
            u"speaks Thai 🌲"_s, OperatorId{u"op1"_s}}});
    QTest::newRow("take") << ClientFrame(Command{{u"c14"_s},
        ChangeConversation{
            {u"1122-9988"_s}, {.assignee = OperatorId{u"op1"_s}}, {}, OperatorId()}});
    QTest::newRow("save_label") << ClientFrame(
        Command{{u"c15"_s}, SaveLabel{{{u"l1"_s}, u"VIP ☕"_s, u"#1f6feb"_s, false}}});
    PageSettings settings;
    settings.nickname = u"Shop ☕"_s;
    settings.receive = false;
    settings.requestProfiles = false;
    settings.updateProfiles = false;
    settings.mergePeople = false;
    settings.matchPeople = true;
    settings.typingIndicators = false;
    settings.partPauseMs = 1200;
    settings.defaultTeam = {u"t1"_s};
    settings.hours.zone = u"Europe/Berlin"_s;
    settings.hours.week.at(0) = {{540, 750}, {810, 1440}};
    settings.hours.daysOff = {QDate(2026, 12, 24)};
    settings.awayReply = true;
    settings.awayText = u"Closed 🌙"_s;
    settings.humanAgent = HumanAgentUse::Yes;
    QTest::newRow("set_page_settings")
        << ClientFrame(Command{{u"c6"_s}, SetPageSettings{{u"1122"_s}, settings, u"#0b7285"_s}});
    QTest::newRow("edit_contact") << ClientFrame(Command{{u"c7"_s},
        EditContact{{u"1122-9988"_s},
            {{ContactField::Timezone, {}, u"5.5"_s}, {ContactField::Custom, u"Phone"_s, u"1"_s}}}});
    QTest::newRow("add_contact_note") << ClientFrame(Command{
        {u"c8"_s}, AddContactNote{{u"1122-9988"_s}, u"n1"_s, u"tall 🌲"_s, 1'760'000'000'000}});
    QTest::newRow("remove_contact_note")
        << ClientFrame(Command{{u"c9"_s}, RemoveContactNote{{u"1122-9988"_s}, u"n1"_s}});
    QTest::newRow("merge_contacts")
        << ClientFrame(Command{{u"c10"_s}, MergeContacts{{u"1122-9988"_s}, {u"3344-5566"_s}}});
    QTest::newRow("unmerge_contact")
        << ClientFrame(Command{{u"c11"_s}, UnmergeContact{{u"1122-9988"_s}}});
    QTest::newRow("refresh_contact")
        << ClientFrame(Command{{u"c12"_s}, RefreshContact{{u"1122-9988"_s}}});
    QTest::newRow("decline_suggestion")
        << ClientFrame(Command{{u"c13"_s}, DeclineSuggestion{{u"1122-9988"_s}, u"s1"_s}});
    QTest::newRow("take_thread") << ClientFrame(Command{{u"c16"_s}, TakeThread{{u"1122-9988"_s}}});
    SendReply late{{u"m3"_s}, {u"1122-9988"_s}, u"It is here now"_s, 1'760'000'000'000};
    late.humanAgent = true;
    QTest::newRow("send_late_reply") << ClientFrame(Command{{u"c17"_s}, late});
    QTest::newRow("history") << ClientFrame(HistoryRequest{1, u"1122"_s, BeyondDouble, 500});
    QTest::newRow("conversations_first")
        << ClientFrame(ConversationsRequest{2, u"1122"_s, 0, {}, 200});
    QTest::newRow("conversations_next") << ClientFrame(
        ConversationsRequest{3, u"1122"_s, 1'760'000'000'000, {u"1122-9988"_s}, 200});
    QTest::newRow("thread") << ClientFrame(
        ThreadRequest{4, {u"1122-9988"_s}, 1'760'000'000'000, 99, 50});
}

void TestFrames::client()
{
    QFETCH(Wire::ClientFrame, frame);
    const QByteArray expected
        = golden(QLatin1StringView("client_") + QLatin1StringView(QTest::currentDataTag()));
    QCOMPARE(Wire::encode(frame), expected);
    const auto read = Wire::decodeClientFrame(expected);
    QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
    QVERIFY(*read == frame);
}

void TestFrames::server_data()
{
    using namespace Wire;
    QTest::addColumn<ServerFrame>("frame");
    QTest::newRow("welcome") << ServerFrame(Welcome{ProtocolVersion, sampleOperator(), u"Bakery"_s,
        1'760'000'000'000, {{u"1122"_s, BeyondDouble, true}, {u"workspace"_s, 4, false}}});
    QTest::newRow("stream_added") << ServerFrame(StreamAdded{{u"3344"_s, 0, true}});
    QTest::newRow("stream_removed") << ServerFrame(StreamRemoved{u"3344"_s});
    Operator teamed = sampleOperator();
    teamed.teams = {{u"t1"_s}, {u"t2"_s}};
    QTest::newRow("self_changed") << ServerFrame(SelfChanged{teamed});
    QTest::newRow("changes_contact") << ServerFrame(Changes{u"1122"_s, 4, 5, {sampleContact()}});
    QTest::newRow("changes_teams") << ServerFrame(Changes{u"workspace"_s, 4, 6,
        {Team{{u"t1"_s}, u"Evening"_s, true, 5}, Team{{u"t2"_s}, u"Gone"_s, false, 6}}});
    QTest::newRow("changes_labels") << ServerFrame(Changes{u"workspace"_s, 6, 8,
        {Label{{u"l1"_s}, u"VIP"_s, u"#1f6feb"_s, true, 7},
            Label{{u"l2"_s}, u"Gone"_s, {}, false, 8}}});
    QTest::newRow("changes") << ServerFrame(Changes{u"1122"_s, 16, 20,
        {sampleConversation(), sampleMessage(), Tombstone{u"message"_s, u"m9"_s, 19},
            samplePage()}});
    QTest::newRow("changes_plain") << ServerFrame(Changes{u"1122"_s, 0, 1, {plainMessage()}});
    QTest::newRow("changes_workspace")
        << ServerFrame(Changes{u"workspace"_s, 3, 4, {sampleOperator()}});
    QTest::newRow("answer") << ServerFrame(Answer{7, {plainMessage()}, 1, true});
    QTest::newRow("answer_error") << ServerFrame(
        Answer{8, {}, 0, false, Error{Error::Kind::Forbidden, u"not yours"_s}});
    QTest::newRow("result_done") << ServerFrame(CommandResult{{u"c1"_s}, std::nullopt});
    QTest::newRow("result_error") << ServerFrame(CommandResult{
        {u"c1"_s}, Error{Error::Kind::Rejected, u"window_closed"_s, std::chrono::seconds(30)}});
    Message detailed = plainMessage();
    detailed.details = sampleDetails();
    QTest::newRow("changes_details") << ServerFrame(Changes{u"1122"_s, 0, 1, {detailed}});
    QTest::newRow("inspection") << ServerFrame(Inspection{9, plainMessage(), 1'760'000'000'010,
        {{12, 1'760'000'000'001, u"message"_s, false, u"{\"message\":{}}"_s},
            {13, 1'760'000'000'002, u"message"_s, true, u"{}"_s}},
        {{1'760'000'000'003, 1'760'000'000'004, u"failed"_s, 400, 10, 2018278, u"Ax1"_s}}});
    QTest::newRow("inspection_error") << ServerFrame(
        Inspection{10, {}, 0, {}, {}, Error{Error::Kind::NotFound, u"no such message"_s}});
    Page named{{u"1122"_s}, u"Bloom Bakery"_s, {}};
    named.settings.nickname = u"Bakery"_s;
    named.settings.partPauseMs = 0;
    named.seq = 3;
    QTest::newRow("changes_page_settings") << ServerFrame(Changes{u"1122"_s, 2, 3, {named}});
    QTest::newRow("bye") << ServerFrame(Bye{u"revoked"_s});
}

void TestFrames::server()
{
    QFETCH(Wire::ServerFrame, frame);
    const QByteArray expected
        = golden(QLatin1StringView("server_") + QLatin1StringView(QTest::currentDataTag()));
    QCOMPARE(Wire::encode(frame), expected);
    const auto read = Wire::decodeServerFrame(expected);
    QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
    QVERIFY(*read == frame);
    // What a row takes is never underestimated.
    const auto *changes = std::get_if<Wire::Changes>(&frame);
    for (const Wire::Entity &row : changes ? changes->entities : QList<Wire::Entity>()) {
        const QByteArray bytes = QJsonDocument(Wire::toJson(row)).toJson(QJsonDocument::Compact);
        QVERIFY(bytes.size() <= Wire::mostBytes(row));
    }
}

// So that a new alternative cannot be forgotten above.
void TestFrames::everyAlternativeHasAGoldenFile()
{
    QCOMPARE(std::variant_size_v<Wire::ClientFrame>, size_t(6));
    QCOMPARE(std::variant_size_v<Wire::CommandBody>, size_t(14));
    QCOMPARE(std::variant_size_v<Wire::ServerFrame>, size_t(9));
    QCOMPARE(std::variant_size_v<Wire::Entity>, size_t(8));
}

// What a desktop may still have waiting from before more than the state could be changed.
void TestFrames::olderWordForTheState()
{
    const auto read = Wire::decodeClientFrame(
        "{\"type\":\"command\",\"id\":\"c4\",\"command\":\"set_conversation_state\","
        "\"conversationId\":\"1122-9988\",\"state\":\"resolved\"}");
    QVERIFY(read);
    QVERIFY(std::get<Wire::Command>(*read)
        == (Wire::Command{{u"c4"_s},
            Wire::ChangeConversation{{u"1122-9988"_s}, {.state = ConversationState::Resolved}}}));
}

void TestFrames::writerCutsWhatReadersRefuse()
{
    Message message = plainMessage();
    message.text = QString(70'000, u'x');
    message.authorName = QString(70'000, u'y');
    const auto read
        = Wire::decodeServerFrame(Wire::encode(Wire::Changes{u"1122"_s, 0, 1, {message}}));
    QVERIFY(read);
    const auto &entity = std::get<Wire::Changes>(*read).entities.constFirst();
    QCOMPARE(std::get<Message>(entity).text.size(), 65'536);
}

void TestFrames::unknownFieldsAreIgnored()
{
    const auto read = Wire::decodeServerFrame(R"({"type":"bye","reason":"slow","since":"v2"})");
    QVERIFY(read);
    QVERIFY(*read == Wire::ServerFrame(Wire::Bye{u"slow"_s}));
}

QTEST_GUILESS_MAIN(TestFrames)
#include "tst_frames.moc"
