// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/webhook.h"

#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray inEntry(const QByteArray &item, const QByteArray &page = R"("70044")")
{
    return R"({"object":"page","entry":[{"time":1782000000123,"id":)" + page + R"(,"messaging":[)"
        + item + "]}]}";
}

// The whole of an item with the usual people in it.
QByteArray item(const QByteArray &inside)
{
    return R"({"sender":{"id":"9001"},"recipient":{"id":"70044"},"timestamp":1782000000050,)"
        + inside + '}';
}

QByteArray keyOf(const QByteArray &body)
{
    const auto events = readWebhook(body);
    return events.size() == 1 ? events.first().dedupKey : QByteArray();
}

} // namespace

class TestDedupKey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void repetitions_data();
    void repetitions();
    void differences_data();
    void differences();
    void kindsOfOneItemDiffer();
    void keyNeverChanges();
};

void TestDedupKey::repetitions_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    const auto row = [](const char *name, const QByteArray &first, const QByteArray &second) {
        QTest::newRow(name) << first << second;
    };
    const QByteArray message = inEntry(item(R"("message":{"mid":"m_1","text":"é"})"));
    row("the same bytes", message, message);
    row("white space and order of keys", message,
        R"({ "entry" : [ { "messaging" : [ { "message" : { "text" : "\u00e9", "mid" : "m_1" },
            "timestamp" : 1782000000050, "recipient" : { "id" : "70044" },
            "sender" : { "id" : "9001" } } ], "id" : "70044", "time" : 1782000000123 } ],
            "object" : "page" })");
    row("entry sent later", message, QByteArray(message).replace("1782000000123", "1782000009999"));
    row("ids as numbers", message,
        QByteArray(message).replace(R"("9001")", "9001").replace(R"("70044")", "70044"));
    row("edit number as text", inEntry(item(R"("message_edit":{"mid":"m_1","num_edit":2})")),
        inEntry(item(R"("message_edit":{"num_edit":"2","mid":"m_1","text":"t"})")));
    row("receipt in seconds", inEntry(item(R"("read":{"watermark":1782000000000})")),
        inEntry(item(R"("read":{"watermark":"1782000000","seq":4})")));
    row("no mid, white space", inEntry(item(R"("policy_enforcement":{"action":"block"})")),
        inEntry(item(R"( "policy_enforcement" : { "action" : "\u0062lock" } )")));
    row("unknown kind, white space", inEntry(item(R"("news":[1,2])")),
        inEntry(item(R"("news" : [ 1, 2 ])")));
    row("no object, white space", R"({"entry":[]})", R"({ "entry" : [ ] })");
    row("feed", R"({"object":"page","entry":[{"id":"1","time":1,"changes":[{"field":"feed"}]}]})",
        R"({"object":"page","entry":[{"time":2,"id":"1","changes":[{"field": "feed"}]}]})");
}

void TestDedupKey::repetitions()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    QCOMPARE(keyOf(first).size(), 16);
    QCOMPARE(keyOf(second), keyOf(first));
}

void TestDedupKey::differences_data()
{
    QTest::addColumn<QByteArrayList>("bodies");
    const auto row = [](const char *name, const QByteArrayList &items) {
        QByteArrayList bodies;
        for (const QByteArray &each : items)
            bodies.append(each.startsWith('{') ? each : inEntry(item(each)));
        QTest::newRow(name) << bodies;
    };
    const QByteArray message = R"("message":{"mid":"m_1","text":"t"})";
    row("what happens to a message",
        {message, R"("message":{"mid":"m_1","is_deleted":true})",
            R"("message":{"mid":"m_1","is_echo":true,"text":"t"})",
            R"("message_edit":{"mid":"m_1","num_edit":1})",
            R"("message_edit":{"mid":"m_1","num_edit":2})", R"("reaction":{"mid":"m_1"})",
            R"("postback":{"mid":"m_1"})", R"("response_feedback":{"mid":"m_1"})",
            R"("message":{"mid":"m_2","text":"t"})"});
    row("a page", {inEntry(item(message)), inEntry(item(message), R"("70045")")});
    row("a damaged copy",
        {inEntry(item(message)), inEntry(R"({"recipient":{"id":"70044"},)" + message + '}')});
    row("standby",
        {inEntry(item(message)), inEntry(item(message)).replace("messaging", "standby")});
    row("reactions",
        {R"("reaction":{"mid":"m_1","action":"react","reaction":"love"})",
            R"("reaction":{"mid":"m_1","action":"react","reaction":"wow"})",
            R"("reaction":{"mid":"m_1","action":"react","reaction":"other","emoji":"x"})",
            R"("reaction":{"mid":"m_1","action":"unreact"})",
            inEntry(item(R"("reaction":{"mid":"m_1","action":"unreact"})").replace("9001", "9002")),
            inEntry(item(R"("reaction":{"mid":"m_1","action":"unreact"})").replace("50,", "51,"))});
    row("receipts",
        {R"("read":{"watermark":1782000000000})", R"("read":{"watermark":1782000000001})",
            R"("delivery":{"watermark":1782000000000})",
            R"("delivery":{"watermark":1782000000000,"mids":["m_1"]})",
            R"("delivery":{"watermark":1782000000000,"mids":["m_1","m_2"]})",
            R"("delivery":{"watermark":1782000000000,"mids":["m_1m_2"]})",
            inEntry(item(R"("read":{"watermark":1782000000000})").replace("9001", "9002"))});
    row("content without a mid",
        {R"("optin":{"ref":"a"})", R"("optin":{"ref":"b"})", R"("optin":{"rea":"f"})",
            R"("optin":{"ref":["a"]})", R"("optin":{"ref":1})", R"("optin":{"ref":"1"})",
            R"("optin":{"ref":null})", R"("optin":{"ref":{"a":[[],[]]}})",
            R"("optin":{"ref":{"a":[[[]]]}})", R"("referral":{"ref":"a"})"});
    row("unreadable bodies", {"{", "{{", "{}{}", "{\"\xff\"}"});
}

void TestDedupKey::differences()
{
    QFETCH(QByteArrayList, bodies);
    QSet<QByteArray> keys;
    for (const QByteArray &body : bodies)
        keys.insert(keyOf(body));
    QVERIFY(!keys.contains(QByteArray()));
    QCOMPARE(keys.size(), bodies.size());
}

void TestDedupKey::kindsOfOneItemDiffer()
{
    const auto events = readWebhook(inEntry(item(
        R"("pass_thread_control":{},"take_thread_control":{},"order":{},"form":{},"read":{})")));
    QCOMPARE(events.size(), 5);
    QSet<QByteArray> keys;
    for (const WebhookEvent &event : events)
        keys.insert(event.dedupKey);
    QCOMPARE(keys.size(), 5);
}

// The keys are stored: with other ones, what was received before an upgrade would come twice.
void TestDedupKey::keyNeverChanges()
{
    QCOMPARE(keyOf(inEntry(item(R"("message":{"mid":"m_1","text":"t"})"))).toHex(),
        "4eff227fd1e55372573dd3207fe2bbe2");
    QCOMPARE(keyOf(inEntry(item(R"("read":{"watermark":1782000000000})"))).toHex(),
        "277e72162ca7a2f0c951f112d15efe74");
    QCOMPARE(
        keyOf(inEntry(item(R"("optin":{"ref":"a"})"))).toHex(), "d9a41c0ea4c135f44a6d3da531ba2fe6");
}

QTEST_GUILESS_MAIN(TestDedupKey)
#include "tst_dedupkey.moc"
