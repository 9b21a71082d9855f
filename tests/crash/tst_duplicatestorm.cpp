// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/ledgercheck.h"
#include "tests/load/regime.h"
#include "tests/load/syncclient.h"

#include <QLoggingCategory>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Connections = 64;
constexpr int People = 40;
const QString Page = u"70044"_s;

// Counts how often a desktop has been sent each message.
class Counting {
public:
    explicit Counting(World &world)
        : client(world.relayUrl(), Secret(world.deviceToken(u"Ada"_s)))
    {
        client.wantAllAfter(Page, 0);
        QObject::connect(&client, &SyncClient::changed, &client, [this](const auto &changes) {
            for (const Wire::Entity &entity : changes.entities) {
                if (const auto *message = std::get_if<Message>(&entity))
                    ++seen[message->mid.value];
            }
        });
        client.start();
    }

    SyncClient client;
    QHash<QString, int> seen;
};

// Whether nothing else of the mix changes this event's message later: no receipt, edit or reaction.
bool standsAlone(qsizetype i)
{
    static const QSet<qsizetype> alone{1, 3, 4, 11};
    return alone.contains(i % 12);
}

} // namespace

// Each event many times, from many connections, while the relay is stopped and killed again and
// again: one row, one frame.
class TestDuplicateStorm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachEventCountsOnce()
    {
        const int unique = isLongForm() ? 10'000 : 2000;
        const int copies = isLongForm() ? 100 : 20;
        const int restarts = isLongForm() ? 40 : 4;
        QLoggingCategory::setFilterRules(u"pagedesk.*.info=false"_s);
        QVERIFY2(m_world.start(), m_world.why().constData());
        m_world.sandbox.kill(); // Meta's part is played here
        Counting desktop(m_world);
        QVERIFY(QTest::qWaitFor([&] { return desktop.client.isLive(); }, 10'000));

        const auto events = mixedEvents(u"storm"_s, unique, People);
        m_left.fill(copies, unique);
        for (int restartsLeft = restarts; restartsLeft >= 0; --restartsLeft) {
            send(stormOf(events), restartsLeft);
            if (QTest::currentTestFailed())
                return;
        }
        QCOMPARE(m_left, QList<int>(unique, 0));
        checkLedger(events);
        checkDesktop(desktop, events);
        report("duplicate storm",
            QByteArray::number(unique) + " events, each answered 200 " + QByteArray::number(copies)
                + " times; " + QByteArray::number(m_broken) + " requests broken by "
                + QByteArray::number(restarts) + " restarts; 200 after p50 " + ms(0.5) + ", p99 "
                + ms(0.99) + ", worst " + ms(1) + " with " + QByteArray::number(Connections)
                + " connections");
    }

private:
    QByteArray ms(double part) const
    {
        return QByteArray::number(percentile(m_latenciesMs, part), 'f', 1) + " ms";
    }

    // Every copy that has not been answered yet, in an order that the seed makes.
    QList<PreparedRequest> stormOf(const QList<MixedEvent> &events)
    {
        QList<PreparedRequest> requests;
        for (qsizetype i = 0; i < events.size(); ++i) {
            const auto request = prepare(QString::number(i), {events.at(i).item}, World::AppSecret);
            for (int copy = 0; copy < m_left.at(i); ++copy)
                requests.append(request);
        }
        std::shuffle(requests.begin(), requests.end(), m_random);
        return requests;
    }

    // With restarts left the relay is ended somewhere, in one way or the other, and started again.
    void send(const QList<PreparedRequest> &requests, int restartsLeft)
    {
        const bool end = restartsLeft > 0;
        LoadPlan plan;
        plan.port = static_cast<quint16>(m_world.relayUrl().port());
        plan.connections = Connections;
        plan.deadlineSeconds = 600;
        const int signal = m_random.bounded(2) == 0 ? SIGTERM : SIGKILL;
        const auto until = m_random.bounded(2 * requests.size() / (restartsLeft + 1));
        const auto pid = static_cast<pid_t>(m_world.relay.pid());
        bool ended = !end;
        plan.enough = [&ended, until, pid, signal](const LoadResult &so) {
            if (!ended && so.acknowledged.size() >= until) {
                ::kill(pid, signal);
                ended = true;
            }
            return false;
        };
        LoadResult result;
        std::atomic<bool> done = false;
        std::thread load([&] {
            result = sendLoad(plan, requests);
            done = true;
        });
        // Meanwhile the desktop listens.
        const bool inTime = QTest::qWaitFor([&done] { return done.load(); }, 700'000);
        load.join();
        QVERIFY(inTime);
        note(result);
        if (!end)
            return;
        QVERIFY(ended);
        if (signal == SIGTERM)
            QVERIFY2(m_world.relay.terminate() == 0, m_world.why().constData());
        else
            m_world.relay.kill();
        QVERIFY2(m_world.startRelay(), m_world.why().constData());
    }

    void note(const LoadResult &result)
    {
        m_answered += result.acknowledged.size();
        m_broken += result.broken;
        m_latenciesMs += result.latenciesMs;
        for (const QString &name : result.acknowledged)
            --m_left[name.toInt()];
        QCOMPARE(result.refused, 0);
    }

    void checkLedger(const QList<MixedEvent> &events)
    {
        const QByteArray problem = problemOfLedger(m_world, events);
        QVERIFY2(problem.isEmpty(), problem.constData());
        qint64 fresh = 0;
        qint64 repeated = 0;
        for (const QJsonObject &line : m_world.lines({u"events"_s}))
            ++(line.value(u"dedup"_s).toString() == u"new"_s ? fresh : repeated);
        QCOMPARE(fresh, events.size());
        // Stored and not answered is possible, answered and not stored is not.
        QVERIFY2(fresh + repeated >= m_answered,
            qPrintable(u"%1 new and %2 repeated of %3 answered"_s.arg(fresh).arg(repeated).arg(
                m_answered)));
    }

    void checkDesktop(const Counting &desktop, const QList<MixedEvent> &events)
    {
        const auto allThere = [&] {
            return std::all_of(events.begin(), events.end(), [&](const MixedEvent &event) {
                return event.mid.isEmpty() || desktop.seen.contains(event.mid);
            });
        };
        QVERIFY(QTest::qWaitFor(allThere, 30'000));
        for (qsizetype i = 0; i < events.size(); ++i) {
            if (standsAlone(i))
                QCOMPARE(desktop.seen.value(events.at(i).mid), 1);
        }
    }

    World m_world;
    QRandomGenerator m_random = randomFor();
    QList<int> m_left; // of each event, copies that were not answered yet
    QList<double> m_latenciesMs;
    qint64 m_answered = 0;
    qint64 m_broken = 0;
};

QTEST_GUILESS_MAIN(TestDuplicateStorm)
#include "tst_duplicatestorm.moc"
