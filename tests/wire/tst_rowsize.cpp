// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/entities.h"
#include "models/wire/frames.h"
#include "models/wire/rowsize.h"

#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype Many = 70'000; // characters, more than a text of a frame has
constexpr qsizetype ManyParts = 12'000; // more than a list of a frame has

// What takes most bytes a character, in turn: an escape, three bytes, a pair, half a pair.
QString longText(char16_t first = 0x01)
{
    return QString(Many, QChar(first));
}

QString pairs()
{
    return u"\U0001F600"_s.repeated(Many / 2);
}

Attachment hostileAttachment()
{
    Attachment file;
    file.kind = AttachmentKind::File;
    file.name = longText();
    file.mimeType = longText(0x0E01);
    file.hash = longText(u'a');
    file.thumbnail = longText(u'a');
    file.url = longText(u'u');
    file.reason = longText(u'"');
    file.stickerId = longText(u'\\');
    file.latitude = -12.3456789012345678;
    file.longitude = -123.456789012345678;
    return file;
}

Referral hostileReferral()
{
    return {longText(), longText(0x0E01), pairs(), longText(u'"'), longText(0xD83D), longText()};
}

Message hostileMessage()
{
    Message message;
    message.id = {u"m-1"_s};
    message.conversationId = {u"1122-9988"_s};
    message.pageId = {u"1122"_s};
    message.mid = {longText(u'm')};
    message.replyTo = {longText(u'm')};
    message.authorName = pairs();
    message.text = u"The beginning "_s + longText();
    message.attachments = QList<Attachment>(3, hostileAttachment());
    MessageDetails &details = message.details;
    details.payload = longText();
    details.referral = hostileReferral();
    for (int i = 0; i < 20; ++i)
        details.earlier.append({i, QString::number(i) + longText(0x0E01), 1});
    details.reactions = QList<Reaction>(50, {true, longText(0xD83D), 1});
    details.viaApp = longText();
    details.group = longText(u'g');
    return message;
}

Conversation hostileConversation()
{
    Conversation conversation;
    conversation.id = {u"1122-9988"_s};
    conversation.contact = {{u"1122"_s}, {u"9988"_s}, longText(), longText(u'a')};
    conversation.assignee = {longText(u'o')};
    conversation.labels = QStringList(ManyParts, longText(u'l').left(400));
    conversation.lastText = pairs();
    conversation.ownerApp = longText(u'7');
    conversation.lastMessageAt = 1'790'000'000'000;
    return conversation;
}

Page hostilePage()
{
    Page page{{u"1122"_s}, longText(), longText(0x0E01)};
    page.health.policyAction = longText();
    page.health.policyReason = pairs();
    page.health.historyProblem = longText();
    page.health.subscriptionProblem = longText();
    page.health.care.missingPermissions = QStringList(ManyParts, longText(u'p').left(300));
    page.health.care.missingFields = QStringList(ManyParts, longText(u'f'));
    page.settings.nickname = longText();
    return page;
}

ContactCard hostileCard()
{
    ContactCard card;
    card.id = {u"1122-9988"_s};
    card.pageId = {u"1122"_s};
    card.profile = {longText(), longText(), pairs(), longText(), longText(), 1.5, 1, true};
    card.corrections = {longText(), longText(), longText(), 2.5};
    card.fields = QList<CustomField>(60, {longText(), longText()});
    for (int i = 0; i < 100; ++i)
        card.notes.append({u"n%1"_s.arg(i), {longText(u'o')}, longText(), longText(), 1});
    card.origin = {Notice::Referral, hostileReferral(), longText(), 1};
    card.personId = longText(u'p');
    return card;
}

// As many notes and fields as the team can write, in a script of three bytes a letter.
ContactCard fullCard()
{
    ContactCard card;
    card.id = {u"1122-9988"_s};
    card.pageId = {u"1122"_s};
    for (qsizetype i = 0; i < MaxContactNotes; ++i) {
        card.notes.append(
            {u"n%1"_s.arg(i), {u"op"_s}, u"Ada"_s, QString(MaxContactNote, QChar(0x0E01)), 1});
    }
    for (qsizetype i = 0; i < MaxContactFields; ++i)
        card.fields.append({u"field"_s, QString(MaxFieldValue, QChar(0x0E01))});
    return card;
}

QByteArray frameOf(const QList<Wire::Entity> &rows)
{
    return Wire::encode(Wire::Changes{u"1122"_s, 0, 9, rows});
}

template <typename Row> Row sent(const Row &row)
{
    const auto frame = Wire::decodeServerFrame(frameOf({row}));
    if (!frame)
        qWarning("%s", qPrintable(frame.error().detail));
    return frame ? std::get<Row>(std::get<Wire::Changes>(*frame).entities.constFirst()) : Row();
}

} // namespace

// Whatever a row holds, it fits into a frame and a desktop reads it: one row that does not would
// keep a desktop from everything that comes after it in its stream.
class TestRowSize : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowFits_data()
    {
        QTest::addColumn<Wire::Entity>("row");
        QTest::newRow("message") << Wire::Entity(hostileMessage());
        QTest::newRow("conversation") << Wire::Entity(hostileConversation());
        QTest::newRow("page") << Wire::Entity(hostilePage());
        QTest::newRow("contact") << Wire::Entity(hostileCard());
        QTest::newRow("operator") << Wire::Entity(Operator{{u"op"_s}, longText(), Role::Agent, true,
            1, QList<TeamId>(ManyParts, {longText(u't').left(300)})});
        QTest::newRow("team") << Wire::Entity(Team{{u"t"_s}, longText(), true, 1});
        QTest::newRow("tombstone") << Wire::Entity(Wire::Tombstone{u"message"_s, longText(), 1});
    }
    void everyRowFits()
    {
        QFETCH(const Wire::Entity, row);
        const QByteArray alone = frameOf({row});
        QVERIFY2(alone.size() <= Wire::MaxFrameBytes, qPrintable(QString::number(alone.size())));
        const auto read = Wire::decodeServerFrame(alone);
        QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
        QVERIFY(alone.size() <= Wire::mostBytes(row) + 100); // the frame's own words
        QVERIFY(Wire::mostBytes(row) <= Wire::ContactRoom);
    }
    // What is read with a thread: the card, and at least one message.
    void threadHasRoomForMessage()
    {
        QVERIFY(
            Wire::mostBytes(hostileCard()) + Wire::mostBytes(hostileMessage()) <= Wire::RowsRoom);
        QVERIFY(frameOf({hostileCard(), hostileMessage()}).size() <= Wire::MaxFrameBytes);
    }
    void inspectionFits()
    {
        Wire::Inspection inspection{7, hostileMessage(), 1, {}, {}};
        inspection.events
            = QList<Wire::InspectedEvent>(50, {1, 1, longText(), true, longText(u'"')});
        inspection.attempts
            = QList<Wire::InspectedAttempt>(50, {1, 1, u"sent"_s, 200, 0, 0, longText()});
        const QByteArray bytes = Wire::encode(inspection);
        QVERIFY2(bytes.size() <= Wire::MaxFrameBytes, qPrintable(QString::number(bytes.size())));
        const auto read = Wire::decodeServerFrame(bytes);
        QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
    }

    void whatMattersMostIsKept()
    {
        const Message message = sent(hostileMessage());
        QVERIFY(message.text.startsWith(u"The beginning "));
        QVERIFY(message.text.size() > 20'000);
        QVERIFY(message.text.endsWith(u'…'));
        QVERIFY(!message.attachments.isEmpty());
        QCOMPARE(message.attachments.constFirst().url, QString()); // a part leads elsewhere
    }
    void newestVersionIsKeptLongest()
    {
        Message whole = hostileMessage();
        whole.text = u"now"_s;
        whole.attachments.clear();
        whole.details.referral = {};
        whole.details.payload.clear();
        whole.details.reactions = {{false, u"❤"_s, 1}};
        whole.details.viaApp.clear();
        whole.authorName = u"Ada"_s;
        const Message message = sent(whole);
        QCOMPARE(message.text, u"now"_s);
        QCOMPARE(message.authorName, u"Ada"_s);
        QCOMPARE(message.details.reactions, whole.details.reactions);
        const auto &earlier = message.details.earlier;
        QCOMPARE(earlier.constLast().number, 19);
        QVERIFY(earlier.constLast().text.size() > 60'000);
        QCOMPARE(earlier.constFirst().text, u"…"_s);
    }
    void shortNamesOutliveLongTexts()
    {
        Message whole = hostileMessage();
        whole.authorName = u"Ada"_s;
        whole.attachments = {hostileAttachment()};
        whole.attachments.first().name = u"invoice.pdf"_s;
        whole.attachments.first().url = u"https://files.example/invoice.pdf"_s;
        const Message message = sent(whole);
        QCOMPARE(message.authorName, u"Ada"_s);
        QCOMPARE(message.attachments.constFirst().name, u"invoice.pdf"_s);
        QCOMPARE(message.attachments.constFirst().url, u"https://files.example/invoice.pdf"_s);
    }
    void newestNotesAreKept()
    {
        const ContactCard card = sent(hostileCard());
        QVERIFY(!card.notes.isEmpty() || !card.fields.isEmpty());
        ContactCard noted = hostileCard();
        noted.fields.clear();
        noted.profile = {};
        noted.corrections = {};
        const ContactCard kept = sent(noted);
        QCOMPARE(kept.notes.constLast().id, u"n99"_s);
        QVERIFY(kept.notes.size() < 100);
    }
    void cutDoesNotSplitPairs()
    {
        Conversation whole = hostileConversation();
        whole.contact.name.clear();
        whole.lastText = u"x"_s + pairs();
        const Conversation conversation = sent(whole);
        QVERIFY(conversation.lastText.endsWith(u'…'));
        QVERIFY(conversation.lastText.isValidUtf16());
    }

    void ordinaryRowsAreNotTouched()
    {
        QVERIFY(Wire::fitted(fullCard()) == fullCard());
        Message message = hostileMessage();
        message.mid = message.replyTo = {u"m_1"_s};
        message.text = QString(2000, QChar(0x0E01));
        message.authorName = u"Ada"_s;
        message.attachments = QList<Attachment>(10, {});
        message.details = {};
        for (int i = 0; i < 5; ++i)
            message.details.earlier.append({i, QString(2000, QChar(0x0E01)), 1});
        QVERIFY(Wire::fitted(message) == message);
    }
};

QTEST_GUILESS_MAIN(TestRowSize)
#include "tst_rowsize.moc"
