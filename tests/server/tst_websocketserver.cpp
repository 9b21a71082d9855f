// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/rawclient.h"
#include "tests/server/testserver.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

#include <atomic>
#include <functional>
#include <thread>

using namespace Pagedesk::Server;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

// A server that accepts every upgrade and remembers what its callbacks were told.
class SocketServer {
public:
    explicit SocketServer(Limits limits = {})
        : m_server(limits,
            [this](Request &&, const Responder &responder) { responder.accept(callbacks()); })
    {
    }

    std::uint16_t port() const { return m_server.port(); }
    TestServer &server() { return m_server; }
    WebSocketHandle handle() const
    {
        const std::lock_guard lock(m_mutex);
        return m_handle;
    }
    std::vector<std::string> texts() const
    {
        const std::lock_guard lock(m_mutex);
        return m_texts;
    }
    int closeCode() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closeCode;
    }
    std::string closeReason() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closeReason;
    }

    std::atomic<bool> echoes = true;
    std::atomic<int> drained = 0;
    std::atomic<int> closed = 0;
    std::atomic<int> calledAfterClosed = 0;

private:
    WebSocketCallbacks callbacks()
    {
        WebSocketCallbacks callbacks;
        callbacks.opened = [this](WebSocketHandle handle) {
            const std::lock_guard lock(m_mutex);
            m_handle = std::move(handle);
        };
        callbacks.textReceived = [this](std::string text) {
            calledAfterClosed += closed;
            const std::lock_guard lock(m_mutex);
            m_texts.push_back(text);
            if (echoes)
                m_handle->sendText(std::move(text));
        };
        callbacks.drained = [this] {
            calledAfterClosed += closed;
            ++drained;
        };
        callbacks.closed = [this](int code, std::string reason) {
            const std::lock_guard lock(m_mutex);
            m_closeCode = code;
            m_closeReason = std::move(reason);
            ++closed;
        };
        return callbacks;
    }

    mutable std::mutex m_mutex;
    WebSocketHandle m_handle;
    std::vector<std::string> m_texts;
    int m_closeCode = 0;
    std::string m_closeReason;
    TestServer m_server;
};

QUrl urlOf(std::uint16_t port, const QString &path = u"/"_s)
{
    return QUrl(u"ws://127.0.0.1:%1%2"_s.arg(port).arg(path));
}

QByteArray upgradeRequest()
{
    return simpleGet("/sync",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
}

// A frame of a client, with a mask of zeros.
QByteArray frame(quint8 firstByte, const QByteArray &payload)
{
    QByteArray bytes(1, static_cast<char>(firstByte));
    if (payload.size() < 126) {
        bytes += static_cast<char>(0x80 | payload.size());
    } else {
        bytes += static_cast<char>(0x80 | 127);
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes += static_cast<char>((static_cast<quint64>(payload.size()) >> shift) & 0xff);
    }
    return bytes + QByteArray(4, '\0') + payload;
}

// Reads frames until one closes the WebSocket; its code, or 0.
int readCloseCode(RawClient &client)
{
    for (;;) {
        const QByteArray head = client.readBytes(2);
        if (head.size() < 2)
            return 0;
        const QByteArray payload = client.readBytes(head[1] & 0x7f);
        if ((head[0] & 0x0f) == 8)
            return payload.size() < 2
                ? 0
                : static_cast<quint8>(payload[0]) * 256 + static_cast<quint8>(payload[1]);
    }
}

} // namespace

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

QTEST_GUILESS_MAIN(WebSocketServerTest)
#include "tst_websocketserver.moc"
