// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/desk/desk.h"

#include "models/desk/retryschedule.h"
#include "tests/support/cable.h"
#include "tests/support/scriptedhttp.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void retryScheduleGrowsToItsCap();
    void fromUnpairedToLive();
    void unauthorizedIsNotRetried();
    void revokedWhileOnLine();
    void farewells_data();
    void farewells();
    void nobodyListens();
    void comesBackByItself();
    void halfOpenConnectionIsNoticed();
    void silentRelayIsNoticed();
    void hostileFrames_data();
    void hostileFrames();
    void newNameIsKept();
    void missingToken();
    void damagedIdentity();
    void pairingAnswers_data();
    void pairingAnswers();
    void pairingReachesNobody();
    void pairingFollowsNoRedirect();
};

void TestSession::retryScheduleGrowsToItsCap()
{
    const RetrySchedule schedule;
    QCOMPARE(schedule.pause(1, 0), 500ms);
    QCOMPARE(schedule.pause(2, 0), 1000ms);
    QCOMPARE(schedule.pause(4, 0), 4000ms);
    QCOMPARE(schedule.pause(7, 0), 30'000ms);
    QCOMPARE(schedule.pause(1'000'000, 0), 30'000ms);
    QCOMPARE(schedule.pause(1, 1), 350ms);
    QVERIFY(schedule.pause(7, 1) >= 20'000ms);
}

void TestSession::fromUnpairedToLive()
{
    TemporaryReplica replica;
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(QFile::remove(replica.folder() + u"/identity.json"_s));
    desk.session.start();
    QCOMPARE(desk.session.status().state, ConnectionState::Unpaired);
    QVERIFY(desk.session.self().id.isEmpty());

    PAGEDESK_SUCCEEDS(desk.identity.save({relay.url(), u"Bakery"_s, desk.self}));
    QSignalSpy source(&desk.session, &Session::sourceChanged);
    QList<ConnectionState> states;
    connect(&desk.session, &Session::statusChanged, &desk.session,
        [&states](const ConnectionStatus &status) { states.append(status.state); });
    QVERIFY(desk.connectTo(relay, {}));
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    QCOMPARE(states,
        (QList{ConnectionState::Connecting, ConnectionState::CatchingUp, ConnectionState::Live}));
    QCOMPARE(relay.authorization(), QByteArray("Bearer token"));
    QCOMPARE(desk.session.self(), desk.self);
    QCOMPARE(desk.session.workspace(), u"Bakery"_s);
    QCOMPARE(desk.session.status().relay, u"127.0.0.1:%1"_s.arg(relay.port()));
    QCOMPARE(source.size(), 1);
    QCOMPARE(source.constFirst().constFirst().toUrl(), relay.url());
}

void TestSession::unauthorizedIsNotRetried()
{
    TemporaryReplica replica;
    ScriptedHttp http;
    Desk desk(replica, http.url());
    desk.session.start();
    const auto request = http.expect();
    QVERIFY(request);
    QVERIFY(request->line().startsWith("GET /sync "));
    ScriptedHttp::answer(*request, 401, {});
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Refused);
    QCOMPARE(desk.session.status().error->kind, Error::Kind::Unauthorized);
    QCOMPARE(desk.session.status().retryAt, 0);
    QVERIFY(http.nothingMore());
    desk.session.retryNow(); // only when somebody wants it
    const auto again = http.expect();
    QVERIFY(again);
    ScriptedHttp::answer(*again, 503, {});
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Offline);
}

void TestSession::revokedWhileOnLine()
{
    TemporaryReplica replica;
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {}));
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    relay.say(Wire::Bye{u"revoked"_s});
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Refused);
    QTRY_VERIFY(!relay.isConnected());
}

void TestSession::farewells_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("shutdown") << u"shutdown"_s << Error::Kind::Offline;
    QTest::newRow("slow") << u"slow"_s << Error::Kind::Offline;
    QTest::newRow("unheard of") << u"tired"_s << Error::Kind::Offline;
    QTest::newRow("protocol") << u"protocol"_s << Error::Kind::Protocol;
}

void TestSession::farewells()
{
    QFETCH(QString, reason);
    QFETCH(Error::Kind, kind);
    TemporaryReplica replica;
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {}));
    relay.say(Wire::Bye{reason});
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Offline);
    QCOMPARE(desk.session.status().error->kind, kind);
    QVERIFY(desk.session.status().retryAt > Noon);
}

void TestSession::nobodyListens()
{
    TemporaryReplica replica;
    quint16 port = 0;
    {
        ScriptedRelay gone;
        port = gone.port();
    }
    Desk desk(replica, QUrl(u"http://127.0.0.1:%1"_s.arg(port)));
    desk.session.start();
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Offline);
    QCOMPARE(desk.session.status().error->kind, Error::Kind::Offline);
    QVERIFY(desk.session.status().retryAt >= Noon + 350);
    QVERIFY(desk.session.status().retryAt <= Noon + 500);
    ScriptedRelay relay(port);
    QVERIFY(desk.greet(relay, {})); // the retry finds it
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
}

void TestSession::comesBackByItself()
{
    TemporaryReplica replica;
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {}));
    for (int i = 0; i < 3; ++i) {
        QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
        relay.hangUp();
        QTRY_COMPARE(desk.session.status().state, ConnectionState::Offline);
        // Each time the shortest pause: it had been live in between.
        QVERIFY(desk.session.status().retryAt <= Noon + 500);
        QVERIFY(desk.greet(relay, {}));
    }
}

void TestSession::halfOpenConnectionIsNoticed()
{
    TemporaryReplica replica;
    ScriptedRelay relay;
    Cable cable(relay.port());
    Desk desk(replica, cable.url(), {5s, 50ms, 400ms});
    QVERIFY(desk.connectTo(relay, {}));
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    // A relay that has nothing to say is alive as long as it answers the pings.
    QSignalSpy status(&desk.session, &Session::statusChanged);
    QVERIFY(!status.wait(1000));
    cable.pull();
    QTRY_COMPARE_WITH_TIMEOUT(desk.session.status().state, ConnectionState::Offline, 2000);
    QCOMPARE(desk.session.status().error->kind, Error::Kind::Timeout);
}

void TestSession::silentRelayIsNoticed()
{
    TemporaryReplica replica;
    ScriptedHttp http; // takes the upgrade and never answers it
    Desk desk(replica, http.url(), {300ms, 50ms, 400ms});
    desk.session.start();
    QVERIFY(http.expect());
    QTRY_COMPARE_WITH_TIMEOUT(desk.session.status().state, ConnectionState::Offline, 2000);
    QCOMPARE(desk.session.status().error->kind, Error::Kind::Timeout);
}

void TestSession::hostileFrames_data()
{
    QTest::addColumn<QString>("frame");
    QTest::newRow("no json") << u"hello?"_s;
    QTest::newRow("unknown type") << u"{\"type\":\"order\"}"_s;
    QTest::newRow("a client's frame") << u"{\"type\":\"hello\"}"_s;
    QTest::newRow("over a MiB") << QString(1024 * 1024 + 1, u' ');
    QTest::newRow("another protocol") << u"{\"type\":\"welcome\",\"protocol\":2,\"workspace\":"
                                         u"\"w\",\"serverAt\":1,\"streams\":[],"
                                         "\"self\":{\"id\":\"o\",\"role\":\"agent\",\"seq\":1}}"_s;
}

void TestSession::hostileFrames()
{
    QFETCH(QString, frame);
    TemporaryReplica replica;
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    desk.session.start();
    QVERIFY(relay.expectConnection());
    QVERIFY(relay.expect<Wire::Hello>());
    relay.sayRaw(frame);
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Offline);
    QCOMPARE(desk.session.status().error->kind, Error::Kind::Protocol);
}

void TestSession::newNameIsKept()
{
    TemporaryReplica replica;
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    desk.self.name = u"Amal B."_s; // as the relay will say
    QSignalSpy changed(&desk.session, &Session::selfChanged);
    QVERIFY(desk.connectTo(relay, {}));
    QTRY_COMPARE(desk.session.self().name, u"Amal B."_s);
    QCOMPARE(changed.size(), 2);
    QCOMPARE((*desk.identity.load())->self.name, u"Amal B."_s);
}

void TestSession::missingToken()
{
    TemporaryReplica replica;
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    (void)desk.secrets.save(Secret());
    desk.session.start();
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Refused);
    QCOMPARE(desk.session.status().error->kind, Error::Kind::NotFound);
    QCOMPARE(desk.session.self(), desk.self);
}

void TestSession::damagedIdentity()
{
    TemporaryReplica replica;
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    QFile file(replica.folder() + u"/identity.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("{\"relay\":");
    file.close();
    desk.session.start();
    QCOMPARE(desk.session.status().state, ConnectionState::Unpaired);
    QCOMPARE(desk.session.status().error->kind, Error::Kind::Damaged);
}

void TestSession::pairingAnswers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<std::optional<Error::Kind>>("kind");
    const Operator self{{u"op-2"_s}, u"Berta"_s, Role::Admin, true, 2};
    const QByteArray good = Wire::encode(Wire::PairingAnswer{Secret("fresh"), self, u"Shop"_s});
    using Kind = std::optional<Error::Kind>;
    QTest::newRow("welcome") << 200 << good << Kind();
    QTest::newRow("unreadable") << 200 << QByteArray("<html>") << Kind(Error::Kind::Protocol);
    for (const int refused : {401, 403, 404, 410, 429})
        QTest::addRow("refused %d", refused)
            << refused << QByteArray() << Kind(Error::Kind::Rejected);
    QTest::newRow("broken") << 500 << QByteArray() << Kind(Error::Kind::Offline);
    QTest::newRow("endless") << 200 << QByteArray(2'000'000, ' ') << Kind(Error::Kind::Protocol);
}

void TestSession::pairingAnswers()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(std::optional<Error::Kind>, kind);
    TemporaryReplica replica;
    ScriptedHttp http;
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    auto pairing = desk.session.pair({http.url(), u"inv"_s, Secret("s3")}, u"Laptop"_s);
    const auto request = http.expect();
    QVERIFY(request);
    QVERIFY(request->line().startsWith("POST /pair "));
    const auto asked = Wire::decodePairingRequest(request->body);
    QVERIFY(asked);
    QCOMPARE(asked->inviteId, u"inv"_s);
    QVERIFY(asked->secret.matches("s3"));
    ScriptedHttp::answer(*request, status, body);
    const auto paired = await(std::move(pairing));
    const auto stored = desk.identity.load();
    PAGEDESK_SUCCEEDS(stored);
    if (kind) {
        QVERIFY(!paired);
        QCOMPARE(paired.error().kind, *kind);
        QCOMPARE((*stored)->self.id.value, u"op-1"_s); // nothing has changed
        return;
    }
    PAGEDESK_SUCCEEDS(paired);
    QCOMPARE((*stored)->self.id.value, u"op-2"_s);
    QCOMPARE((*stored)->workspace, u"Shop"_s);
    QCOMPARE((*stored)->relay, http.url());
    const auto connection = http.expect(); // it connects at once, with the new token
    QVERIFY(connection);
    QVERIFY(connection->head.contains("Bearer fresh"));
}

void TestSession::pairingReachesNobody()
{
    TemporaryReplica replica;
    quint16 port = 0;
    {
        ScriptedRelay gone;
        port = gone.port();
    }
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    const QUrl relay(u"http://127.0.0.1:%1"_s.arg(port));
    const auto paired = await(desk.session.pair({relay, u"inv"_s, Secret("s3")}, u"Laptop"_s));
    QVERIFY(!paired);
    QCOMPARE(paired.error().kind, Error::Kind::Offline);
}

// The secret of an invitation goes to the relay of the link only.
void TestSession::pairingFollowsNoRedirect()
{
    TemporaryReplica replica;
    ScriptedHttp http;
    ScriptedHttp elsewhere;
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    auto pairing = desk.session.pair({http.url(), u"inv"_s, Secret("s3")}, u"Laptop"_s);
    const auto request = http.expect();
    QVERIFY(request);
    ScriptedHttp::answer(
        *request, 307, {}, "Location: " + elsewhere.url().toEncoded() + "/pair\r\n");
    const auto paired = await(std::move(pairing));
    QVERIFY(!paired);
    QCOMPARE(paired.error().kind, Error::Kind::Protocol);
    QVERIFY(elsewhere.nothingMore());
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
