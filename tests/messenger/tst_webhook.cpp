// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/detailsjson.h"
#include "models/messenger/json.h"
#include "models/messenger/webhook.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString Fixtures = QStringLiteral(PAGEDESK_SOURCE_DIR "/tests/messenger/fixtures/");

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(QJsonObject &object, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

QJsonObject describe(const Attachment &attachment)
{
    QJsonObject object{{u"kind"_s, attachmentKindName(attachment.kind)}};
    put(object, u"name"_s, attachment.name);
    put(object, u"url"_s, attachment.url);
    put(object, u"stickerId"_s, attachment.stickerId);
    if (attachment.state != AttachmentState::None)
        object.insert(u"state"_s, attachmentStateName(attachment.state));
    if (attachment.kind == AttachmentKind::Location)
        object.insert(u"place"_s, QJsonArray{attachment.latitude, attachment.longitude});
    return object;
}

// One line with everything that is set, so that a fixture shows what became of it.
QByteArray describe(const WebhookEvent &event)
{
    QJsonObject object{{u"kind"_s, eventKindName(event.kind)},
        {u"state"_s, eventStateName(event.state)}, {u"timestamp"_s, event.timestamp}};
    put(object, u"reason"_s, event.reason);
    put(object, u"pageId"_s, event.pageId.value);
    put(object, u"psid"_s, event.psid.value);
    put(object, u"mid"_s, event.mid.value);
    put(object, u"text"_s, event.text);
    put(object, u"replyTo"_s, event.replyTo.value);
    put(object, u"metadata"_s, event.metadata);
    put(object, u"appId"_s, event.appId);
    if (event.watermark != 0)
        object.insert(u"watermark"_s, event.watermark);
    if (event.opensWindow)
        object.insert(u"opensWindow"_s, true);
    if (event.deleted)
        object.insert(u"deleted"_s, true);
    if (event.byPage)
        object.insert(u"byPage"_s, true);
    put(object, u"emoji"_s, event.emoji);
    put(object, u"action"_s, event.action);
    if (event.shape != event.kind)
        object.insert(u"shape"_s, eventKindName(event.shape));
    if (const QJsonObject details = detailsToJson(event.details); !details.isEmpty())
        object.insert(u"details"_s, details);
    QJsonArray mids;
    for (const Mid &mid : event.mids)
        mids.append(mid.value);
    if (!mids.isEmpty())
        object.insert(u"mids"_s, mids);
    QJsonArray attachments;
    for (const Attachment &attachment : event.attachments)
        attachments.append(describe(attachment));
    if (!attachments.isEmpty())
        object.insert(u"attachments"_s, attachments);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray item(const QByteArray &inside)
{
    return R"({"object":"page","entry":[{"id":"70044","time":1782000000,"messaging":[)" + inside
        + "]}]}";
}

} // namespace

class TestWebhook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void fixtures_data();
    void fixtures();
    void rawIsPartOfTheBody_data() { fixtures_data(); }
    void rawIsPartOfTheBody();
    void unreadableBodyIsKeptWhole_data();
    void unreadableBodyIsKeptWhole();
    void times_data();
    void times();
    void idsLongerThanAny_data();
    void idsLongerThanAny();
    void fileNames_data();
    void fileNames();
    void thousandItems();
    void moreItemsThanAnyBodyHas();
    void manyAttachments();
    void names();
};

void TestWebhook::fixtures_data()
{
    QTest::addColumn<QString>("name");
    const QStringList files = QDir(Fixtures).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    QVERIFY(!files.isEmpty());
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file.chopped(5);
}

void TestWebhook::fixtures()
{
    QFETCH(QString, name);
    const QList<WebhookEvent> events = readWebhook(contentOf(Fixtures + name + u".json"_s));
    const QList<QByteArray> expected
        = contentOf(Fixtures + name + u".expected"_s).trimmed().split('\n');
    for (qsizetype i = 0; i < events.size() && i < expected.size(); ++i)
        QCOMPARE(describe(events.at(i)), expected.at(i));
    QCOMPARE(events.size(), expected.size());
}

void TestWebhook::rawIsPartOfTheBody()
{
    QFETCH(QString, name);
    const QByteArray body = contentOf(Fixtures + name + u".json"_s);
    qsizetype from = 0; // kinds of one item share their bytes, so positions may repeat
    for (const WebhookEvent &event : readWebhook(body)) {
        QVERIFY(!event.raw.isEmpty());
        from = body.indexOf(event.raw, from);
        QVERIFY2(from >= 0, event.raw.constData());
        QCOMPARE(event.dedupKey.size(), 16);
        const auto again = JsonDocument::parse(event.raw);
        QVERIFY2(again, event.raw.constData());
        QCOMPARE(again->root().raw(), event.raw);
        // What was kept is read again as it was read first; a time that only the entry had is gone.
        if (event.state != EventState::Projected)
            continue;
        const auto stored = readStoredItem(event.raw, event.kind, event.pageId, event.timestamp);
        QVERIFY(std::any_of(stored.begin(), stored.end(), [&event](const WebhookEvent &read) {
            return describe(read) == describe(event) && read.dedupKey == event.dedupKey;
        }));
    }
}

void TestWebhook::unreadableBodyIsKeptWhole_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("white space") << QByteArray("  \n");
    QTest::newRow("text") << QByteArray("hello");
    QTest::newRow("form") << QByteArray("a=1&b=2");
    QTest::newRow("cut") << item(R"({"message":{"mid":"m)").chopped(8);
    QTest::newRow("two documents") << QByteArray("{}{}");
    QTest::newRow("trailing comma") << QByteArray("[1,]");
    QTest::newRow("NUL in the middle") << QByteArray("{}\0{}", 5);
    QTest::newRow("NUL in a string") << QByteArray("{\"a\":\"\0\"}", 9);
    QTest::newRow("invalid UTF-8") << QByteArray("{\"a\":\"\xff\"}");
    QTest::newRow("half a surrogate in UTF-8") << QByteArray("{\"a\":\"\xed\xa0\x80\"}");
    QTest::newRow("UTF-16") << QByteArray("{\0}\0", 4);
    QTest::newRow("no envelope") << QByteArray("[]");
}

void TestWebhook::unreadableBodyIsKeptWhole()
{
    QFETCH(QByteArray, body);
    const QList<WebhookEvent> events = readWebhook(body);
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().kind, EventKind::Other);
    QCOMPARE(events.first().state, EventState::Malformed);
    QVERIFY(!events.first().reason.isEmpty());
    QCOMPARE(events.first().raw, body);
    QCOMPARE(events.first().dedupKey.size(), 16);
}

void TestWebhook::times_data()
{
    constexpr qint64 OfEntry = 1'782'000'000'000; // taken when the item has no time
    QTest::addColumn<QByteArray>("time");
    QTest::addColumn<qint64>("expected");
    const auto row = [](const char *name, const QByteArray &time, qint64 expected) {
        QTest::newRow(name) << time << expected;
    };
    row("milliseconds", "1782000000050", 1'782'000'000'050);
    row("seconds", "1782000007", 1'782'000'007'000);
    row("last second", "99999999999", 99'999'999'999'000);
    row("first millisecond", "100000000000", 100'000'000'000);
    row("text, milliseconds", "\"1782000000050\"", 1'782'000'000'050);
    row("text, seconds", "\"1782000007\"", 1'782'000'007'000);
    row("exponent", "1.782e12", 1'782'000'000'000);
    row("zero", "0", OfEntry);
    row("negative", "-1782000000050", OfEntry);
    row("microseconds", "1782000000050000", OfEntry);
    row("overflow", "99999999999999999999999", OfEntry);
    row("not a time", "\"now\"", OfEntry);
    row("infinite", "\"inf\"", OfEntry);
    row("null", "null", OfEntry);
    row("object", "{}", OfEntry);
}

void TestWebhook::times()
{
    QFETCH(QByteArray, time);
    QFETCH(qint64, expected);
    const auto events = readWebhook(item(
        R"({"sender":{"id":"9001"},"message":{"mid":"m","text":"t"},"timestamp":)" + time + "}"));
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().state, EventState::Projected);
    QCOMPARE(events.first().timestamp, expected);
}

// A desktop refuses a frame with such an id, and would never get past it.
void TestWebhook::idsLongerThanAny_data()
{
    QTest::addColumn<QByteArray>("person");
    QTest::addColumn<QByteArray>("mid");
    QTest::addColumn<EventState>("state");
    QTest::newRow("real") << QByteArray("9001") << QByteArray("m_1") << EventState::Projected;
    QTest::newRow("longest person")
        << QByteArray(120, '9') << QByteArray("m_1") << EventState::Projected;
    QTest::newRow("longer person")
        << QByteArray(121, '9') << QByteArray("m_1") << EventState::Malformed;
    QTest::newRow("longest mid") << QByteArray("9001") << QByteArray(256, 'm')
                                 << EventState::Projected;
    QTest::newRow("longer mid") << QByteArray("9001") << QByteArray(257, 'm')
                                << EventState::Malformed;
}

void TestWebhook::idsLongerThanAny()
{
    QFETCH(QByteArray, person);
    QFETCH(QByteArray, mid);
    QFETCH(EventState, state);
    const QByteArray body = item("{\"sender\":{\"id\":\"" + person + "\"},\"message\":{\"mid\":\""
        + mid + "\",\"text\":\"t\",\"reply_to\":{\"mid\":\"" + QByteArray(257, 'r') + "\"}}}");
    const auto events = readWebhook(body);
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().state, state);
    QVERIFY(events.first().replyTo.isEmpty());
}

void TestWebhook::fileNames_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &url, const QString &expected) {
        QTest::newRow(name) << url << expected;
    };
    row("plain", "https://cdn.example/a/price-list.pdf?x=1#y", u"price-list.pdf"_s);
    row("encoded", "https://cdn.example/Gr%C3%BC%C3%9Fe%20an%20alle.pdf", u"Grüße an alle.pdf"_s);
    row("no path", "https://cdn.example", QString());
    row("folder", "https://cdn.example/folder/", QString());
    row("climbing", "https://cdn.example/a/%2e%2e%2f%2e%2e%2fetc%2fpasswd", u"passwd"_s);
    row("parent", "https://cdn.example/..", QString());
    row("backslashes", "https://cdn.example/..%5C..%5Cboot.ini", u"....boot.ini"_s);
    row("direction override", "https://cdn.example/exe%E2%80%AEfdp.exe", u"exefdp.exe"_s);
    row("control characters", "https://cdn.example/a%00%0Ab.txt", u"ab.txt"_s);
    row("long", "https://cdn.example/" + QByteArray(500, 'x') + ".pdf",
        QString(116, u'x') + u".pdf"_s);
    row("long, cut in a pair",
        "https://cdn.example/" + QByteArray("%F0%9F%99%82").repeated(90) + "x",
        u"\U0001F642"_s.repeated(59) + u'x');
    row("endless", "https://cdn.example/" + QByteArray(9000, 'x'), QString());
    row("no address", "not an address", u"not an address"_s);
}

void TestWebhook::fileNames()
{
    QFETCH(QByteArray, url);
    QFETCH(QString, expected);
    const auto events = readWebhook(item(
        R"({"sender":{"id":"9001"},"message":{"mid":"m","attachments":[{"type":"file","payload":{"url":")"
        + url + R"("}}]}})"));
    QCOMPARE(events.first().attachments.size(), 1);
    const Attachment file = events.first().attachments.first();
    QCOMPARE(file.name, expected);
    QCOMPARE(file.url, QString::fromUtf8(url));
    QCOMPARE(file.state, AttachmentState::Pending);
}

void TestWebhook::thousandItems()
{
    QByteArrayList items;
    for (int i = 0; i < 1000; ++i)
        items.append(R"({"sender":{"id":"9001"},"recipient":{"id":"70044"},"message":{"mid":"m_)"
            + QByteArray::number(i) + R"(","text":"x"}})");
    items[500] = "null";
    const auto events = readWebhook(item(items.join(',')));
    QCOMPARE(events.size(), 1000);
    for (int i = 0; i < 1000; ++i) {
        QCOMPARE(events.at(i).state, i == 500 ? EventState::Malformed : EventState::Projected);
        QCOMPARE(events.at(i).raw, items.at(i));
    }
    QCOMPARE(events.last().mid.value, u"m_999"_s);
}

void TestWebhook::moreItemsThanAnyBodyHas()
{
    const QByteArray one = R"({"sender":{"id":"9001"},"message":{"mid":"m","text":"x"}})";
    const QByteArray full = item((one + ',').repeated(9'999) + one);
    QCOMPARE(readWebhook(full).size(), 10'000);
    QCOMPARE(readWebhook(full).last().state, EventState::Projected);

    const QByteArray tooMany = item((one + ',').repeated(10'000) + one);
    const auto events = readWebhook(tooMany);
    QCOMPARE(events.size(), 10'001);
    QCOMPARE(events.last().state, EventState::Malformed);
    QCOMPARE(events.last().raw, tooMany);
}

void TestWebhook::manyAttachments()
{
    const QByteArray one = R"({"type":"image","payload":{"url":"https://s/1.png"}})";
    const auto events
        = readWebhook(item(R"({"sender":{"id":"9001"},"message":{"mid":"m","attachments":[)"
            + (one + ',').repeated(500) + one + "]}}"));
    QCOMPARE(events.first().attachments.size(), 100);
}

void TestWebhook::names()
{
    QSet<QString> kinds;
    for (int i = 1; i <= static_cast<int>(EventKind::Other); ++i)
        kinds.insert(eventKindName(static_cast<EventKind>(i)));
    QCOMPARE(kinds.size(), static_cast<int>(EventKind::Other));
    QVERIFY(!kinds.contains(QString()));
    QCOMPARE(eventStateName(EventState::Projected), u"projected"_s);
    QCOMPARE(eventStateName(EventState::Unsupported), u"unsupported"_s);
    QCOMPARE(eventStateName(EventState::Malformed), u"malformed"_s);
}

QTEST_GUILESS_MAIN(TestWebhook)
#include "tst_webhook.moc"
