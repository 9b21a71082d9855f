// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/grapherror.h"

#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;
using Outcome = SendVerdict::Outcome;

namespace {

QByteArray errorBody(int code, int subcode, const QByteArray &more = {})
{
    QByteArray body = R"({"error":{"message":"(#1) x","type":"OAuthException","code":)"
        + QByteArray::number(code);
    if (subcode != 0)
        body += R"(,"error_subcode":)" + QByteArray::number(subcode);
    return body + more + R"(,"fbtrace_id":"AxB"}})";
}

} // namespace

class TestGraphError : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void sent_data();
    void sent();
    void unclear_data();
    void unclear();
    void codes_data();
    void codes();
    void throttles_data();
    void throttles();
    void waits_data();
    void waits();
    void busyPersonWaitsAlone();
    void numbersAreKeptForTheLog();
};

void TestGraphError::sent_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("plain") << QByteArray(R"({"recipient_id":"9001","message_id":"m_B2"})");
    QTest::newRow("without recipient") << QByteArray(R"({"message_id":"m_B2"})");
    QTest::newRow("with attachment")
        << QByteArray(R"({"recipient_id":"1","message_id":"m_B2","attachment_id":"880011"})");
    QTest::newRow("error null") << QByteArray(R"({"message_id":"m_B2","error":null})");
}

void TestGraphError::sent()
{
    QFETCH(QByteArray, body);
    const SendVerdict verdict = readSendAnswer(200, body, {});
    QCOMPARE(verdict.outcome, Outcome::Sent);
    QCOMPARE(verdict.mid.value, u"m_B2"_s);
    QCOMPARE(verdict.failure, FailureKind::None);
    QVERIFY(!verdict.pausesPage);
    QCOMPARE(readSendAnswer(201, body, {}).outcome, Outcome::Sent);
    QCOMPARE(readSendAnswer(400, body, {}).outcome, Outcome::Unknown);
    QCOMPARE(readSendAnswer(500, body, {}).outcome, Outcome::Unknown);
}

// Answers after which the message may be at the customer's.
void TestGraphError::unclear_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, int status, const QByteArray &body) {
        QTest::newRow(name) << status << body;
    };
    row("no answer", 0, {});
    row("200, empty", 200, {});
    row("200, no id", 200, R"({"recipient_id":"9001"})");
    row("200, empty id", 200, R"({"message_id":""})");
    row("200, id null", 200, R"({"message_id":null})");
    row("200, id a list", 200, R"({"message_id":["m_B2"]})");
    row("200, truncated", 200, R"({"recipient_id":"9001","message_id":"m_)");
    row("200, HTML", 200, "<html><body>Sorry</body></html>");
    row("200, another shape", 200, "[]");
    row("200, error", 200, errorBody(100, 2018001));
    row("200, error and id", 200, R"({"message_id":"m_B2","error":{"code":10}})");
    row("400, error and id", 400, R"({"message_id":"m_B2","error":{"code":10}})");
    row("200, error as text", 200, R"({"message_id":"m_B2","error":"odd"})");
    row("400, empty", 400, {});
    row("400, HTML", 400, "<html>");
    row("400, error as text", 400, R"({"error":"invalid_request"})");
    row("400, error without code", 400, R"({"error":{"message":"x"}})");
    row("400, code no number", 400, R"({"error":{"code":"many"}})");
    row("400, code beyond int", 400, R"({"error":{"code":99999999999}})");
    row("302", 302, {});
    row("502, HTML", 502, "<html><body>Bad gateway</body></html>");
    row("500, empty", 500, {});
    row("code 1", 400, errorBody(1, 0));
    row("code 1/99", 400, errorBody(1, 99));
    row("code 1/1357046", 400, errorBody(1, 1357046));
    row("code 2", 400, errorBody(2, 0));
    row("code 2, final", 400, errorBody(2, 0, R"(,"is_transient":false)"));
    row("code 1200", 400, errorBody(1200, 0));
    row("unknown code, transient", 400, errorBody(77777, 0, R"(,"is_transient":true)"));
    row("code 100, transient", 400, errorBody(100, 0, R"(,"is_transient":true)"));
    row("code 100, 500", 500, errorBody(100, 0));
    row("unknown code, 503", 503, errorBody(77777, 0));
}

void TestGraphError::unclear()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const SendVerdict verdict = readSendAnswer(status, body, {});
    QCOMPARE(verdict.outcome, Outcome::Unknown);
    QVERIFY(verdict.mid.isEmpty());
    QCOMPARE(verdict.failure, FailureKind::None);
    QCOMPARE(verdict.retryAfterSeconds, 0);
    QVERIFY(!verdict.pausesPage);
}

void TestGraphError::codes_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("subcode");
    QTest::addColumn<FailureKind>("expected");
    QTest::addColumn<bool>("pauses");
    const auto row = [](int code, int subcode, FailureKind expected, bool pauses = false) {
        QTest::addRow("%d/%d", code, subcode) << code << subcode << expected << pauses;
    };
    row(10, 2018278, FailureKind::WindowClosed);
    row(10, 2534022, FailureKind::WindowClosed);
    row(10, 2018065, FailureKind::WindowClosed);
    row(551, 0, FailureKind::Unreachable);
    row(551, 1545041, FailureKind::Unreachable);
    row(200, 1545041, FailureKind::Unreachable);
    row(10, 2018108, FailureKind::Unreachable);
    row(10, 2018336, FailureKind::Unreachable);
    row(100, 2018001, FailureKind::Unreachable);
    row(2018218, 0, FailureKind::Unreachable);
    row(100, 2018218, FailureKind::Unreachable);
    row(10, 1893063, FailureKind::PolicyBlocked, true);
    row(368, 0, FailureKind::PolicyBlocked, true);
    row(368, 1390008, FailureKind::PolicyBlocked, true);
    row(4, 2207051, FailureKind::PolicyBlocked, true);
    row(613, 2018338, FailureKind::PolicyBlocked);
    row(2022, 0, FailureKind::PolicyBlocked);
    row(100, 2534037, FailureKind::NotThreadOwner);
    row(2018300, 0, FailureKind::NotThreadOwner);
    row(10, 2018300, FailureKind::NotThreadOwner);
    row(2018171, 0, FailureKind::NotThreadOwner);
    row(2018234, 0, FailureKind::NotThreadOwner);
    for (const int subcode : {2018047, 2018074, 2018008, 2018109, 2018294})
        row(100, subcode, FailureKind::AttachmentRefused);
    row(2018047, 0, FailureKind::AttachmentRefused);
    row(324, 2069019, FailureKind::AttachmentRefused);
    row(9004, 0, FailureKind::AttachmentRefused);
    for (const int subcode : {0, 458, 459, 460, 463, 464, 467, 492})
        row(190, subcode, FailureKind::NeedsLogin, true);
    row(102, 0, FailureKind::NeedsLogin, true);
    row(102, 463, FailureKind::NeedsLogin, true);
    row(10, 0, FailureKind::PermissionMissing);
    row(10, 2534077, FailureKind::PermissionMissing);
    row(200, 0, FailureKind::PermissionMissing);
    row(200, 2018028, FailureKind::PermissionMissing);
    row(299, 0, FailureKind::PermissionMissing);
    row(300, 0, FailureKind::Other);
    row(199, 0, FailureKind::Other);
    for (const int subcode : {0, 33, 2018014, 2018164, 2534015})
        row(100, subcode, FailureKind::InvalidRequest);
    row(4, 2018354, FailureKind::InvalidRequest);
    row(9, 2018352, FailureKind::InvalidRequest);
    row(10, 1404170, FailureKind::InvalidRequest);
    row(10, 1893015, FailureKind::InvalidRequest);
    row(613, 1893016, FailureKind::InvalidRequest);
    row(506, 0, FailureKind::Other);
    row(77777, 0, FailureKind::Other);
    row(77777, 88888, FailureKind::Other);
}

void TestGraphError::codes()
{
    QFETCH(int, code);
    QFETCH(int, subcode);
    QFETCH(FailureKind, expected);
    QFETCH(bool, pauses);
    const SendVerdict verdict = readSendAnswer(400, errorBody(code, subcode), {});
    QCOMPARE(verdict.outcome, Outcome::Failed);
    QCOMPARE(verdict.failure, expected);
    QCOMPARE(verdict.pausesPage, pauses);
    QCOMPARE(verdict.retryAfterSeconds, 0);
    QCOMPARE(readSendAnswer(403, errorBody(code, subcode), {}).failure, expected);
}

void TestGraphError::throttles_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("subcode");
    for (const int code : {4, 17, 32, 341, 613, 80000, 80001, 80002, 80004, 80006, 80008, 80014})
        QTest::addRow("%d", code) << code << 0;
    QTest::newRow("613/2534040") << 613 << 2534040;
}

void TestGraphError::throttles()
{
    QFETCH(int, code);
    QFETCH(int, subcode);
    for (const QByteArray &more : {QByteArray(), QByteArray(R"(,"is_transient":true)")}) {
        const SendVerdict verdict = readSendAnswer(400, errorBody(code, subcode, more), {});
        QCOMPARE(verdict.outcome, Outcome::NotSent);
        QCOMPARE(verdict.failure, FailureKind::None);
        QVERIFY(verdict.pausesPage);
        QCOMPARE(verdict.retryAfterSeconds, 60);
    }
}

void TestGraphError::waits_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("seconds");
    const auto row = [](const char *name, const QByteArray &header, int seconds) {
        QTest::newRow(name) << header << seconds;
    };
    const QByteArray one = R"({"type":"messenger","estimated_time_to_regain_access":7})";
    row("none", {}, 60);
    row("list of a Page", R"({"70044":[)" + one + "]}", 7 * 60);
    row("object of a Page", R"({"70044":)" + one + '}', 7 * 60);
    row("list", '[' + one + ']', 7 * 60);
    row("object", one, 7 * 60);
    row("longest counts",
        R"({"70044":[{"estimated_time_to_regain_access":3},{"estimated_time_to_regain_access":"9"}]})",
        9 * 60);
    row("no wait", R"({"70044":[{"estimated_time_to_regain_access":0}]})", 60);
    row("negative", R"({"70044":[{"estimated_time_to_regain_access":-5}]})", 60);
    row("a day", R"({"1":[{"estimated_time_to_regain_access":1440}]})", 86'400);
    row("more than a day", R"({"1":[{"estimated_time_to_regain_access":1441}]})", 86'400);
    row("largest", R"({"1":[{"estimated_time_to_regain_access":9223372036854775807}]})", 86'400);
    row("beyond a number", R"({"1":[{"estimated_time_to_regain_access":99999999999999999999}]})",
        60);
    row("no JSON", "messenger=7", 60);
    row("another header", R"({"call_count":12,"total_time":8})", 60);
}

void TestGraphError::waits()
{
    QFETCH(QByteArray, header);
    QFETCH(int, seconds);
    const SendVerdict verdict = readSendAnswer(400, errorBody(613, 0), header);
    QCOMPARE(verdict.outcome, Outcome::NotSent);
    QCOMPARE(verdict.retryAfterSeconds, seconds);
}

void TestGraphError::busyPersonWaitsAlone()
{
    const SendVerdict verdict = readSendAnswer(
        400, errorBody(100, 2018321), R"({"1":[{"estimated_time_to_regain_access":7}]})");
    QCOMPARE(verdict.outcome, Outcome::NotSent);
    QVERIFY(!verdict.pausesPage);
    QCOMPARE(verdict.retryAfterSeconds, 30);
}

void TestGraphError::numbersAreKeptForTheLog()
{
    for (const int status : {200, 400, 500}) {
        const SendVerdict verdict = readSendAnswer(status, errorBody(10, 2018278), {});
        QCOMPARE(verdict.code, 10);
        QCOMPARE(verdict.subcode, 2018278);
        QCOMPARE(verdict.traceId, u"AxB"_s);
    }
    const SendVerdict asText
        = readSendAnswer(400, R"({"error":{"code":"10","error_subcode":"2018278"}})", {});
    QCOMPARE(asText.failure, FailureKind::WindowClosed);
    QCOMPARE(readSendAnswer(400, R"({"error":{"code":-4}})", {}).code, 0);
}

QTEST_GUILESS_MAIN(TestGraphError)
#include "tst_grapherror.moc"
