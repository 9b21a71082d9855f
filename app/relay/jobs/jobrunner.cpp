// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/jobrunner.h"

#include "models/base/logging.h"

#include <algorithm>
#include <array>

namespace Pagedesk::Relay {

namespace {

constexpr int ParallelJobs = 8;
// Pauses before the second, third, … try; after the last one a job is parked.
constexpr std::array<qint64, 7> PausesMs{
    2'000, 10'000, 60'000, 300'000, 1'800'000, 7'200'000, 21'600'000};

bool isWorthAnotherTry(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Offline:
    case Error::Kind::Timeout:
    case Error::Kind::Protocol:
    case Error::Kind::Unauthorized:
    case Error::Kind::Storage:
    case Error::Kind::Cancelled:
        return true;
    default:
        return false;
    }
}

} // namespace

JobRunner::JobRunner(Ledger &ledger, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_clock(clock)
{
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &JobRunner::look);
    connect(&m_ledger, &Ledger::touched, this, [this](const Ledger::Touched &touched) {
        if (touched.jobs)
            look();
    });
}

void JobRunner::handle(JobKind kind, const Handler &handler)
{
    m_handlers.insert(kind, handler);
}

void JobRunner::start()
{
    look();
}

void JobRunner::stop()
{
    m_stopped = true;
    m_wake.stop();
}

void JobRunner::look()
{
    if (m_stopped || m_running.size() >= ParallelJobs)
        return;
    if (m_looking) {
        m_lookAgain = true;
        return;
    }
    m_looking = true;
    struct Found {
        QList<Job> due;
        qint64 nextAt = 0;
    };
    m_ledger.database()
        .read<Found>([now = m_clock.now()](Connection &connection) -> Result<Found> {
            const auto due = dueJobs(connection, now, 2 * ParallelJobs);
            if (!due)
                return failure(due.error());
            const auto nextAt = nextJobAt(connection);
            if (!nextAt)
                return failure(nextAt.error());
            return Found{*due, *nextAt};
        })
        .then(this, [this](const Result<Found> &found) {
            m_looking = false;
            if (!found) {
                qCWarning(logRelay) << "cannot read jobs:" << found.error().detail;
                m_wake.start(5000);
                return;
            }
            for (const Job &job : found->due) {
                if (m_running.size() < ParallelJobs && !m_running.contains(job.id))
                    run(job);
            }
            const qint64 wait = found->nextAt - m_clock.now();
            if (found->nextAt > 0 && wait > 0)
                m_wake.start(static_cast<int>(std::min<qint64>(wait + 1, 3'600'000)));
            if (std::exchange(m_lookAgain, false))
                look();
        });
}

void JobRunner::run(const Job &job)
{
    m_running.insert(job.id);
    const auto handler = m_handlers.value(job.kind);
    auto task = handler
        ? handler(job)
        : Task<>::finished(failure(Error::Kind::Rejected, QStringLiteral("unknown kind")));
    task.then(this, [this, job](const Result<> &done) { ended(job, done); });
}

void JobRunner::ended(const Job &job, const Result<> &done)
{
    const bool again = !done && isWorthAnotherTry(done.error())
        && static_cast<size_t>(job.tries) < PausesMs.size();
    const qint64 dueAt = again ? m_clock.now() + PausesMs[static_cast<size_t>(job.tries)] : 0;
    const QString reason = done ? QString() : kindName(done.error().kind);
    if (!done) {
        qCInfo(logRelay) << "job" << job.id << "kind" << static_cast<int>(job.kind) << "try"
                         << job.tries + 1 << reason << (again ? "again later" : "parked");
    }
    m_ledger
        .write([job, again, dueAt, reason](Connection &connection, Ledger::Touched &) {
            if (reason.isEmpty())
                return finishJob(connection, job.id);
            return again ? postponeJob(connection, job, dueAt, reason)
                         : parkJob(connection, job, reason);
        })
        .then(this, [this, id = job.id](const Result<> &) {
            m_running.remove(id);
            look();
        });
}

} // namespace Pagedesk::Relay
