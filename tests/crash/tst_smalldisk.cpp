// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/ledgercheck.h"
#include "tests/crash/smalldisk.h"
#include "tests/e2e/testdesk.h"
#include "tests/load/postline.h"
#include "tests/load/regime.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QTest>

#include <algorithm>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Messages = 1200;
constexpr int Customers = 20;
constexpr qint64 LeftBytes = 128 * 1024;

struct Tally {
    QList<double> refusalsMs; // one request at a time
    QList<double> crowdedMs; // hundreds at a time
    double worstHealMs = 0;
    qint64 refused = 0;
    bool isReal = false;
};

// One life of a relay on a disk that fills up and gets room again.
class FullDiskRound {
public:
    FullDiskRound(int number, int connections, Tally &tally)
        : m_tally(tally)
        , m_disk(m_world, QStringLiteral(PAGEDESK_NOSPACE))
        , m_line(static_cast<quint16>(m_world.relayUrl().port()))
    {
        m_tally.isReal = m_disk.isReal();
        m_plan.port = static_cast<quint16>(m_world.relayUrl().port());
        m_plan.connections = connections;
        m_plan.deadlineSeconds = 10;
        m_waiting
            = prepareMessages(u"room%1"_s.arg(number), 0, Messages, Customers, World::AppSecret);
        for (const PreparedRequest &request : std::as_const(m_waiting))
            m_all.insert(request.mid);
    }

    QByteArray play()
    {
        if (!m_world.start())
            return m_world.why();
        m_world.sandbox.kill(); // Meta's part is played here
        if (const QByteArray problem = pairDesk(); !problem.isEmpty())
            return problem;
        for (const auto step : {&FullDiskRound::fill, &FullDiskRound::crowd,
                 &FullDiskRound::readWhileFull, &FullDiskRound::heal, &FullDiskRound::storeAll}) {
            if (const QByteArray problem = (this->*step)(); !problem.isEmpty())
                return problem;
            if (!m_world.relay.isRunning())
                return "the relay has ended: " + m_world.why();
        }
        if (m_world.relay.terminate() != 0)
            return "the relay does not end well";
        if (const QByteArray problem = problemOfMessages(m_world, m_all); !problem.isEmpty())
            return problem;
        return problemOfFile(QDir(m_world.data()).filePath(u"ledger.db"_s));
    }

private:
    QString profile() const { return QDir(m_world.folder()).filePath(u"desk"_s); }

    QByteArray pairDesk()
    {
        TestDesk desk(profile());
        if (!desk.start() || !desk.pair(m_world.invite(u"Ada"_s))
            || !desk.waitFor(ConnectionState::Live))
            return "the desktop cannot be paired";
        return {};
    }

    int askOne()
    {
        QElapsedTimer timer;
        timer.start();
        const int status = m_line.ask(m_waiting.constFirst().bytes);
        if (status == 200)
            m_waiting.removeFirst();
        else
            m_tally.refusalsMs.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        return status;
    }

    // Events until there is no room for one more.
    QByteArray fill()
    {
        int status = 200;
        for (int i = 0; i < Customers && status == 200; ++i)
            status = askOne(); // something to read later
        if (status != 200)
            return "full before its time";
        m_disk.leave(LeftBytes);
        while (status == 200 && m_waiting.size() > 2)
            status = askOne();
        if (status != 503)
            return "never full: " + QByteArray::number(status);
        for (int i = 0; i < 50; ++i) {
            m_disk.leave(0); // what the log has given back meanwhile
            status = askOne();
            if (status != 503 && status != 200)
                return "answers " + QByteArray::number(status) + " while full";
        }
        return {};
    }

    // Hundreds of requests that wait for their answers at once.
    QByteArray crowd()
    {
        const auto asked = m_waiting.size();
        const auto result = sendOnce();
        const auto answered = result.refused + result.acknowledged.size();
        if (result.refused == 0 || answered != asked)
            return QByteArray::number(result.refused) + " refused, "
                + QByteArray::number(asked - answered) + " without an answer";
        m_tally.crowdedMs += result.refusalsMs;
        m_tally.refused += result.refused;
        return {};
    }

    LoadResult sendOnce()
    {
        auto result = sendLoad(m_plan, m_waiting);
        const QSet<QString> done(result.acknowledged.begin(), result.acknowledged.end());
        m_waiting.removeIf(
            [&done](const PreparedRequest &request) { return done.contains(request.mid); });
        return result;
    }

    QByteArray readWhileFull()
    {
        for (const QString &path : {u"/healthz"_s, u"/metrics"_s}) {
            if (http("GET", m_world.relayUrl(path)).status != 200)
                return path.toUtf8() + " does not answer while the disk is full";
        }
        QSet<QString> stored = m_all;
        for (const PreparedRequest &request : std::as_const(m_waiting))
            stored.remove(request.mid);
        if (const QByteArray problem = problemOfMessages(m_world, stored); !problem.isEmpty())
            return "while full: " + problem;
        TestDesk desk(profile());
        const ConversationId first{u"70044-24000000000100000"_s};
        if (!desk.start() || !desk.waitFor(ConnectionState::Live)
            || !QTest::qWaitFor([&] { return !desk.thread(first).isEmpty(); }, 10'000))
            return "a desktop cannot read while the disk is full";
        return {};
    }

    QByteArray heal()
    {
        m_disk.giveBack();
        QElapsedTimer timer;
        timer.start();
        while (m_line.ask(m_waiting.constFirst().bytes) != 200) {
            if (timer.hasExpired(5000))
                return "does not store 5 s after there is room again";
        }
        m_waiting.removeFirst();
        m_tally.worstHealMs
            = std::max(m_tally.worstHealMs, static_cast<double>(timer.nsecsElapsed()) / 1e6);
        return {};
    }

    // As Meta does: what was refused comes again.
    QByteArray storeAll()
    {
        const QDeadlineTimer deadline(30'000);
        while (!m_waiting.isEmpty()) {
            if (deadline.hasExpired())
                return QByteArray::number(m_waiting.size()) + " are still refused";
            sendOnce();
        }
        return {};
    }

    Tally &m_tally;
    World m_world;
    SmallDisk m_disk;
    QList<PreparedRequest> m_waiting; // not acknowledged yet
    QSet<QString> m_all;
    LoadPlan m_plan;
    PostLine m_line;
};

QByteArray figures(const QList<double> &times)
{
    return "p50 " + QByteArray::number(percentile(times, 0.5), 'f', 1) + ", p99 "
        + QByteArray::number(percentile(times, 0.99), 'f', 1) + ", worst "
        + QByteArray::number(percentile(times, 1), 'f', 1) + " ms of "
        + QByteArray::number(times.size());
}

} // namespace

// A disk that is full: 503 at once, reading goes on, and so does everything once there is room.
class TestSmallDisk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(u"pagedesk.*.info=false"_s); }

    void worksOnWhenThereIsRoom()
    {
        const int rounds = isLongForm() ? 100 : 3;
        auto random = randomFor();
        Tally tally;
        for (int i = 0; i < rounds; ++i) {
            const int connections = random.bounded(64, 513);
            const QByteArray problem = FullDiskRound(i, connections, tally).play();
            QVERIFY2(problem.isEmpty(),
                ("seed " + QByteArray::number(testSeed()) + ", round " + QByteArray::number(i)
                    + " with " + QByteArray::number(connections) + " connections: " + problem)
                    .constData());
        }
        report("full disk",
            QByteArray::number(rounds) + " rounds "
                + (tally.isReal ? "on a tmpfs of 8 MiB"
                                : "with a preloaded library (mounting is not permitted here)")
                + "; 503 alone " + figures(tally.refusalsMs) + "; with 64 to 512 waiting "
                + figures(tally.crowdedMs) + "; stores "
                + QByteArray::number(tally.worstHealMs, 'f', 1) + " ms after room at worst");
        QVERIFY(percentile(tally.refusalsMs, 0.99) < 50);
    }
};

QTEST_GUILESS_MAIN(TestSmallDisk)
#include "tst_smalldisk.moc"
