// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/jobrunner.h"

#include "app/relay/jobs/jobschedule.h"
#include "app/relay/ledger/jobattempts.h"
#include "models/base/logging.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

constexpr int ParallelJobs = 8;

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

// What becomes of a job whose try has ended.
struct Ending {
    AttemptOutcome outcome = AttemptOutcome::Done;
    qint64 dueAt = 0; // ms UTC, when it is not over
    QString reason;
};

Ending endingOf(const Job &job, const Result<qint64> &nextAt, qint64 now)
{
    if (nextAt)
        return {*nextAt > 0 ? AttemptOutcome::GoesOn : AttemptOutcome::Done, *nextAt, {}};
    QString reason = kindName(nextAt.error().kind);
    const qint64 pause = isWorthAnotherTry(nextAt.error()) ? retryPause(job.kind, job.tries) : 0;
    if (pause == 0)
        return {AttemptOutcome::Parked, 0, std::move(reason)};
    const qint64 asked = nextAt.error().retryAfter
        ? std::chrono::milliseconds(*nextAt.error().retryAfter).count()
        : 0;
    return {AttemptOutcome::AgainLater, now + std::max(pause, asked), std::move(reason)};
}

Result<> writeEnding(Connection &connection, const Job &job, const Ending &ending)
{
    switch (ending.outcome) {
    case AttemptOutcome::Done:
        return finishJob(connection, job);
    case AttemptOutcome::GoesOn:
        return continueJob(connection, job, ending.dueAt);
    case AttemptOutcome::AgainLater:
        return postponeJob(connection, job, ending.dueAt, ending.reason);
    case AttemptOutcome::Parked:
        break;
    }
    return parkJob(connection, job, ending.reason);
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
    handleLasting(kind, [this, handler](const Job &job) {
        return handler(job).andThen(this, [] { return Task<qint64>::finished(0); });
    });
}

void JobRunner::handleLasting(JobKind kind, const LastingHandler &handler)
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
        : Task<qint64>::finished(failure(Error::Kind::Rejected, QStringLiteral("unknown kind")));
    task.then(this, [this, job, startedAt = m_clock.now()](const Result<qint64> &nextAt) {
        ended(job, startedAt, nextAt);
    });
}

void JobRunner::ended(const Job &job, qint64 startedAt, const Result<qint64> &nextAt)
{
    const qint64 now = m_clock.now();
    const Ending ending = endingOf(job, nextAt, now);
    if (!nextAt) {
        qCInfo(logRelay) << "job" << job.id << qUtf8Printable(jobKindName(job.kind)) << "try"
                         << job.tries + 1 << ending.reason
                         << qUtf8Printable(attemptOutcomeName(ending.outcome));
    }
    m_ledger
        .write(
            [job, ending, startedAt, now](Connection &connection, Ledger::Touched &) -> Result<> {
                if (auto kept = recordAttempt(
                        connection, job, {startedAt, now, ending.outcome, ending.reason});
                    !kept)
                    return kept;
                return writeEnding(connection, job, ending);
            })
        .then(this, [this, id = job.id](const Result<> &) {
            m_running.remove(id);
            look();
        });
}

} // namespace Pagedesk::Relay
