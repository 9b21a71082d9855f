// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/socketserver.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QWebSocket>

#include <stdexcept>
#include <thread>

using namespace Pagedesk::Server;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

// How a WebSocket ends, and what it is cut for.
class WebSocketEndTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void endsWhatIsNotAllowed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::newRow("binary") << frame(0x82, "data") << 1003;
        QTest::newRow("not UTF-8") << frame(0x81, "\xff\xfe") << 1007;
        QTest::newRow("cut character") << frame(0x81, "a\xc3") << 1007;
        QTest::newRow("too large") << frame(0x81, QByteArray(3'000'000, 'x')) << 1009;
        QTest::newRow("too large in parts")
            << frame(0x01, QByteArray(900'000, 'x')) + frame(0x80, QByteArray(900'000, 'x'))
            << 1009;
        QTest::newRow("only announced")
            << QByteArray("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 10) + QByteArray(4, '\0')
            << 1009;
        QTest::newRow("not masked") << QByteArray("\x81\x01x") << 1002;
        QTest::newRow("reserved bit") << frame(0xc1, "x") << 1002;
        QTest::newRow("unknown opcode") << frame(0x83, "x") << 1002;
        QTest::newRow("fragmented ping") << frame(0x09, "x") << 1002;
        QTest::newRow("large ping") << frame(0x89, QByteArray(126, 'x')) << 1002;
        QTest::newRow("continues nothing") << frame(0x80, "x") << 1002;
        QTest::newRow("close with one byte") << frame(0x88, "x") << 1002;
        QTest::newRow("close with bad code") << frame(0x88, QByteArray("\x03\xed", 2)) << 1002;
    }
    void endsWhatIsNotAllowed()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        SocketServer server;
        RawClient client(server.port());
        client.send(upgradeRequest());
        QCOMPARE(client.readAnswer().status, 101);
        QVERIFY(client.sendWithoutReading(bytes));
        QCOMPARE(readCloseCode(client), code);
        if (code == 1003)
            client.send(frame(0x88, QByteArray("\x03\xeb", 2)));
        QVERIFY(client.waitForClosed());
        QTRY_COMPARE(server.closed.load(), 1);
        QCOMPARE(server.closeCode(), code);
        QVERIFY(server.texts().empty());
        QTRY_COMPARE(server.server().statistics().openConnections, 0U);
    }

    void closesPolitely()
    {
        SocketServer server;
        QWebSocket client;
        QSignalSpy received(&client, &QWebSocket::textMessageReceived);
        QSignalSpy disconnected(&client, &QWebSocket::disconnected);
        client.open(urlOf(server.port()));
        QTRY_VERIFY(server.handle());
        const auto handle = server.handle();
        for (int i = 0; i < 100; ++i)
            handle->sendText(std::string(1000, 'x'));
        handle->close(4001, "revoked");
        handle->sendText("not any more");
        handle->close(4002, "again");
        QVERIFY(disconnected.wait());
        QCOMPARE(received.size(), 100);
        QCOMPARE(static_cast<int>(client.closeCode()), 4001);
        QCOMPARE(client.closeReason(), u"revoked"_s);
        QTRY_COMPARE(server.closed.load(), 1);
        QCOMPARE(server.closeCode(), 4001);
        QCOMPARE(server.closeReason(), "revoked");
    }

    void makesItsCloseFit_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("sentCode");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<QByteArray>("sentReason");
        const QByteArray x(123, 'x');
        QTest::newRow("long reason") << 4000 << 4000 << x + "y" << x;
        QTest::newRow("character at the limit") << 4000 << 4000 << x.left(122) + "é" << x.left(122);
        for (const int code : {-1, 0, 999, 1005, 1006, 1015, 2999, 5000, 70'000})
            QTest::addRow("%d", code) << code << 1000 << x << x;
    }
    void makesItsCloseFit()
    {
        QFETCH(int, code);
        QFETCH(int, sentCode);
        QFETCH(QByteArray, reason);
        QFETCH(QByteArray, sentReason);
        SocketServer server;
        QWebSocket client;
        QSignalSpy disconnected(&client, &QWebSocket::disconnected);
        client.open(urlOf(server.port()));
        QTRY_VERIFY(server.handle());
        server.handle()->close(code, reason.toStdString());
        QVERIFY(disconnected.wait());
        QCOMPARE(static_cast<int>(client.closeCode()), sentCode);
        QCOMPARE(client.closeReason().toUtf8(), sentReason);
    }

    void cutsWhoDoesNotAnswerAClose_data()
    {
        QTest::addColumn<bool>("stalled");
        QTest::newRow("silent") << false;
        QTest::newRow("not even reading what comes before") << true;
    }
    void cutsWhoDoesNotAnswerAClose()
    {
        QFETCH(bool, stalled);
        Limits limits;
        limits.webSocketQueueBytes = 100'000'000;
        SocketServer server(limits);
        RawClient client(server.port());
        client.send(upgradeRequest());
        QTRY_VERIFY(server.handle());
        if (stalled)
            server.handle()->sendText(std::string(50'000'000, 'x'));
        QElapsedTimer timer;
        timer.start();
        server.handle()->close(1000, "bye");
        QTRY_COMPARE(server.closed.load(), 1);
        QVERIFY2(timer.elapsed() >= 1900, qPrintable(QString::number(timer.elapsed())));
        QVERIFY2(timer.elapsed() < 4000, qPrintable(QString::number(timer.elapsed())));
    }

    void tellsWhenThePeerVanishes()
    {
        SocketServer server;
        RawClient client(server.port());
        client.send(upgradeRequest());
        QTRY_VERIFY(server.handle());
        client.reset();
        QTRY_COMPARE(server.closed.load(), 1);
        QCOMPARE(server.closeCode(), 1006);
        server.handle()->sendText("nobody");
        server.handle()->close(1000, "nobody");
        QCOMPARE(server.handle()->queuedBytes(), 0U);
        QTRY_COMPARE(server.server().statistics().openConnections, 0U);
        QCOMPARE(server.closed.load(), 1);
    }

    void cutsASlowReader()
    {
        SocketServer server;
        RawClient client(server.port());
        client.send(upgradeRequest());
        QTRY_VERIFY(server.handle());
        const auto handle = server.handle();
        std::size_t sent = 0;
        const std::string text(100'000, 'x');
        while (server.closed == 0 && sent < 1'000'000'000) {
            handle->sendText(text);
            sent += text.size();
            QVERIFY(handle->queuedBytes() <= Limits{}.webSocketQueueBytes);
        }
        QTRY_COMPARE(server.closed.load(), 1);
        QCOMPARE(server.closeCode(), 1006);
        QVERIFY(QByteArray::fromStdString(server.closeReason()).contains("slow"));
        QCOMPARE(handle->queuedBytes(), 0U);
        QVERIFY(client.waitForClosed());
    }

    void cutsAPeerThatTakesNothing()
    {
        Limits limits;
        limits.webSocketWrite = 300ms;
        SocketServer server(limits);
        RawClient client(server.port());
        client.send(upgradeRequest());
        QTRY_VERIFY(server.handle());
        // More than the kernel takes by itself, less than the queue may have.
        server.handle()->sendText(std::string(4'000'000, 'x'));
        // Not with an event loop, in which the client would read.
        const QDeadlineTimer deadline(10'000);
        while (server.closed == 0 && !deadline.hasExpired())
            QThread::msleep(5);
        QCOMPARE(server.closed.load(), 1);
        QCOMPARE(server.closeCode(), 1006);
        QVERIFY(QByteArray::fromStdString(server.closeReason()).contains("slow"));
    }

    void readsNoMoreThanItsOwnerDealsWith()
    {
        Limits limits;
        limits.webSocketHeldTexts = 3;
        SocketServer server(limits);
        server.holds = true;
        RawClient client(server.port());
        client.send(upgradeRequest());
        QCOMPARE(client.readAnswer().status, 101);
        for (int i = 0; i < 10; ++i)
            client.send(frame(0x81, QByteArray::number(i)));
        // The echoes of three, and nothing behind them.
        QCOMPARE(client.readBytes(9).size(), 9);
        QCOMPARE(client.readBytes(1, 200).size(), 0);
        QCOMPARE(server.texts().size(), 3U);
        server.letGo(1);
        QCOMPARE(client.readBytes(6).size(), 6);
        QCOMPARE(client.readBytes(1, 200).size(), 0);
        server.letGo(0);
        QCOMPARE(client.readBytes(9).size(), 9);
        server.holds = false;
        server.letGo(0);
        QCOMPARE(client.readBytes(6).size(), 6);
        QCOMPARE(server.texts().size(), 10U);
        QCOMPARE(server.texts().back(), "9");
    }

    void waitsForBytesThatAreHeld()
    {
        Limits limits;
        limits.webSocketHeldBytes = 100;
        SocketServer server(limits);
        server.holds = true;
        RawClient client(server.port());
        client.send(upgradeRequest());
        QCOMPARE(client.readAnswer().status, 101);
        client.send(frame(0x81, QByteArray(100, 'x')) + frame(0x81, "y"));
        QCOMPARE(client.readBytes(102).size(), 102);
        QCOMPARE(client.readBytes(1, 200).size(), 0);
        server.letGo(0);
        QCOMPARE(client.readBytes(3).size(), 3);
    }

    void cutsASlowReaderThatIsSentToInACallback()
    {
        // The echo overflows the queue within textReceived.
        Limits limits;
        limits.webSocketQueueBytes = 10;
        SocketServer server(limits);
        RawClient client(server.port());
        client.send(upgradeRequest());
        QCOMPARE(client.readAnswer().status, 101);
        client.send(frame(0x81, "more than the queue takes") + frame(0x81, "and more"));
        QVERIFY(client.waitForClosed());
        QTRY_COMPARE(server.closed.load(), 1);
        QCOMPARE(server.texts().size(), 1U);
    }

    void pingsAndKeepsAlive()
    {
        Limits limits;
        limits.webSocketIdle = 400ms;
        SocketServer server(limits);
        RawClient client(server.port());
        client.send(upgradeRequest());
        QCOMPARE(client.readAnswer().status, 101);
        for (int i = 0; i < 6; ++i) { // 1.2 s, three times the limit
            QCOMPARE(client.readBytes(2), QByteArray("\x89\x00", 2));
            client.send(frame(0x8a, {}));
        }
        QCOMPARE(server.closed.load(), 0);
    }

    void cutsASilentPeer()
    {
        Limits limits;
        limits.webSocketIdle = 400ms;
        SocketServer server(limits);
        RawClient client(server.port());
        QElapsedTimer timer;
        timer.start();
        client.send(upgradeRequest());
        QCOMPARE(client.readAnswer().status, 101);
        QVERIFY(client.waitForClosed());
        QVERIFY2(timer.elapsed() >= 390, qPrintable(QString::number(timer.elapsed())));
        QTRY_COMPARE(server.closed.load(), 1);
        QCOMPARE(server.closeCode(), 1006);
    }

    void closesWhenTheServerShutsDown()
    {
        SocketServer server;
        QWebSocket client;
        QSignalSpy disconnected(&client, &QWebSocket::disconnected);
        client.open(urlOf(server.port()));
        QTRY_VERIFY(server.handle());
        std::thread shuttingDown([&server] { server.server().server().shutDown(10s); });
        const bool closed = disconnected.wait();
        shuttingDown.join();
        QVERIFY(closed);
        QCOMPARE(static_cast<int>(client.closeCode()), 1001);
        QCOMPARE(server.closed.load(), 1);
        QCOMPARE(server.closeCode(), 1001);
    }

    void handleOutlivesTheServer()
    {
        WebSocketHandle handle;
        std::atomic<bool> opened = false;
        std::atomic<int> closed = 0;
        {
            TestServer server({}, [&](Request &&, const Responder &responder) {
                WebSocketCallbacks callbacks;
                callbacks.opened = [&handle, &opened](WebSocketHandle given) {
                    handle = std::move(given);
                    opened = true;
                };
                callbacks.closed = [&closed](int, const std::string &) { ++closed; };
                responder.accept(std::move(callbacks));
            });
            RawClient client(server.port());
            client.send(upgradeRequest());
            QTRY_VERIFY(opened.load());
        }
        QCOMPARE(closed.load(), 1);
        handle->sendText("late");
        handle->close(1000, "late");
        QCOMPARE(handle->queuedBytes(), 0U);
    }

    void survivesAnOwnerThatThrows()
    {
        std::atomic<int> closed = 0;
        TestServer server({}, [&closed](Request &&, const Responder &responder) {
            WebSocketCallbacks callbacks;
            callbacks.textReceived
                = [](const std::string &) { throw std::runtime_error("on purpose"); };
            callbacks.closed = [&closed](int, const std::string &) { ++closed; };
            responder.accept(std::move(callbacks));
        });
        QTest::ignoreMessage(QtCriticalMsg, "the owner of a WebSocket has thrown: on purpose");
        RawClient client(server.port());
        client.send(upgradeRequest() + QByteArray());
        QCOMPARE(client.readAnswer().status, 101);
        client.send(frame(0x81, "x"));
        QVERIFY(client.waitForClosed());
        QTRY_COMPARE(closed.load(), 1);
    }
};

QTEST_GUILESS_MAIN(WebSocketEndTest)
#include "tst_websocketend.moc"
