// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/rawclient.h"
#include "tests/server/testserver.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <condition_variable>
#include <thread>

using namespace Pagedesk::Server;

namespace {

// Answers some requests at once and the others from a thread of its own, accepts every upgrade.
class MixedHandler {
public:
    MixedHandler()
        : m_thread([this] { run(); })
    {
    }
    ~MixedHandler()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_changed.notify_one();
        m_thread.join();
    }

    void operator()(Request &&request, const Responder &responder)
    {
        if (request.wantsWebSocket) {
            responder.accept(echoing());
        } else if (request.body.size() % 2 == 0) {
            responder.send({200, request.body});
        } else {
            const std::lock_guard lock(m_mutex);
            m_late.push_back(responder);
            m_changed.notify_one();
        }
    }

private:
    static WebSocketCallbacks echoing()
    {
        WebSocketCallbacks callbacks;
        const auto handle = std::make_shared<WebSocketHandle>();
        callbacks.opened = [handle](WebSocketHandle opened) { *handle = std::move(opened); };
        callbacks.textReceived
            = [handle](std::string text) { (*handle)->sendText(std::move(text)); };
        return callbacks;
    }

    void run()
    {
        std::unique_lock lock(m_mutex);
        while (!m_stopping) {
            m_changed.wait(lock, [this] { return m_stopping || !m_late.empty(); });
            const auto late = std::exchange(m_late, {});
            lock.unlock();
            for (const Responder &responder : late)
                responder.send({200, "late"});
            lock.lock();
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Responder> m_late;
    bool m_stopping = false;
    std::thread m_thread;
};

QByteArrayList honestRequests()
{
    const QByteArray post = "POST /webhooks/messenger HTTP/1.1\r\nHost: localhost\r\n";
    return {
        simpleGet("/webhooks/messenger?hub.mode=subscribe&hub.challenge=1"),
        simplePost("/webhooks/messenger", R"({"object":"page","entry":[{"id":"1"}]})"),
        simplePost("/a", "odd") + simplePost("/b", "even") + simpleGet("/c"),
        post + "Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n3\r\nabc\r\n0\r\nA: b\r\n\r\n",
        post + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
        "HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n",
        simpleGet("/sync",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"),
    };
}

// Frames that may follow an accepted upgrade.
QByteArray honestFrames()
{
    static constexpr char Frames[]
        = "\x81\x85\x01\x02\x03\x04igohn" // hello
          "\x89\x80\x00\x00\x00\x00" // ping
          "\x01\x81\x00\x00\x00\x00y\x80\x81\x00\x00\x00\x00z" // two fragments
          "\x88\x82\x00\x00\x00\x00\x03\xe8"; // close
    return QByteArray(Frames, sizeof Frames - 1);
}

// Changes a few places in one of the ways that parsers stumble over.
QByteArray mutated(QByteArray bytes, QRandomGenerator &random)
{
    static const QByteArrayList Splinters{"\r\n", "\r", "\n", ":", " ", QByteArray(1, '\0'), "\xff",
        "Content-Length: 7\r\n", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n", "ffffffffffffffff",
        "-1", "HTTP/1.1", "\r\n\r\n", QByteArray(300, 'A')};
    for (quint32 changes = random.bounded(1U, 4U); changes > 0 && !bytes.isEmpty(); --changes) {
        const auto place = static_cast<qsizetype>(random.bounded(quint32(bytes.size())));
        const auto span = static_cast<qsizetype>(random.bounded(1U, 20U));
        switch (random.bounded(6)) {
        case 0:
            bytes[place] = static_cast<char>(random.bounded(256));
            break;
        case 1:
            bytes[place] = static_cast<char>(bytes[place] ^ (1 << random.bounded(8)));
            break;
        case 2:
            bytes.remove(place, span);
            break;
        case 3:
            bytes.insert(place, bytes.mid(place, span));
            break;
        case 4:
            bytes.insert(place, Splinters.at(random.bounded(int(Splinters.size()))));
            break;
        default:
            bytes.truncate(place);
        }
    }
    return bytes;
}

} // namespace

class HostileRequestsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    // Whatever comes, the connection ends in a proper way and the server goes on. The seed is
    // fixed, so that a failure can be repeated.
    void survivesMutatedRequests()
    {
        constexpr int Count = 5000;
        MixedHandler handler;
        TestServer server({}, std::ref(handler));
        const QByteArrayList honest = honestRequests();
        QRandomGenerator random(20'240'101);
        int answered = 0;
        int refused = 0;
        for (int i = 0; i < Count; ++i) {
            RawClient client(server.port());
            client.sendWithoutReading(mutated(honest.at(i % honest.size()), random));
            if (i % 11 == 0) {
                client.reset();
                continue;
            }
            client.finishSending();
            QVERIFY2(client.waitForClosed(), qPrintable(QString::number(i)));
            const int status = client.readAnswer(true).status;
            answered += status == 200;
            refused += status >= 400 && status < 500;
        }
        // Both happen, or the mutations were too weak or too strong to say anything.
        QVERIFY2(answered > Count / 10, qPrintable(QString::number(answered)));
        QVERIFY2(refused > Count / 10, qPrintable(QString::number(refused)));
        RawClient client(server.port());
        client.send(honest.at(1));
        QCOMPARE(client.readAnswer().status, 200);
        QTRY_COMPARE(server.statistics().openConnections, 1U);
    }

    void survivesMutatedFrames()
    {
        MixedHandler handler;
        TestServer server({}, std::ref(handler));
        const QByteArray upgrade = honestRequests().last();
        QRandomGenerator random(20'240'102);
        for (int i = 0; i < 1000; ++i) {
            RawClient client(server.port());
            client.send(upgrade);
            QCOMPARE(client.readAnswer(true).status, 101);
            client.sendWithoutReading(mutated(honestFrames(), random));
            if (i % 11 == 0) {
                client.reset();
                continue;
            }
            client.finishSending();
            QVERIFY2(client.waitForClosed(), qPrintable(QString::number(i)));
        }
        QTRY_COMPARE(server.statistics().openConnections, 0U);
        QCOMPARE(server.statistics().openWebSockets, 0U);
    }
};

QTEST_GUILESS_MAIN(HostileRequestsTest)
#include "tst_hostilerequests.moc"
