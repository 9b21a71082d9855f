// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/socketserver.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

#include <thread>

using namespace Pagedesk::Server;
using namespace Qt::Literals::StringLiterals;

// How a WebSocket begins and what goes through it.
class WebSocketServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void echoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("short") << u"hello"_s;
        QTest::newRow("empty") << QString();
        QTest::newRow("every script") << u"été 你好 שלום 👩‍👩‍👧"_s;
        QTest::newRow("126") << QString(126, u'x');
        QTest::newRow("more than 64 KiB") << QString(70'000, u'é');
        QTest::newRow("the largest") << QString(1024 * 1024, u'x');
    }
    void echoes()
    {
        QFETCH(QString, text);
        SocketServer server;
        QWebSocket client;
        QSignalSpy received(&client, &QWebSocket::textMessageReceived);
        QSignalSpy connected(&client, &QWebSocket::connected);
        client.open(urlOf(server.port()));
        QVERIFY(connected.wait());
        for (int i = 0; i < 3; ++i)
            client.sendTextMessage(text);
        QTRY_COMPARE(received.size(), 3);
        QCOMPARE(received.at(2).at(0).toString(), text);
        QCOMPARE(server.server().statistics().openWebSockets, 1U);
        client.close();
        QTRY_COMPARE(server.closed.load(), 1);
        QCOMPARE(server.closeCode(), 1000);
        QTRY_COMPARE(server.server().statistics().openWebSockets, 0U);
        QTRY_COMPARE(server.server().statistics().openConnections, 0U);
    }

    void showsTheUpgradeRequest()
    {
        Waiting waiting;
        TestServer server({}, waiting.handler());
        QNetworkRequest upgrade(urlOf(server.port(), u"/sync?after=5"_s));
        upgrade.setRawHeader("Authorization", "Bearer abc");
        QWebSocket client;
        QSignalSpy disconnected(&client, &QWebSocket::disconnected);
        QSignalSpy connected(&client, &QWebSocket::connected);
        client.open(upgrade);
        QTRY_COMPARE(waiting.size(), 1U);
        const auto requests = waiting.take();
        const Request &request = requests.front().first;
        QVERIFY(request.wantsWebSocket);
        QCOMPARE(request.path, "/sync");
        QCOMPARE(request.query, "after=5");
        QCOMPARE(request.header("authorization"), "Bearer abc");
        requests.front().second.send({401, "no"});
        QVERIFY(disconnected.wait());
        QVERIFY(client.errorString().contains(u"401"_s));
        QCOMPARE(connected.size(), 0);
    }

    void closesWhenRefused()
    {
        TestServer server;
        RawClient client(server.port());
        client.send(upgradeRequest());
        const RawAnswer answer = client.readAnswer();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("connection"), "close");
        QVERIFY(client.waitForClosed());
    }

    void answersTheHandshake()
    {
        SocketServer server;
        RawClient client(server.port());
        client.send(upgradeRequest());
        const RawAnswer answer = client.readAnswer();
        QCOMPARE(answer.status, 101);
        QCOMPARE(answer.headers.value("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        QVERIFY(!answer.headers.contains("sec-websocket-extensions"));
    }

    void acceptsFromAnotherThread()
    {
        Waiting waiting;
        std::atomic<int> opened = 0;
        TestServer server({}, waiting.handler());
        RawClient client(server.port());
        client.send(upgradeRequest());
        QTRY_COMPARE(waiting.size(), 1U);
        WebSocketCallbacks callbacks;
        callbacks.opened = [&opened](const WebSocketHandle &handle) {
            handle->sendText("welcome");
            ++opened;
        };
        waiting.take().front().second.accept(std::move(callbacks));
        QCOMPARE(client.readAnswer().status, 101);
        QCOMPARE(client.readBytes(9), "\x81\x07welcome");
        QTRY_COMPARE(opened.load(), 1);
    }

    void refusesFramesBeforeTheHandshake()
    {
        Waiting waiting;
        TestServer server({}, waiting.handler());
        RawClient client(server.port());
        client.send(upgradeRequest() + frame(0x81, "early"));
        QTRY_COMPARE(waiting.size(), 1U);
        std::atomic<int> closed = 0;
        WebSocketCallbacks callbacks;
        callbacks.closed = [&closed](int, const std::string &) { ++closed; };
        waiting.take().front().second.accept(std::move(callbacks));
        QCOMPARE(client.readAnswer().status, 400);
        QTRY_COMPARE(closed.load(), 1);
    }

    void tellsWhenTheClientLeftBeforeTheHandshake()
    {
        Waiting waiting;
        std::atomic<int> closed = 0;
        TestServer server({}, waiting.handler());
        {
            RawClient client(server.port());
            client.send(upgradeRequest());
            QTRY_COMPARE(waiting.size(), 1U);
            client.reset();
        }
        WebSocketCallbacks callbacks;
        callbacks.closed = [&closed](int code, const std::string &) { closed += code; };
        waiting.take().front().second.accept(std::move(callbacks));
        QTRY_COMPARE(closed.load(), 1006);
        QTRY_COMPARE(server.statistics().openConnections, 0U);
    }

    void joinsFragments()
    {
        SocketServer server;
        RawClient client(server.port());
        client.send(upgradeRequest());
        QCOMPARE(client.readAnswer().status, 101);
        for (const char c :
            frame(0x01, "one ") + frame(0x89, "ping") + frame(0x00, "two ") + frame(0x80, "three"))
            client.send(QByteArray(1, c));
        QCOMPARE(client.readBytes(6), "\x8a\x04ping");
        QCOMPARE(client.readBytes(15), "\x81\x0done two three");
    }

    void saysWhenAllIsWritten()
    {
        SocketServer server;
        RawClient client(server.port());
        client.send(upgradeRequest());
        QCOMPARE(client.readAnswer().status, 101);
        QTRY_VERIFY(server.handle());
        server.handle()->sendText(std::string(3'900'000, 'x'));
        QCOMPARE(client.readBytes(3'900'010).size(), 3'900'010);
        QTRY_COMPARE(server.drained.load(), 1);
        QCOMPARE(server.handle()->queuedBytes(), 0U);
    }

    void sendsFromManyThreads()
    {
        SocketServer server;
        QWebSocket client;
        QSignalSpy received(&client, &QWebSocket::textMessageReceived);
        client.open(urlOf(server.port()));
        QTRY_VERIFY(server.handle());
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([handle = server.handle(), i] {
                for (int j = 0; j < 500; ++j)
                    handle->sendText(std::to_string(i) + ' ' + std::to_string(j));
            });
        for (std::thread &thread : threads)
            thread.join();
        QTRY_COMPARE(received.size(), 2000);
        QList<int> next(4, 0); // each thread's texts arrive in its order
        for (const auto &arguments : received) {
            const auto parts = arguments.at(0).toString().split(u' ');
            QCOMPARE(parts.at(1).toInt(), next[parts.at(0).toInt()]++);
        }
    }
};

QTEST_GUILESS_MAIN(WebSocketServerTest)
#include "tst_websocketserver.moc"
