// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/world.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// What Meta and a script with curl meet: the real relay over real sockets.
class TestWebhookRoad : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), m_world->why().constData());
    }
    void cleanup() { m_world.reset(); }

    void handshake_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        const QString right = u"hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="_s;
        QTest::newRow("right") << right + u"e2e+verify+token"_s << 200 << QByteArray("1158201444");
        QTest::newRow("percent encoded")
            << right + u"e2e%20verify%20token"_s << 200 << QByteArray("1158201444");
        QTest::newRow("wrong token") << right + u"other"_s << 403 << QByteArray();
        QTest::newRow("empty token") << right << 403 << QByteArray();
        QTest::newRow("wrong mode")
            << u"hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=e2e+verify+token"_s << 403
            << QByteArray();
        QTest::newRow("no query") << QString() << 403 << QByteArray();
    }
    void handshake()
    {
        QFETCH(QString, query);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QUrl url = m_world->relayUrl(u"/webhooks/messenger"_s);
        url.setQuery(query);
        const auto answer = http("GET", url);
        QCOMPARE(answer.status, status);
        if (status == 200)
            QCOMPARE(answer.body, body);
    }

    void aHundredTimesTheSameIsOneMessage()
    {
        const auto event = World::textEvent(u"24000000000000099"_s, u"m_same"_s, u"Grüße 🌷"_s, Now);
        for (int i = 0; i < 100; ++i)
            QCOMPARE(m_world->deliver(event).status, 200);
        const auto messages = messagesOf(u"24000000000000099"_s);
        QCOMPARE(messages.size(), 1);
        QCOMPARE(messages.first().value(u"mid"_s).toString(), u"m_same"_s);
        QCOMPARE(messages.first().value(u"text"_s).toString(), u"Grüße 🌷"_s);
        QCOMPARE(messages.first().value(u"direction"_s).toString(), u"in"_s);
        QCOMPARE(messages.first().value(u"sentAt"_s).toInteger(), Now);
        int fresh = 0;
        int duplicates = 0;
        for (const QJsonObject &line : m_world->lines({u"events"_s, u"--page"_s, u"70044"_s})) {
            if (!line.value(u"item"_s).toObject().value(u"message"_s).isObject())
                continue;
            const QString dedup = line.value(u"dedup"_s).toString();
            fresh += dedup == u"new" ? 1 : 0;
            duplicates += dedup == u"duplicate" ? 1 : 0;
        }
        QCOMPARE(fresh, 1);
        QCOMPARE(duplicates, 99);
    }

    void wrongSignatureStoresNothing_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("missing") << QByteArray();
        QTest::newRow("of another secret") << World::signature(body(), "other");
        QTest::newRow("of another body") << World::signature("{}");
        QTest::newRow("no prefix") << World::signature(body()).sliced(7);
        QTest::newRow("cut short") << World::signature(body()).chopped(2);
        QTest::newRow("not hex") << QByteArray("sha256=") + QByteArray(64, 'z');
    }
    void wrongSignatureStoresNothing()
    {
        QFETCH(QByteArray, header);
        QList<std::pair<QByteArray, QByteArray>> headers;
        if (!header.isEmpty())
            headers.append({"X-Hub-Signature-256", header});
        const auto answer
            = http("POST", m_world->relayUrl(u"/webhooks/messenger"_s), body(), headers);
        QCOMPARE(answer.status, 403);
        QCOMPARE(m_world->lines({u"events"_s}).size(), 0);
        QVERIFY(http("GET", m_world->relayUrl(u"/metrics"_s))
                    .body.contains("pagedesk_webhook_rejected_signatures_total 1\n"));
    }

    void whatIsNotUnderstoodIsKept_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QString>("state");
        QTest::newRow("no JSON") << QByteArray("hello \x01 there") << u"malformed"_s;
        QTest::newRow("cut off") << QByteArray(R"({"object":"page","entry":[)") << u"malformed"_s;
        QTest::newRow("empty object") << QByteArray("{}") << QString();
        QTest::newRow("a number") << QByteArray("17") << QString();
        QTest::newRow("null messaging")
            << QByteArray(R"({"object":"page","entry":[{"id":"70044","messaging":null}]})")
            << u"malformed"_s;
        QTest::newRow("unknown kind") << QByteArray(
            R"({"object":"page","entry":[{"id":"70044","time":1,"messaging":[{"sender":{"id":"1"},"hologram":{}}]}]})")
                                      << u"unsupported"_s;
        QTest::newRow("missing sender") << QByteArray(
            R"({"object":"page","entry":[{"id":"70044","time":1,"messaging":[{"message":{"mid":"m_1","text":"x"}}]}]})")
                                        << u"malformed"_s;
    }
    void whatIsNotUnderstoodIsKept()
    {
        QFETCH(QByteArray, sent);
        QFETCH(QString, state);
        QCOMPARE(m_world->deliver(sent).status, 200);
        const auto events = m_world->lines({u"events"_s});
        QCOMPARE(events.size(), 1);
        QVERIFY(events.first().value(u"state"_s).toString() != u"projected");
        if (!state.isEmpty())
            QCOMPARE(events.first().value(u"state"_s).toString(), state);
        QVERIFY(!events.first().value(u"reason"_s).toString().isEmpty());
        QCOMPARE(m_world->lines({u"export"_s}).size(), 0);
    }

    void idsStayExact()
    {
        const QByteArray sent
            = R"({"object":"page","entry":[{"id":70044,"time":1782000000,"messaging":[)"
              R"({"sender":{"id":98765432109876543210},"recipient":{"id":70044},"timestamp":1782000000,)"
              R"("message":{"mid":"m_big","text":"numbers"}}]}]})";
        QCOMPARE(m_world->deliver(sent).status, 200);
        const auto lines = m_world->lines({u"export"_s});
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines.first().value(u"contact"_s).toObject().value(u"psid"_s).toString(),
            u"98765432109876543210"_s);
        QCOMPARE(lines.last().value(u"sentAt"_s).toInteger(), 1'782'000'000'000);
        QVERIFY(m_world->command({u"events"_s}).contains("{\"id\":98765432109876543210}"));
    }

    void aThousandItemsInOneBody()
    {
        QJsonArray items;
        for (int i = 0; i < 1000; ++i) {
            const auto one
                = QJsonDocument::fromJson(World::textEvent(u"2400000000000%1"_s.arg(i % 7),
                    u"m_bulk_%1"_s.arg(i), u"text %1"_s.arg(i), Now + i));
            items.append(one.object()[u"entry"_s][0][u"messaging"_s][0]);
        }
        const QJsonObject entry{{u"id"_s, u"70044"_s}, {u"time"_s, Now}, {u"messaging"_s, items}};
        const auto sent
            = QJsonDocument(QJsonObject{{u"object"_s, u"page"_s}, {u"entry"_s, QJsonArray{entry}}});
        QCOMPARE(m_world->deliver(sent.toJson()).status, 200);
        QCOMPARE(m_world->lines({u"export"_s}).size(), 1000 + 7);
    }

    void oversizedBody()
    {
        QCOMPARE(m_world->deliver(QByteArray(8 * 1024 * 1024 + 1, 'x')).status, 413);
        QCOMPARE(m_world->lines({u"events"_s}).size(), 0);
        QCOMPARE(m_world->deliver(body()).status, 200);
    }

    void otherRoutes_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::newRow("alive") << QByteArray("GET") << u"/healthz"_s << 200;
        QTest::newRow("ready") << QByteArray("GET") << u"/readyz"_s << 200;
        QTest::newRow("metrics") << QByteArray("GET") << u"/metrics"_s << 200;
        QTest::newRow("unknown") << QByteArray("GET") << u"/../etc/passwd"_s << 404;
        QTest::newRow("wrong method") << QByteArray("DELETE") << u"/webhooks/messenger"_s << 405;
        QTest::newRow("no token") << QByteArray("GET") << u"/media/"_s + QString(64, u'a') << 401;
        QTest::newRow("sync without upgrade") << QByteArray("GET") << u"/sync"_s << 426;
        QTest::newRow("pairing nonsense") << QByteArray("POST") << u"/pair"_s << 400;
    }
    void otherRoutes()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        QFETCH(int, status);
        QCOMPARE(http(method, m_world->relayUrl(path)).status, status);
    }

    void terminatesPolitely()
    {
        QCOMPARE(m_world->deliver(body()).status, 200);
        QCOMPARE(m_world->relay.terminate(), 0);
        QVERIFY(m_world->startRelay());
        QCOMPARE(m_world->lines({u"export"_s}).size(), 2);
    }

    void refusesToServeOneFolderTwice()
    {
        Program second(u"pagedesk-relay"_s);
        second.setEnvironment(u"PAGEDESK_APP_SECRET"_s, u"x"_s);
        QCOMPARE(
            second.run({u"serve"_s, u"--data"_s, m_world->data(), u"--listen"_s, u"127.0.0.1:0"_s}),
            1);
        QVERIFY(second.errors().contains("another relay already serves"));
    }

    void wrongUsage_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("option") << QStringList{u"serve"_s, u"--colour"_s, u"x"_s}
                                << QByteArray("--colour");
        QTest::newRow("command") << QStringList{u"dance"_s} << QByteArray("dance");
        QTest::newRow("listen") << QStringList{u"serve"_s, u"--data"_s, u"x"_s, u"--listen"_s,
            u"8480"_s} << QByteArray("8480");
        QTest::newRow("role") << QStringList{u"invite"_s, u"--data"_s, u"x"_s, u"--name"_s, u"A"_s,
            u"--role"_s, u"king"_s}
                              << QByteArray("king");
        QTest::newRow("missing value")
            << QStringList{u"events"_s, u"--data"_s} << QByteArray("--data");
    }
    void wrongUsage()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, named);
        Program program(u"pagedesk-relay"_s);
        program.setEnvironment(u"PAGEDESK_APP_SECRET"_s, u"x"_s);
        QCOMPARE(program.run(words), 2);
        QVERIFY2(program.errors().contains(named), program.errors().constData());
    }

    void portInUse()
    {
        Program second(u"pagedesk-relay"_s);
        second.setEnvironment(u"PAGEDESK_APP_SECRET"_s, u"x"_s);
        const QString address = u"127.0.0.1:%1"_s.arg(m_world->relayUrl().port());
        QCOMPARE(second.run({u"serve"_s, u"--data"_s, m_world->folder() + u"/other"_s,
                     u"--listen"_s, address}),
            1);
        QVERIFY2(second.errors().contains(QByteArray::number(m_world->relayUrl().port())),
            second.errors().constData());
    }

private:
    static constexpr qint64 Now = 1'790'000'000'000;

    static QByteArray body()
    {
        return World::textEvent(u"24000000000000098"_s, u"m_one"_s, u"Hello"_s, Now);
    }

    QList<QJsonObject> messagesOf(const QString &psid)
    {
        QList<QJsonObject> messages;
        for (const QJsonObject &line :
            m_world->lines({u"export"_s, u"--conversation"_s, u"70044-"_s + psid})) {
            if (line.value(u"type"_s).toString() == u"message")
                messages.append(line);
        }
        return messages;
    }

    std::unique_ptr<World> m_world;
};

QTEST_GUILESS_MAIN(TestWebhookRoad)
#include "tst_webhookroad.moc"
