// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/rawclient.h"
#include "tests/server/testserver.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QRegularExpression>
#include <QTest>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <ctime>
#include <memory>

using namespace Pagedesk::Server;
using namespace std::chrono_literals;

namespace {

Limits sizes()
{
    Limits limits;
    limits.headBytes = 1000;
    limits.bodyBytes = 2000;
    return limits;
}

Limits times()
{
    Limits limits;
    limits.idle = 300ms;
    limits.head = 300ms;
    limits.body = 300ms;
    return limits;
}

QByteArray postHead(const QByteArray &headers)
{
    return "POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
}

// Leaves the process without a free descriptor as long as it lives.
class NoDescriptors {
public:
    NoDescriptors()
    {
        getrlimit(RLIMIT_NOFILE, &m_before);
        rlimit low = m_before;
        low.rlim_cur = 128;
        setrlimit(RLIMIT_NOFILE, &low);
        int descriptor = -1;
        while ((descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0)
            m_fillers.push_back(descriptor);
    }
    ~NoDescriptors()
    {
        for (const int descriptor : m_fillers)
            ::close(descriptor);
        setrlimit(RLIMIT_NOFILE, &m_before);
    }

private:
    rlimit m_before{};
    std::vector<int> m_fillers;
};

} // namespace

// Size, time and number.
class HttpLimitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void limitsTheHead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const QByteArray frame = simpleGet("/", "A: \r\n");
        const auto exactly = [&frame](qsizetype size) {
            return simpleGet("/", "A: " + QByteArray(size - frame.size(), 'x') + "\r\n");
        };
        QTest::newRow("at the limit") << exactly(1000) << 200;
        QTest::newRow("over the limit") << exactly(1001) << 431;
        QTest::newRow("long line") << simpleGet("/", "A: " + QByteArray(5000, 'x') + "\r\n") << 431;
        QTest::newRow("many lines") << simpleGet("/", QByteArray("A: b\r\n").repeated(300)) << 431;
        QTest::newRow("long target") << simpleGet("/" + QByteArray(5000, 'x')) << 431;
        QTest::newRow("endless method") << QByteArray(5000, 'x') << 431;
        QTest::newRow("endless header") << "GET / HTTP/1.1\r\nA: " + QByteArray(5000, 'x') << 431;
    }
    void limitsTheHead()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        TestServer server(sizes());
        RawClient whole(server.port());
        whole.send(bytes);
        QCOMPARE(whole.readAnswer().status, status);
        // In small pieces the sum must be the same.
        RawClient pieces(server.port());
        for (qsizetype i = 0; i < bytes.size(); i += 7)
            pieces.trySend(bytes.mid(i, 7));
        QCOMPARE(pieces.readAnswer().status, status);
    }

    void limitsTheBody_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const QByteArray chunked = postHead("Transfer-Encoding: chunked\r\n");
        const QByteArray chunk = "3e8\r\n" + QByteArray(1000, 'x') + "\r\n";
        QTest::newRow("at the limit") << simplePost("/", QByteArray(2000, 'x')) << 200;
        QTest::newRow("over the limit") << simplePost("/", QByteArray(2001, 'x')) << 413;
        QTest::newRow("only announced") << postHead("Content-Length: 2001\r\n") << 413;
        QTest::newRow("expecting an answer")
            << postHead("Content-Length: 2001\r\nExpect: 100-continue\r\n") << 413;
        QTest::newRow("largest number")
            << postHead("Content-Length: 18446744073709551615\r\n") << 413;
        QTest::newRow("chunks at the limit") << chunked + chunk + chunk + "0\r\n\r\n" << 200;
        QTest::newRow("chunks over the limit") << chunked + chunk + chunk + "1\r\n" << 413;
        QTest::newRow("announced chunk") << chunked + "7d1\r\n" << 413;
        QTest::newRow("endless chunk extension") << chunked + "1;" + QByteArray(9000, 'x') << 400;
        QTest::newRow("endless trailers")
            << chunked + "0\r\n" + QByteArray("A: b\r\n").repeated(2000) << 400;
    }
    void limitsTheBody()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        TestServer server(sizes());
        RawClient client(server.port());
        client.send(bytes);
        QCOMPARE(client.readAnswer().status, status);
        QCOMPARE(client.waitForClosed(status == 200 ? 0 : RawClient::Patience), status != 200);
    }

    void limitsTheBodiesOfAllTogether()
    {
        Limits limits;
        limits.bodiesBytes = 1'000'000;
        TestServer server(limits);
        const QByteArray part(600'000, 'x');
        RawClient first(server.port());
        first.send(postHead("Content-Length: 600001\r\n") + part);
        RawClient second(server.port());
        second.send(postHead("Content-Length: 600001\r\n") + part);
        // Which of them is too much depends on whose bytes are read last.
        const bool isFirst = first.readAnswer(false, 500).status == 503;
        if (!isFirst)
            QCOMPARE(second.readAnswer().status, 503);
        RawClient &other = isFirst ? second : first;
        other.send("y");
        QCOMPARE(other.readAnswer().status, 200);
        // Both have given back what they held.
        RawClient third(server.port());
        third.send(simplePost("/", QByteArray(999'000, 'x')));
        QCOMPARE(third.readAnswer().status, 200);
    }

    // A client that reads only after it has sent everything must still get the answer.
    void letsAClientFinishThatSendsTooMuch()
    {
        TestServer server(sizes());
        RawClient client(server.port());
        client.send(postHead("Content-Length: 30000000\r\n"));
        for (int i = 0; i < 30; ++i)
            QVERIFY(client.sendWithoutReading(QByteArray(1'000'000, 'x')));
        QCOMPARE(client.readAnswer().status, 413);
        QVERIFY(client.waitForClosed());
    }

    void doesNotLetAClientSendForEver()
    {
        TestServer server(sizes());
        RawClient client(server.port());
        client.send(postHead("Content-Length: 1000000000000\r\n"));
        const QByteArray part(1'000'000, 'x');
        int sent = 0;
        while (sent < 500 && client.sendWithoutReading(part))
            ++sent;
        QVERIFY(sent < 500);
    }

    void cutsASlowSender_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("repeated"); // sent every few milliseconds
        QTest::addColumn<int>("status");
        QTest::newRow("nothing at all") << QByteArray() << QByteArray() << 0;
        QTest::newRow("silent in the head") << QByteArray("GET /") << QByteArray() << 408;
        QTest::newRow("slow in the head") << QByteArray("GET /") << QByteArray("x") << 408;
        QTest::newRow("silent in the body")
            << postHead("Content-Length: 900\r\n") << QByteArray() << 408;
        QTest::newRow("slow in the body")
            << postHead("Content-Length: 900\r\n") << QByteArray("x") << 408;
        QTest::newRow("slow chunks")
            << postHead("Transfer-Encoding: chunked\r\n") << QByteArray("1\r\nx\r\n") << 408;
        QTest::newRow("silent after 100 Continue")
            << postHead("Content-Length: 9\r\nExpect: 100-continue\r\n") << QByteArray() << 100;
        QTest::newRow("idle after an answer") << simpleGet("/") << QByteArray() << 200;
        QTest::newRow("empty lines") << QByteArray("\r\n") << QByteArray("\r\n") << 0;
    }
    void cutsASlowSender()
    {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, repeated);
        QFETCH(int, status);
        TestServer server(times());
        RawClient client(server.port());
        QElapsedTimer timer;
        timer.start();
        client.send(first);
        while (client.isConnected() && timer.elapsed() < RawClient::Patience) {
            if (!repeated.isEmpty())
                client.trySend(repeated);
            client.waitForClosed(10);
        }
        QVERIFY(!client.isConnected());
        QVERIFY2(timer.elapsed() >= 290, qPrintable(QString::number(timer.elapsed())));
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(client.readAnswer().status, status);
        QTRY_COMPARE(server.statistics().openConnections, 0U);
    }

    void givesHeadAndBodyTheirOwnTime()
    {
        Limits limits = times();
        limits.head = 200ms;
        limits.body = 60s;
        TestServer server(limits);
        RawClient client(server.port());
        client.send(postHead("Content-Length: 2\r\n") + "a");
        QVERIFY(!client.waitForClosed(800));
        client.send("b");
        QCOMPARE(client.readAnswer().status, 200);
    }

    void waitsForTheHandlerAsLongAsItTakes()
    {
        Waiting waiting;
        TestServer server(times(), waiting.handler());
        RawClient client(server.port());
        client.send(simpleGet("/"));
        QVERIFY(!client.waitForClosed(900));
        waiting.take().front().second.send({200, "late"});
        QCOMPARE(client.readAnswer().body, "late");
    }

    void cutsWhoDoesNotReadTheAnswer()
    {
        TestServer server(times(), [](Request &&, const Responder &responder) {
            responder.send({200, std::string(50'000'000, 'x')});
        });
        RawClient client(server.port());
        client.send(simpleGet("/"));
        QTRY_COMPARE(server.statistics().requests, 1U);
        QTRY_COMPARE(server.statistics().openConnections, 0U);
    }

    void limitsTheNumberOfConnections()
    {
        Limits limits;
        limits.connections = 3;
        TestServer server(limits);
        std::vector<std::unique_ptr<RawClient>> clients;
        for (std::size_t i = 0; i < limits.connections; ++i) {
            clients.push_back(std::make_unique<RawClient>(server.port()));
            clients.back()->send(simpleGet("/"));
            QCOMPARE(clients.back()->readAnswer().status, 200);
        }
        for (std::uint64_t refused = 1; refused <= 5; ++refused) {
            RawClient client(server.port());
            client.send(simplePost("/", QByteArray(100'000, 'x')));
            const RawAnswer answer = client.readAnswer();
            QCOMPARE(answer.status, 503);
            QCOMPARE(answer.headers.value("retry-after"), "1");
            QVERIFY(client.waitForClosed());
            QCOMPARE(server.statistics().connectionsRefused, refused);
        }
        QCOMPARE(server.statistics().openConnections, 3U);
        QCOMPARE(server.statistics().connectionsAccepted, 3U);
        // The others are still served, and one that goes makes room.
        clients.front()->send(simpleGet("/"));
        QCOMPARE(clients.front()->readAnswer().status, 200);
        clients.pop_back();
        QTRY_COMPARE(server.statistics().openConnections, 2U);
        RawClient client(server.port());
        client.send(simpleGet("/"));
        QCOMPARE(client.readAnswer().status, 200);
    }

    void cutsAFloodAboveTheLimit()
    {
        Limits limits = times();
        limits.connections = 1;
        limits.idle = limits.head = 60s;
        TestServer server(limits);
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 300; ++i)
            clients.push_back(std::make_unique<RawClient>(server.port()));
        QVERIFY(clients.back()->waitForClosed());
        clients.front()->send(simpleGet("/"));
        QCOMPARE(clients.front()->readAnswer().status, 200);
    }

    void survivesTheEndOfDescriptors()
    {
        TestServer server;
        RawClient first(server.port());
        first.send(simpleGet("/"));
        QCOMPARE(first.readAnswer().status, 200);
        // The client's own socket is made before, so that only accepting fails.
        QTcpSocket second;
        QVERIFY(second.bind(QHostAddress::LocalHost));
        QTest::ignoreMessage(
            QtWarningMsg, QRegularExpression(QStringLiteral("^cannot take connections now: ")));
        bool connected = false;
        bool answered = false;
        int status = 0;
        std::clock_t busy = 0; // processor time of all threads
        {
            const NoDescriptors scarcity;
            second.connectToHost(QHostAddress::LocalHost, server.port());
            connected = second.waitForConnected(RawClient::Patience);
            second.write(simpleGet("/"));
            const std::clock_t before = std::clock();
            answered = second.waitForReadyRead(500);
            busy = std::clock() - before;
            first.send(simpleGet("/"));
            status = first.readAnswer().status;
        }
        QVERIFY(connected);
        QVERIFY(!answered);
        QVERIFY2(busy < CLOCKS_PER_SEC / 4, "the server spins");
        QCOMPARE(status, 200);
        QVERIFY(second.waitForReadyRead(RawClient::Patience));
        QVERIFY(second.readAll().startsWith("HTTP/1.1 200 "));
    }
};

QTEST_GUILESS_MAIN(HttpLimitsTest)
#include "tst_httplimits.moc"
