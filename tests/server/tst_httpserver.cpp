// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/rawclient.h"
#include "tests/server/testserver.h"

#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Server;

// What honest clients see.
class HttpServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void handsOverTheWholeRequest()
    {
        Waiting waiting;
        TestServer server({}, waiting.handler());
        RawClient client(server.port());
        const QByteArray body("a\0b\r\n\r\n\xff", 9);
        client.send("POST /p/a%20th?x=1&y=?z HTTP/1.1\r\nHost: example.org:80\r\n"
                    "x-HUB-signature-256:  abc \r\nContent-Length: 9\r\n\r\n"
            + body);
        QTRY_COMPARE(waiting.size(), 1U);
        const Request request = waiting.take().front().first;
        QCOMPARE(request.method, "POST");
        QCOMPARE(request.path, "/p/a%20th");
        QCOMPARE(request.query, "x=1&y=?z");
        QCOMPARE(request.header("X-Hub-Signature-256"), "abc");
        QCOMPARE(request.header("absent"), "");
        QCOMPARE(request.remoteAddress, "127.0.0.1");
        QCOMPARE(QByteArray::fromStdString(request.body), body);
        QVERIFY(!request.wantsWebSocket);
    }

    void readsAnyForm_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("origin form") << simpleGet("/a?b") << QByteArray("GET /a?b ");
        QTest::newRow("absolute form")
            << simpleGet("http://localhost:80/a/b?c") << QByteArray("GET /a/b?c ");
        QTest::newRow("absolute form without path")
            << simpleGet("http://localhost?c") << QByteArray("GET /?c ");
        QTest::newRow("a URL in the path")
            << simpleGet("/to/http://x/y") << QByteArray("GET /to/http://x/y ");
        QTest::newRow("OPTIONS *")
            << QByteArray("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n") << QByteArray("OPTIONS * ");
        QTest::newRow("empty lines first") << "\r\n\r\n" + simpleGet("/a") << QByteArray("GET /a ");
        QTest::newRow("unknown method")
            << QByteArray("BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n") << QByteArray("BREW /pot ");
        QTest::newRow("body") << simplePost("/a", "{\"x\":1}") << QByteArray("POST /a {\"x\":1}");
        QTest::newRow("chunked") << QByteArray(
            "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3\r\nabc\r\nA;ext=\"1\"\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\n")
                                 << QByteArray("POST /a abc0123456789");
    }
    void readsAnyForm()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        TestServer server;
        RawClient client(server.port());
        client.send(bytes);
        const RawAnswer answer = client.readAnswer();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, expected);
    }

    void readsALargeBody()
    {
        const QByteArray body(3'000'000, 'x');
        TestServer server;
        RawClient client(server.port());
        client.send(simplePost("/a", body));
        QVERIFY(client.readAnswer().body == "POST /a " + body);
    }

    void readsByteByByte_data() { readsAnyForm_data(); }
    void readsByteByByte()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        TestServer server;
        RawClient client(server.port());
        for (const char c : bytes)
            client.send(QByteArray(1, c));
        const RawAnswer answer = client.readAnswer();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, expected);
    }

    void doesNotTakeTrailersForHeaders()
    {
        TestServer server({}, [](Request &&request, const Responder &responder) {
            responder.send({200, std::string(request.header("Authorization"))});
        });
        RawClient client(server.port());
        client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "1\r\na\r\n0\r\nAuthorization: Bearer x\r\n\r\n");
        const RawAnswer answer = client.readAnswer();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, "");
    }

    void keepsTheConnection_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("kept");
        QTest::addColumn<QByteArray>("connection");
        const QByteArray http10 = "GET / HTTP/1.0\r\n";
        QTest::newRow("1.1") << simpleGet("/") << true << QByteArray();
        QTest::newRow("1.1 close")
            << simpleGet("/", "Connection: Close\r\n") << false << QByteArray("close");
        QTest::newRow("1.0") << http10 + "\r\n" << false << QByteArray("close");
        QTest::newRow("1.0 keep-alive") << http10 + "Connection: keep-alive\r\n\r\n"
                                        << true << QByteArray("keep-alive");
    }
    void keepsTheConnection()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, kept);
        QFETCH(QByteArray, connection);
        TestServer server;
        RawClient client(server.port());
        client.send(bytes);
        const RawAnswer answer = client.readAnswer();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("connection"), connection);
        if (kept) {
            client.send(simpleGet("/again"));
            QCOMPARE(client.readAnswer().body, "GET /again ");
        } else {
            QVERIFY(client.waitForClosed());
        }
    }

    void answersAClientThatSendsNoMore()
    {
        TestServer server;
        RawClient client(server.port());
        client.send(simpleGet("/"));
        client.finishSending();
        QCOMPARE(client.readAnswer().status, 200);
        QVERIFY(client.waitForClosed());
    }

    void writesTheAnswer()
    {
        TestServer server({}, [](Request &&, const Responder &responder) {
            responder.send({302, "moved", "text/html", {{"Location", "/x"}, {"X-A", "b"}}});
        });
        RawClient client(server.port());
        client.send(simpleGet("/") + "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n" + simpleGet("/"));
        for (const bool head : {false, true, false}) {
            const RawAnswer answer = client.readAnswer(head);
            QCOMPARE(answer.status, 302);
            QCOMPARE(answer.headers.value("location"), "/x");
            QCOMPARE(answer.headers.value("x-a"), "b");
            QCOMPARE(answer.headers.value("content-type"), "text/html");
            QCOMPARE(answer.headers.value("content-length"), "5");
            QVERIFY(answer.headers.value("date").endsWith(" GMT"));
            QCOMPARE(answer.body, head ? "" : "moved");
        }
    }

    void sendsNoBodyWhereNoneMayBe_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("204") << 204;
        QTest::newRow("304") << 304;
    }
    void sendsNoBodyWhereNoneMayBe()
    {
        QFETCH(int, status);
        TestServer server({}, [status](Request &&, const Responder &responder) {
            responder.send({status, "body"});
        });
        RawClient client(server.port());
        client.send(simpleGet("/") + simpleGet("/"));
        for (int i = 0; i < 2; ++i) {
            const RawAnswer answer = client.readAnswer();
            QCOMPARE(answer.status, status);
            QVERIFY(!answer.headers.contains("content-length"));
        }
    }

    void sendsALargeAnswer()
    {
        const std::string body(20'000'000, 'x');
        TestServer server({}, [&body](Request &&, const Responder &responder) {
            responder.send({200, body});
        });
        RawClient client(server.port());
        client.send(simpleGet("/", "Connection: close\r\n"));
        QVERIFY(client.readAnswer().body == QByteArray::fromStdString(body));
        QVERIFY(client.waitForClosed());
    }

    void leavesOutUnsafeHeaders_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("warns");
        QTest::newRow("line break") << QByteArray("X-A") << QByteArray("a\r\nX-Evil: 1") << true;
        QTest::newRow("NUL") << QByteArray("X-A") << QByteArray("a\0X-Evil", 8) << true;
        QTest::newRow("name") << QByteArray("X-Evil: 1\r\nX-A") << QByteArray("a") << true;
        QTest::newRow("empty name") << QByteArray() << QByteArray("X-Evil") << true;
        QTest::newRow("length") << QByteArray("content-length") << QByteArray("1000") << false;
        QTest::newRow("coding") << QByteArray("Transfer-Encoding") << QByteArray("chunked")
                                << false;
    }
    void leavesOutUnsafeHeaders()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(bool, warns);
        if (warns)
            QTest::ignoreMessage(QtWarningMsg, "left out a response header that is not valid");
        TestServer server({}, [&](Request &&, const Responder &responder) {
            responder.send({200, "ok", "text/plain", {{name.toStdString(), value.toStdString()}}});
        });
        RawClient client(server.port());
        client.send(simpleGet("/"));
        const RawAnswer answer = client.readAnswer();
        QCOMPARE(answer.body, "ok");
        QCOMPARE(
            answer.headers.keys(), QList<QByteArray>({"content-length", "content-type", "date"}));
    }

    void refusesToListen_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<Error::Kind>("kind");
        QTest::newRow("port in use") << "127.0.0.1" << Error::Kind::Conflict;
        QTest::newRow("localhost is the same") << "localhost" << Error::Kind::Conflict;
        QTest::newRow("not an address") << "example.org" << Error::Kind::Rejected;
        QTest::newRow("empty") << "" << Error::Kind::Rejected;
        QTest::newRow("not ours") << "192.0.2.1" << Error::Kind::Rejected;
    }
    void refusesToListen()
    {
        QFETCH(QString, host);
        QFETCH(Error::Kind, kind);
        TestServer first;
        HttpServer second({}, echo);
        const auto result = second.listen(host.toStdString(), first.port());
        QVERIFY(!result);
        QCOMPARE(result.error().kind, kind);
        QVERIFY(result.error().detail.contains(host));
        if (kind == Error::Kind::Conflict)
            QVERIFY(result.error().detail.contains(QString::number(first.port())));
        // It can still listen elsewhere.
        QVERIFY(second.listen("localhost", 0));
        QCOMPARE(second.listen("localhost", 0).error().kind, Error::Kind::Conflict);
    }

    void takesThePortOfOneThatHasEnded()
    {
        std::uint16_t port = 0;
        {
            TestServer first;
            port = first.port();
            RawClient client(port);
            client.send(simpleGet("/", "Connection: close\r\n"));
            QCOMPARE(client.readAnswer().status, 200);
        }
        HttpServer second({}, echo);
        QVERIFY(second.listen("127.0.0.1", port));
    }
};

QTEST_GUILESS_MAIN(HttpServerTest)
#include "tst_httpserver.moc"
