// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/rawclient.h"
#include "tests/server/testserver.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>

using namespace Pagedesk::Server;
using namespace std::chrono_literals;

namespace {

// Shuts the server down from another thread, as the test plays the client meanwhile.
class ShuttingDown {
public:
    ShuttingDown(TestServer &server, std::chrono::milliseconds grace)
        : m_thread([&server, grace, this] {
            server.server().shutDown(grace);
            m_done = true;
        })
    {
    }
    ~ShuttingDown() { m_thread.join(); }
    bool isDone() const { return m_done; }

private:
    std::atomic<bool> m_done = false;
    std::thread m_thread;
};

} // namespace

// Answers that come late, from elsewhere, twice or never.
class ResponderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void answersPipelinedRequestsInOrder()
    {
        Waiting waiting;
        TestServer server({}, waiting.handler());
        RawClient client(server.port());
        QByteArray requests;
        for (int i = 0; i < 10; ++i)
            requests += simplePost("/" + QByteArray::number(i), "body");
        client.send(requests);
        for (int i = 0; i < 10; ++i) {
            QTRY_COMPARE(waiting.size(), 1U); // the next one is not begun before
            std::thread([late = waiting.take()] {
                late.front().second.send({200, late.front().first.path});
            }).join();
        }
        for (int i = 0; i < 10; ++i)
            QCOMPARE(client.readAnswer().body, "/" + QByteArray::number(i));
    }

    void answersManyPipelinedRequestsAtOnce()
    {
        TestServer server;
        RawClient client(server.port());
        client.send(simpleGet("/x").repeated(5000));
        for (int i = 0; i < 5000; ++i)
            QCOMPARE(client.readAnswer().body, "GET /x ");
        QCOMPARE(server.statistics().requests, 5000U);
        QCOMPARE(server.statistics().connectionsAccepted, 1U);
    }

    // Like a group commit: all requests of a while are answered together by another thread.
    void answersInBatches()
    {
        constexpr int Clients = 40;
        constexpr int Rounds = 25;
        Waiting waiting;
        TestServer server({}, waiting.handler());
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < Clients; ++i)
            clients.push_back(std::make_unique<RawClient>(server.port()));
        for (int round = 0; round < Rounds; ++round) {
            for (int i = 0; i < Clients; ++i)
                clients[i]->send(simpleGet("/" + QByteArray::number(i)));
            QTRY_COMPARE(waiting.size(), std::size_t(Clients));
            for (const auto &[request, responder] : waiting.take())
                responder.send({200, request.path});
            for (int i = 0; i < Clients; ++i)
                QCOMPARE(clients[i]->readAnswer().body, "/" + QByteArray::number(i));
        }
    }

    void letsTheFirstAnswerWin()
    {
        Waiting waiting;
        TestServer server({}, waiting.handler());
        RawClient client(server.port());
        client.send(simpleGet("/1") + simpleGet("/2"));
        QTRY_COMPARE(waiting.size(), 1U);
        const Responder responder = waiting.take().front().second;
        const Responder copy = responder;
        responder.send({200, "first"});
        copy.send({200, "second"});
        copy.accept({});
        QTRY_COMPARE(waiting.size(), 1U);
        responder.send({200, "third"}); // not the answer to the next request either
        waiting.take().front().second.send({200, "fourth"});
        QCOMPARE(client.readAnswer().body, "first");
        QCOMPARE(client.readAnswer().body, "fourth");
    }

    void answersOnceWhenManyThreadsTry()
    {
        Waiting waiting;
        TestServer server({}, waiting.handler());
        RawClient client(server.port());
        for (int round = 0; round < 20; ++round) {
            client.send(simpleGet("/"));
            QTRY_COMPARE(waiting.size(), 1U);
            const Responder responder = waiting.take().front().second;
            std::vector<std::thread> threads;
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([responder, i] { responder.send({200, std::to_string(i)}); });
            for (std::thread &thread : threads)
                thread.join();
            QCOMPARE(client.readAnswer().body.size(), 1);
        }
        client.send(simpleGet("/"));
        QTRY_COMPARE(waiting.size(), 1U);
        waiting.take().front().second.send({200, "the next"});
        QCOMPARE(client.readAnswer().body, "the next");
    }

    void answersForAHandlerThatDoesNot()
    {
        Waiting waiting;
        TestServer server({}, waiting.handler());
        RawClient client(server.port());
        client.send(simpleGet("/") + simpleGet("/"));
        QTRY_COMPARE(waiting.size(), 1U);
        waiting.take(); // dropped on this thread
        QCOMPARE(client.readAnswer().status, 500);
        QTRY_COMPARE(waiting.size(), 1U);
        waiting.take().front().second.send({});
        QCOMPARE(client.readAnswer().status, 200);
    }

    void answersForAHandlerThatForgetsAtOnce()
    {
        TestServer server({}, [](Request &&, const Responder &) {});
        RawClient client(server.port());
        client.send(simpleGet("/"));
        QCOMPARE(client.readAnswer().status, 500);
    }

    void answersForAHandlerThatThrows()
    {
        TestServer server(
            {}, [](Request &&, const Responder &) { throw std::runtime_error("on purpose"); });
        QTest::ignoreMessage(QtCriticalMsg, "the handler of a request has thrown: on purpose");
        RawClient client(server.port());
        client.send(simpleGet("/"));
        QCOMPARE(client.readAnswer().status, 500);
    }

    void hangsUpWhenAsked()
    {
        TestServer server({}, [](Request &&, const Responder &responder) {
            Response response;
            response.hangUp = true;
            responder.send(std::move(response));
        });
        RawClient client(server.port());
        client.send(simpleGet("/"));
        QVERIFY(client.waitForClosed());
        QCOMPARE(client.readAnswer().status, 0);
        QTRY_COMPARE(server.statistics().openConnections, 0U);
    }

    void makesNonsenseA500_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {-1, 0, 99, 100, 101, 600, 100'000})
            QTest::addRow("%d", status) << status;
    }
    void makesNonsenseA500()
    {
        QFETCH(int, status);
        TestServer server(
            {}, [status](Request &&, const Responder &responder) { responder.send({status}); });
        RawClient client(server.port());
        client.send(simpleGet("/"));
        QCOMPARE(client.readAnswer().status, 500);
    }

    void refusesToAcceptWhatIsNoUpgrade()
    {
        std::atomic<int> closed = 0;
        TestServer server({}, [&closed](Request &&, const Responder &responder) {
            WebSocketCallbacks callbacks;
            callbacks.closed = [&closed](int, const std::string &) { ++closed; };
            responder.accept(std::move(callbacks));
        });
        RawClient client(server.port());
        client.send(simpleGet("/"));
        QCOMPARE(client.readAnswer().status, 500);
        QTRY_COMPARE(closed.load(), 1);
    }

    void survivesClientsThatLeave_data()
    {
        QTest::addColumn<bool>("withReset");
        QTest::addColumn<qsizetype>("bodySize");
        QTest::newRow("small answer") << false << qsizetype(2);
        QTest::newRow("small answer, reset") << true << qsizetype(2);
        QTest::newRow("large answer") << false << qsizetype(5'000'000);
        QTest::newRow("large answer, reset") << true << qsizetype(5'000'000);
    }
    void survivesClientsThatLeave()
    {
        QFETCH(bool, withReset);
        QFETCH(qsizetype, bodySize);
        Waiting waiting;
        TestServer server({}, waiting.handler());
        for (int i = 0; i < 20; ++i) {
            RawClient client(server.port());
            client.send(simpleGet("/") + simpleGet("/")); // the second waits in the server
            QTRY_COMPARE(waiting.size(), std::size_t(i + 1));
            if (withReset)
                client.reset();
        }
        for (const auto &[request, responder] : waiting.take())
            responder.send({200, std::string(static_cast<std::size_t>(bodySize), 'x')});
        // Some of the second requests were read before the server noticed.
        QTRY_VERIFY((waiting.take(), server.statistics().openConnections == 0));
        RawClient client(server.port());
        client.send(simpleGet("/"));
        QTRY_COMPARE(waiting.size(), 1U);
        waiting.take().front().second.send({});
        QCOMPARE(client.readAnswer().status, 200);
    }

    void outlivesTheServer()
    {
        Waiting waiting;
        {
            TestServer server({}, waiting.handler());
            RawClient first(server.port());
            RawClient second(server.port());
            first.send(simpleGet("/"));
            second.send(simpleGet("/"));
            QTRY_COMPARE(waiting.size(), 2U);
        }
        auto requests = waiting.take();
        requests[0].second.send({200, "too late"});
        requests[1].second.accept({});
        requests.clear();
    }

    void endsAtOnceWithoutWork()
    {
        TestServer server;
        RawClient idle(server.port());
        idle.send(simpleGet("/"));
        QCOMPARE(idle.readAnswer().status, 200);
        RawClient half(server.port());
        half.send("GET / HT");
        QElapsedTimer timer;
        timer.start();
        server.server().shutDown(10s);
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(idle.waitForClosed());
        QVERIFY(half.waitForClosed());
        server.server().shutDown(10s); // does nothing
    }

    void answersBeforeItEnds()
    {
        Waiting waiting;
        TestServer server({}, waiting.handler());
        RawClient client(server.port());
        client.send(simpleGet("/1") + simpleGet("/2"));
        QTRY_COMPARE(waiting.size(), 1U);
        const ShuttingDown shuttingDown(server, 10s);
        // A new client is not taken any more.
        QTRY_VERIFY(!RawClient(server.port()).isConnected());
        QVERIFY(!shuttingDown.isDone());
        waiting.take().front().second.send({200, "in time"});
        const RawAnswer answer = client.readAnswer();
        QCOMPARE(answer.body, "in time");
        QCOMPARE(answer.headers.value("connection"), "close");
        QVERIFY(client.waitForClosed());
        QTRY_VERIFY(shuttingDown.isDone());
        QCOMPARE(waiting.size(), 0U);
    }

    void doesNotWaitLongerThanItsGrace()
    {
        Waiting waiting;
        TestServer server({}, waiting.handler());
        RawClient client(server.port());
        client.send(simpleGet("/"));
        QTRY_COMPARE(waiting.size(), 1U);
        QElapsedTimer timer;
        timer.start();
        server.server().shutDown(200ms);
        QVERIFY2(timer.elapsed() >= 200, qPrintable(QString::number(timer.elapsed())));
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(client.waitForClosed());
        QCOMPARE(client.readAnswer().status, 0);
    }
};

QTEST_GUILESS_MAIN(ResponderTest)
#include "tst_responder.moc"
