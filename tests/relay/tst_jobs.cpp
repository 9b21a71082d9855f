// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/graph/backgroundcalls.h"
#include "app/relay/jobs/jobrunner.h"
#include "app/relay/jobs/jobschedule.h"
#include "app/relay/ledger/jobattempts.h"
#include "app/relay/ledger/pages.h"

#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

// The bookkeeping of jobs: tries, retries, what is given up, and what was tried.
class TestJobs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_ledger = std::make_unique<Ledger>();
        QVERIFY(m_ledger->open(m_folder->path()));
    }
    void cleanup() { m_ledger.reset(); }

    void schedules_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("failedBefore");
        QTest::addColumn<qint64>("pause");
        QTest::newRow("first") << 1 << 0 << 2'000LL;
        QTest::newRow("seventh") << 2 << 6 << 21'600'000LL;
        QTest::newRow("given up") << 2 << 7 << 0LL;
        QTest::newRow("lasting") << 5 << 0 << 5'000LL;
        QTest::newRow("lasting, for ever") << 7 << 1000 << 1'800'000LL;
    }
    void schedules()
    {
        QFETCH(int, kind);
        QFETCH(int, failedBefore);
        QFETCH(qint64, pause);
        QCOMPARE(retryPause(static_cast<JobKind>(kind), failedBefore), pause);
    }

    void usageSlowsCallsDown_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("seconds");
        const QByteArray usage = "{\"70044\":[{\"type\":\"messenger\",\"call_count\":%,"
                                 "\"total_time\":6,\"estimated_time_to_regain_access\":#}]}";
        const auto with = [&usage](const QByteArray &percent, const QByteArray &minutes) {
            return QByteArray(usage).replace('%', percent).replace('#', minutes);
        };
        QTest::newRow("none") << QByteArray() << 0;
        QTest::newRow("no JSON") << QByteArray("busy") << 0;
        QTest::newRow("idle") << with("31", "0") << 0;
        QTest::newRow("busy") << with("75", "0") << 5;
        QTest::newRow("nearly full") << with("90", "0") << 60;
        QTest::newRow("full") << with("100", "12") << 12 * 60;
        QTest::newRow("absurd") << with("100", "99999999999999") << 86'400;
    }
    void usageSlowsCallsDown()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, seconds);
        QCOMPARE(pauseForUsage(header).count(), seconds);
    }

    void aJobThatFailsIsTriedAgainAndThenParked()
    {
        add(JobKind::Media, u"m1"_s);
        JobRunner runner(*m_ledger, m_clock);
        int tries = 0;
        runner.handle(JobKind::Media, [&tries](const Job &) {
            ++tries;
            return Task<>::finished(failure(Error::Kind::Timeout, u"secret detail"_s));
        });
        runner.start();
        for (int expected = 1; expected <= 8; ++expected) {
            QTRY_COMPARE(tries, expected);
            QTRY_COMPARE(qsizetype(only().attempts.size()), expected);
            QCOMPARE(only().attempts.last().reason, u"timeout"_s);
            if (expected < 8) {
                QVERIFY(!only().parked);
                QCOMPARE(only().dueAt, m_clock.now() + retryPause(JobKind::Media, expected - 1));
                m_clock.set(only().dueAt);
                runner.start();
            }
        }
        QVERIFY(only().parked);
        QCOMPARE(only().attempts.last().outcome, AttemptOutcome::Parked);
        // By hand it starts afresh.
        QVERIFY(run([&](Connection &c) -> Result<> {
            const auto again = retryJob(c, only(c).job.id, m_clock.now());
            return again && *again ? Result<>() : failure(Error::Kind::NotFound, u"job"_s);
        }));
        runner.start();
        QTRY_COMPARE(tries, 9);
        QTRY_VERIFY(!only().parked && only().job.tries == 1);
    }

    void aRefusedJobIsParkedAtOnce()
    {
        add(JobKind::Media, u"m1"_s);
        JobRunner runner(*m_ledger, m_clock);
        runner.handle(JobKind::Media,
            [](const Job &) { return Task<>::finished(failure(Error::Kind::Rejected, u"no"_s)); });
        runner.start();
        QTRY_VERIFY(only().parked);
        QCOMPARE(only().lastError, u"rejected"_s);
    }

    void aLastingJobSaysWhenItGoesOn()
    {
        add(JobKind::Check, u"7"_s);
        JobRunner runner(*m_ledger, m_clock);
        int runs = 0;
        runner.handleLasting(JobKind::Check, [this, &runs](const Job &) {
            return Task<qint64>::finished(++runs < 3 ? m_clock.now() + 1000 : 0);
        });
        runner.start();
        for (int i = 1; i < 3; ++i) {
            QTRY_COMPARE(qsizetype(only().attempts.size()), i);
            QCOMPARE(only().attempts.last().outcome, AttemptOutcome::GoesOn);
            m_clock.advance(1000);
            runner.start();
        }
        QTRY_VERIFY(views().isEmpty());
        QCOMPARE(runs, 3);
    }

    void asMuchTimeAsTheOtherSideAsksFor()
    {
        add(JobKind::Check, u"7"_s);
        JobRunner runner(*m_ledger, m_clock);
        runner.handle(JobKind::Check, [](const Job &) {
            Error slow{Error::Kind::Timeout, u"slow down"_s};
            slow.retryAfter = std::chrono::minutes(40);
            return Task<>::finished(failure(slow));
        });
        runner.start();
        QTRY_COMPARE(qsizetype(only().attempts.size()), 1);
        QCOMPARE(only().dueAt, m_clock.now() + 40 * 60'000);
    }

    // What wakes a job while it is being done must not be lost with its end.
    void wokenWhileItIsDone()
    {
        add(JobKind::Check, u"7"_s);
        JobRunner runner(*m_ledger, m_clock);
        int runs = 0;
        std::shared_ptr<Promise<qint64>> first;
        runner.handleLasting(JobKind::Check, [&runs, &first](const Job &) {
            if (++runs > 1)
                return Task<qint64>::finished(0);
            first = std::make_shared<Promise<qint64>>();
            return first->task();
        });
        runner.start();
        QTRY_COMPARE(runs, 1);
        m_clock.advance(10);
        QVERIFY(run([this](Connection &c) {
            return wakeJob(c, JobKind::Check, {u"7"_s}, u"7"_s, m_clock.now());
        }));
        first->finish(0);
        QTRY_COMPARE(runs, 2);
        QTRY_VERIFY(views().isEmpty());
    }

    void attemptsAreBounded()
    {
        add(JobKind::Check, u"7"_s);
        QVERIFY(run([this](Connection &c) -> Result<> {
            const Job job = only(c).job;
            for (int i = 0; i < 50; ++i) {
                if (auto kept = recordAttempt(c, job, {i, T + i, AttemptOutcome::GoesOn, {}});
                    !kept)
                    return kept;
            }
            return {};
        }));
        QCOMPARE(only().attempts.size(), 20);
        QCOMPARE(only().attempts.first().startedAt, 30);
        QVERIFY(run([this](Connection &c) {
            constexpr qint64 Month = 31LL * 86'400'000;
            return recordAttempt(c, only(c).job, {1, T + Month, AttemptOutcome::Done, {}});
        }));
        QCOMPARE(only().attempts.size(), 1);
    }

    void aConnectedPageHasItsJobs()
    {
        QVERIFY(
            run([](Connection &c) { return connectPage(c, {u"7"_s}, u"Bakery"_s, "sealed", T); }));
        QStringList kinds;
        for (const JobView &view : views())
            kinds.append(jobKindName(view.job.kind));
        QCOMPARE(
            kinds, QStringList({u"subscription"_s, u"history"_s, u"check"_s, u"inspection"_s}));
        // Connecting it again brings back what was given up.
        QVERIFY(run([this](Connection &c) -> Result<> {
            return parkJob(c, jobsAfter(c, 0, false, 9)->at(1).job, u"forbidden"_s);
        }));
        QCOMPARE(run([](Connection &c) -> Result<> {
            const auto parked = jobCount(c, true);
            return parked && *parked == 1 ? Result<>() : failure(Error::Kind::Conflict, u"count"_s);
        }).has_value(),
            true);
        QVERIFY(run(
            [](Connection &c) { return connectPage(c, {u"7"_s}, u"Bakery"_s, "sealed", T + 1); }));
        for (const JobView &view : views())
            QVERIFY(!view.parked);
    }

private:
    static constexpr qint64 T = 1'790'000'000'000;

    Result<> run(const std::function<Result<>(Connection &)> &work)
    {
        std::promise<Result<>> done;
        m_ledger->submit([&work](Connection &c, Ledger::Touched &) { return work(c); },
            [&done](const Result<> &result) { done.set_value(result); });
        return done.get_future().get();
    }

    void add(JobKind kind, const QString &subject)
    {
        QVERIFY(run([&](Connection &c) { return addJob(c, kind, {u"7"_s}, subject, T); }));
    }

    QList<JobView> views()
    {
        QList<JobView> found;
        const auto read = run([&found](Connection &c) -> Result<> {
            const auto jobs = jobsAfter(c, 0, false, 100);
            if (!jobs)
                return failure(jobs.error());
            found = *jobs;
            return {};
        });
        return read ? found : QList<JobView>(9);
    }
    JobView only()
    {
        const auto all = views();
        return all.size() == 1 ? all.first() : JobView();
    }
    static JobView only(Connection &c) { return jobsAfter(c, 0, false, 100)->first(); }

    ManualClock m_clock{T};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Ledger> m_ledger;
};

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
