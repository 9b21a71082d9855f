// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/rawclient.h"
#include "tests/server/testserver.h"

#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk::Server;

// What the server refuses, or answers on its own, before a handler is asked.
class HttpRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &bytes, int status) {
            QTest::newRow(name) << bytes << status;
        };
        const QByteArray post = "POST / HTTP/1.1\r\nHost: x\r\n";
        const QByteArray upgrade
            = "GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\n"
              "Upgrade: websocket\r\n";
        const QByteArray version = "Sec-WebSocket-Version: 13\r\n";
        const QByteArray key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

        row("no request", "hello\r\n\r\n", 400);
        row("TLS", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400);
        row("version 2", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 400);
        row("version 0.9", "GET /\r\n\r\n", 400);
        row("version 9.9", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400);
        row("blank in the target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("NUL in the target", QByteArray("GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n", 28), 400);
        row("NUL in a header", QByteArray("GET / HTTP/1.1\r\nHost: x\0\r\n\r\n", 28), 400);
        row("blank before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400);
        row("header without colon", "GET / HTTP/1.1\r\nHost: x\r\nnothing\r\n\r\n", 400);
        row("header without name", "GET / HTTP/1.1\r\nHost: x\r\n: a\r\n\r\n", 400);
        row("target without path", "GET x HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("CONNECT", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("GET *", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("no Host", "GET / HTTP/1.1\r\n\r\n", 400);
        row("two Hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400);
        row("two Hosts in 1.0", "GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", 400);
        row("length and coding",
            post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        row("coding and length",
            post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400);
        row("two lengths", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400);
        row("same length twice", post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400);
        row("list of lengths", post + "Content-Length: 3, 3\r\n\r\nabc", 400);
        row("length of zero twice", post + "Content-Length: 0\r\ncontent-length: 0\r\n\r\n", 400);
        row("negative length", post + "Content-Length: -1\r\n\r\n", 400);
        row("signed length", post + "Content-Length: +1\r\n\r\na", 400);
        row("hexadecimal length", post + "Content-Length: 0x1\r\n\r\na", 400);
        row("empty length", post + "Content-Length:\r\n\r\n", 400);
        row("overflowing length", post + "Content-Length: 18446744073709551617\r\n\r\na", 400);
        row("other coding", post + "Transfer-Encoding: gzip\r\n\r\n", 501);
        row("identity coding", post + "Transfer-Encoding: identity\r\n\r\n", 501);
        row("several codings", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501);
        row("chunked is not last", post + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 501);
        row("coding twice",
            post + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        row("coding in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        row("bad chunk size", post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400);
        row("overflowing chunk size",
            post + "Transfer-Encoding: chunked\r\n\r\n11111111111111111\r\n", 400);
        row("chunk longer than said", post + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400);
        row("other expectation", post + "Expect: tea\r\nContent-Length: 3\r\n\r\nabc", 417);
        row("WebSocket 8", upgrade + key + "Sec-WebSocket-Version: 8\r\n\r\n", 426);
        row("WebSocket without version", upgrade + key + "\r\n", 426);
        row("WebSocket without key", upgrade + version + "\r\n", 400);
        row("WebSocket with bad key", upgrade + version + "Sec-WebSocket-Key: abc\r\n\r\n", 400);
        row("WebSocket with body", upgrade + version + key + "Content-Length: 1\r\n\r\na", 400);
    }
    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        TestServer server;
        RawClient client(server.port());
        client.send(bytes);
        const RawAnswer answer = client.readAnswer();
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.headers.value("connection"), "close");
        QVERIFY(answer.body.endsWith(".\n"));
        QVERIFY(client.waitForClosed());
        QCOMPARE(server.statistics().requests, 0U);
    }

    // In one piece it is refused at once. Byte by byte such a head never ends, so its time limit
    // refuses it: see the tests of the limits.
    void refusesBareLineFeeds()
    {
        TestServer server;
        RawClient client(server.port());
        client.send("GET / HTTP/1.1\nHost: x\n\n");
        QCOMPARE(client.readAnswer().status, 400);
        QCOMPARE(server.statistics().requests, 0U);
    }

    void refusesByteByByte_data() { refuses_data(); }
    void refusesByteByByte()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        TestServer server;
        RawClient client(server.port());
        for (const char c : bytes)
            client.trySend(QByteArray(1, c));
        QCOMPARE(client.readAnswer().status, status);
        QVERIFY(client.waitForClosed());
        QCOMPARE(server.statistics().requests, 0U);
    }

    void refusesHalfARequest_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("request line") << QByteArray("GET / HT");
        QTest::newRow("headers") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n");
        QTest::newRow("body") << QByteArray(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab");
        QTest::newRow("chunk") << QByteArray(
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
    }
    void refusesHalfARequest()
    {
        QFETCH(QByteArray, bytes);
        TestServer server;
        RawClient client(server.port());
        client.send(bytes);
        client.finishSending();
        QCOMPARE(client.readAnswer().status, 400);
        QVERIFY(client.waitForClosed());
        QCOMPARE(server.statistics().requests, 0U);
    }

    void saysWhichWebSocketItSpeaks()
    {
        TestServer server;
        RawClient client(server.port());
        client.send(simpleGet(
            "/", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 7\r\n"));
        QCOMPARE(client.readAnswer().headers.value("sec-websocket-version"), "13");
    }

    // What only looks like an upgrade is an ordinary request.
    void takesAnIncompleteUpgradeAsRequest_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::newRow("no Connection") << QByteArray("Upgrade: websocket\r\n");
        QTest::newRow("no Upgrade") << QByteArray("Connection: Upgrade\r\n");
        QTest::newRow("other protocol") << QByteArray("Connection: Upgrade\r\nUpgrade: h2c\r\n");
    }
    void takesAnIncompleteUpgradeAsRequest()
    {
        QFETCH(QByteArray, headers);
        TestServer server;
        RawClient client(server.port());
        client.send(simpleGet("/", headers));
        QCOMPARE(client.readAnswer().status, 200);
    }

    void asksForTheBodyThatIsExpected()
    {
        TestServer server;
        RawClient client(server.port());
        client.send("POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\n"
                    "Content-Length: 3\r\n\r\n");
        QCOMPARE(client.readBytes(25), "HTTP/1.1 100 Continue\r\n\r\n");
        client.send("abc");
        QCOMPARE(client.readAnswer().body, "POST /a abc");
        client.send(simpleGet("/b"));
        QCOMPARE(client.readAnswer().body, "GET /b ");
    }

    void doesNotAskForWhatIsThere_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray expect = "Expect: 100-continue\r\nContent-Length: ";
        QTest::newRow("body follows at once")
            << "POST / HTTP/1.1\r\nHost: x\r\n" + expect + "3\r\n\r\nabc";
        QTest::newRow("no body") << "POST / HTTP/1.1\r\nHost: x\r\n" + expect + "0\r\n\r\n";
        QTest::newRow("HTTP/1.0") << "POST / HTTP/1.0\r\n" + expect + "3\r\n\r\nabc";
        QTest::newRow("other expectation in HTTP/1.0")
            << QByteArray("POST / HTTP/1.0\r\nExpect: tea\r\n\r\n");
    }
    void doesNotAskForWhatIsThere()
    {
        QFETCH(QByteArray, bytes);
        TestServer server;
        RawClient client(server.port());
        client.send(bytes);
        QCOMPARE(client.readAnswer().status, 200);
    }
};

QTEST_GUILESS_MAIN(HttpRulesTest)
#include "tst_httprules.moc"
