// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/ledgercheck.h"
#include "tests/load/postline.h"
#include "tests/load/regime.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <algorithm>

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Events = 300;
constexpr int EventsInBody = 10;
constexpr int People = 20;
constexpr int ShortFormStep = 10; // of the writes, of the syncs, of the others each so many-th
constexpr int ShortFormSeconds = 300; // a slow machine plays fewer, and says so
constexpr int CommandsEach = 25; // so many runs are also checked with the relay's own commands

// A call that changes a file, as the preloaded library noted it.
struct Call {
    QByteArray name;
    QByteArray file;
    bool isWrite() const { return name.endsWith("write"); }
    bool isSync() const { return name.endsWith("sync"); }
};

// Which call it hits differs a little from run to run: jobs write when they please. So a fault of a
// sync is counted by syncs, or it would often hit a write.
struct Fault {
    QByteArray kind = "none";
    qsizetype which = 0; // counted from 1
    bool ofSync = false;
};

// Everything that can go wrong with a call.
QList<QByteArray> kindsFor(const Call &call)
{
    if (call.isWrite())
        return {"kill-before", "torn", "kill-after", "short", "eio", "enospc"};
    if (call.isSync())
        return {"kill-before", "kill-after", "eio", "enospc"};
    return {"kill-before", "kill-after", "eio"};
}

struct Tally {
    int runs = 0;
    int neverReached = 0; // the run had fewer calls than the one that was counted
    int killed = 0;
    int refusedStarts = 0;
    int refusals = 0; // requests answered 503
    int failedCommits = 0; // syncs of the log that failed
    qint64 worstHealMs = 0; // from the first 503 to the next 200
    qint64 worstRestartMs = 0;
};

// One life of a relay with a fault in it: a new ledger, 300 events, the end.
class FaultyRun {
public:
    FaultyRun(const Fault &fault, Tally &tally)
        : m_fault(fault)
        , m_tally(tally)
        , m_events(mixedEvents(u"fault"_s, Events, People))
        , m_line(static_cast<quint16>(m_world.relayUrl().port()))
    {
        for (int i = 0; i < Events; i += EventsInBody) {
            QList<QJsonObject> items;
            for (int j = i; j < i + EventsInBody; ++j)
                items.append(m_events.at(j).item);
            m_waiting.append(prepare(QString::number(i), items, World::AppSecret));
        }
    }

    // What went wrong that must not; empty when nothing did.
    QByteArray play()
    {
        preload();
        if (m_world.startRelay()) {
            if (const QByteArray problem = sendAll(); !problem.isEmpty())
                return problem;
            if (m_world.relay.isRunning())
                m_world.relay.terminate();
        } else {
            ++m_tally.refusedStarts;
        }
        if (m_world.relay.isRunning())
            return "the relay did not end";
        const auto calls = calledSoFar();
        if (m_fault.which > 0 && m_hit < 0)
            ++m_tally.neverReached;
        return m_fault.which > 0 ? checkAfterRestart() : QByteArray();
    }

    QList<Call> calledSoFar()
    {
        QFile log(logPath());
        if (!log.open(QIODevice::ReadOnly) || !log.seek(m_logRead))
            return m_calls;
        const QByteArray more = log.readAll();
        qsizetype at = 0;
        for (qsizetype end; (end = more.indexOf('\n', at)) >= 0; at = end + 1) {
            const QList<QByteArray> words = more.sliced(at, end - at).split(' ');
            m_calls.append({words.value(0), words.value(1)});
            if (words.size() > 2)
                m_hit = m_calls.size() - 1;
        }
        m_logRead += at;
        return m_calls;
    }

private:
    QString logPath() const { return QDir(m_world.folder()).filePath(u"calls"_s); }

    void preload()
    {
        m_world.relay.setEnvironment(u"LD_PRELOAD"_s, QStringLiteral(PAGEDESK_DISKFAULTS));
        m_world.relay.setEnvironment(u"PAGEDESK_TEST_FAULT"_s,
            QString::fromLatin1(m_fault.kind) + u' ' + QString::number(m_fault.which)
                + (m_fault.ofSync ? u" sync"_s : QString()));
        m_world.relay.setEnvironment(u"PAGEDESK_TEST_FAULT_FOLDER"_s, m_world.data());
        m_world.relay.setEnvironment(u"PAGEDESK_TEST_FAULT_LOG"_s, logPath());
        // The sanitizers want to come first of all libraries; this one does not get in their way.
        m_world.relay.setEnvironment(u"ASAN_OPTIONS"_s, u"verify_asan_link_order=0"_s);
    }

    QByteArray sendAll()
    {
        while (!m_waiting.isEmpty()) {
            const auto before = calledSoFar().size();
            const bool hitBefore = m_hit >= 0;
            const int status = m_line.ask(m_waiting.constFirst().bytes);
            const auto calls = hitBefore ? QList<Call>() : calledSoFar();
            if (status == 0) {
                m_world.relay.kill(); // it is dead, or must be reaped
                ++m_tally.killed;
                return {};
            }
            const bool hitNow = m_hit >= 0 && !hitBefore;
            if (hitNow && isFailedCommit(calls)) {
                ++m_tally.failedCommits;
                if (status == 200 && !isSynced(calls.sliced(before), m_hit - before)
                    && !hasBegunAnew(calls))
                    return "200 after the sync of a commit had failed";
            }
            if (status == 200) {
                m_waiting.removeFirst();
                continue;
            }
            if (m_hit < 0)
                return "refused with " + QByteArray::number(status) + " without a fault";
            if (const QByteArray problem = waitForRoom(); !problem.isEmpty())
                return problem;
        }
        return {};
    }

    bool isFailedCommit(const QList<Call> &calls) const
    {
        const Call &call = calls.at(m_hit);
        const bool fails = m_fault.kind == "eio" || m_fault.kind == "enospc";
        return fails && call.isSync() && call.file == "ledger.db-wal";
    }

    // A job's commit may come between. So a 200 is right when a sync of the log has succeeded
    // before the one that failed, or when the log has begun anew since, was written and synced.
    static bool isSynced(const QList<Call> &calls, qsizetype fault)
    {
        return std::any_of(calls.begin(), calls.begin() + std::max<qsizetype>(fault, 0),
            [](const Call &call) { return call.isSync() && call.file == "ledger.db-wal"; });
    }

    bool hasBegunAnew(const QList<Call> &calls) const
    {
        bool emptied = false;
        bool written = false;
        for (const Call &call : calls.sliced(m_hit + 1)) {
            const bool ofLog = call.file == "ledger.db-wal";
            emptied = emptied || (ofLog && call.name.startsWith("ftruncate"));
            written = written || (emptied && ofLog && call.isWrite());
            if (written && ofLog && call.isSync())
                return true;
        }
        return false;
    }

    // As Meta does after a 503: again, until it is taken. The fault is over, so it must be soon.
    QByteArray waitForRoom()
    {
        QElapsedTimer timer;
        timer.start();
        const QDeadlineTimer deadline(5000);
        for (;;) {
            ++m_tally.refusals;
            const int status = m_line.ask(m_waiting.constFirst().bytes);
            if (status == 200) {
                m_waiting.removeFirst();
                m_tally.worstHealMs = std::max(m_tally.worstHealMs, timer.elapsed());
                return {};
            }
            if (status != 503)
                return "answered " + QByteArray::number(status) + " after a 503";
            if (deadline.hasExpired())
                return "still refuses 5 s after the fault";
        }
    }

    QByteArray checkAfterRestart()
    {
        m_world.relay.setEnvironment(u"LD_PRELOAD"_s, {});
        QElapsedTimer timer;
        timer.start();
        if (!m_world.startRelay())
            return "does not start again: " + m_world.why();
        m_tally.worstRestartMs = std::max(m_tally.worstRestartMs, timer.elapsed());
        for (const PreparedRequest &request : std::as_const(m_waiting)) {
            if (m_line.ask(request.bytes) != 200)
                return "does not store after the restart";
        }
        if (m_world.relay.terminate() != 0)
            return "does not end well after the restart";
        return m_tally.runs % CommandsEach == 0
            ? problemOfLedger(m_world, m_events)
            : problemOfStored(QDir(m_world.data()).filePath(u"ledger.db"_s), m_events);
    }

    Fault m_fault;
    Tally &m_tally;
    World m_world;
    QList<MixedEvent> m_events;
    QList<PreparedRequest> m_waiting; // not acknowledged yet
    PostLine m_line;
    QList<Call> m_calls;
    qint64 m_logRead = 0; // bytes of the log that are in m_calls
    qsizetype m_hit = -1; // the index of the call that went wrong
};

} // namespace

// Each call that changes a file of the relay goes wrong once, in every way it can: while the ledger
// is made, while 300 events are stored, while the log is copied at the end.
class TestStorageFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // What a killed process has written is there on any file system; one in memory costs no
        // time.
        if (!isLongForm() && QFileInfo(u"/dev/shm"_s).isWritable())
            qputenv("TMPDIR", "/dev/shm");
        Tally tally;
        FaultyRun run(Fault(), tally);
        const QByteArray problem = run.play();
        QVERIFY2(problem.isEmpty(), problem.constData());
        m_calls = run.calledSoFar();
        const auto syncs = std::count_if(
            m_calls.begin(), m_calls.end(), [](const Call &call) { return call.isSync(); });
        QVERIFY(syncs >= Events / EventsInBody);
        QVERIFY(m_calls.size() > 10 * syncs);
    }

    void eachCallGoesWrongOnce()
    {
        const QList<Fault> faults = chosenFaults();
        const QDeadlineTimer enough = isLongForm() ? QDeadlineTimer(QDeadlineTimer::Forever)
                                                   : QDeadlineTimer(ShortFormSeconds * 1000);
        Tally tally;
        for (const Fault &fault : faults) {
            if (enough.hasExpired())
                break;
            ++tally.runs;
            const QByteArray problem = FaultyRun(fault, tally).play();
            QVERIFY2(problem.isEmpty(), (describe(fault) + ": " + problem).constData());
        }
        if (tally.runs >= 15) // fewer on a very slow machine
            QVERIFY(tally.killed > 0 && tally.failedCommits > 0);
        report("storage faults",
            QByteArray::number(tally.runs) + " of " + QByteArray::number(faults.size())
                + " faults at " + QByteArray::number(m_calls.size()) + " calls; "
                + QByteArray::number(tally.killed) + " killed while storing, "
                + QByteArray::number(tally.refusedStarts) + " ended at the start, "
                + QByteArray::number(tally.failedCommits) + " failed syncs of a commit, "
                + QByteArray::number(tally.refusals) + " times 503, "
                + QByteArray::number(tally.neverReached) + " not reached; stores again after "
                + QByteArray::number(tally.worstHealMs) + " ms at worst, restart "
                + QByteArray::number(tally.worstRestartMs) + " ms at worst");
    }

private:
    static QByteArray describe(const Fault &fault)
    {
        return "seed " + QByteArray::number(testSeed()) + ", " + fault.kind
            + (fault.ofSync ? " at sync " : " at call ") + QByteArray::number(fault.which);
    }

    // All of them, or in the short form those of each tenth call, in an order that the seed makes;
    // each third one is a sync that fails as long as there are any, for there are few of them and
    // they matter most.
    QList<Fault> chosenFaults() const
    {
        QList<Fault> syncs;
        QList<Fault> others;
        auto random = randomFor();
        const int offset = random.bounded(ShortFormStep);
        QHash<QByteArray, int> counts; // of the calls of each name
        qsizetype syncCount = 0;
        for (qsizetype i = 0; i < m_calls.size(); ++i) {
            const Call &call = m_calls.at(i);
            const qsizetype which = call.isSync() ? ++syncCount : i + 1;
            if (!isLongForm() && counts[call.name]++ % ShortFormStep != offset)
                continue;
            for (const QByteArray &kind : kindsFor(call)) {
                const bool failing = call.isSync() && !kind.startsWith("kill");
                (failing ? syncs : others).append({kind, which, call.isSync()});
            }
        }
        std::shuffle(syncs.begin(), syncs.end(), random);
        std::shuffle(others.begin(), others.end(), random);
        QList<Fault> chosen;
        while (!syncs.isEmpty() || !others.isEmpty()) {
            const bool sync = others.isEmpty() || (!syncs.isEmpty() && chosen.size() % 3 == 0);
            chosen.append((sync ? syncs : others).takeLast());
        }
        return chosen;
    }

    QList<Call> m_calls;
};

QTEST_GUILESS_MAIN(TestStorageFaults)
#include "tst_storagefaults.moc"
