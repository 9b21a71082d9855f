// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/jobattempts.h"

#include "models/domain/names.h"

namespace Pagedesk::Relay {

namespace {

constexpr int KeptOfAJob = 20;
constexpr qint64 KeptMs = 30LL * 86'400'000;

constexpr NameTable<AttemptOutcome, 4> OutcomeNames{{
    {AttemptOutcome::Done, "done"},
    {AttemptOutcome::GoesOn, "goes_on"},
    {AttemptOutcome::AgainLater, "again_later"},
    {AttemptOutcome::Parked, "parked"},
}};

Result<QList<JobAttempt>> attemptsOf(Connection &connection, const Job &job)
{
    constexpr const char *Sql = "SELECT started_at, ended_at, outcome, reason FROM job_attempt "
                                "WHERE kind = ? AND subject = ? ORDER BY id";
    return connection.all(Sql, {static_cast<int>(job.kind), job.subject}, [](const Row &row) {
        return JobAttempt{row.integer(0), row.integer(1),
            fromNumber(OutcomeNames, row.integer(2)).value_or(AttemptOutcome::AgainLater),
            row.text(3)};
    });
}

} // namespace

QString attemptOutcomeName(AttemptOutcome outcome)
{
    return nameOf(OutcomeNames, outcome);
}

Result<> recordAttempt(Connection &connection, const Job &job, const JobAttempt &attempt)
{
    constexpr const char *Insert
        = "INSERT INTO job_attempt (job_id, kind, subject, started_at, ended_at, outcome, reason) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)";
    constexpr const char *KeepNewest
        = "DELETE FROM job_attempt WHERE kind = ? AND subject = ? AND id <= (SELECT id FROM "
          "job_attempt WHERE kind = ? AND subject = ? ORDER BY id DESC LIMIT 1 OFFSET ?)";
    constexpr const char *Forget = "DELETE FROM job_attempt WHERE ended_at < ?";
    const int kind = static_cast<int>(job.kind);
    auto changed = connection.exec(Insert,
        {job.id, kind, job.subject, attempt.startedAt, attempt.endedAt,
            static_cast<int>(attempt.outcome), attempt.reason});
    if (changed)
        changed = connection.exec(KeepNewest, {kind, job.subject, kind, job.subject, KeptOfAJob});
    if (changed)
        changed = connection.exec(Forget, {attempt.endedAt - KeptMs});
    if (!changed)
        return failure(changed.error());
    return {};
}

Result<QList<JobView>> jobsAfter(Connection &connection, qint64 afterId, bool onlyParked, int limit)
{
    constexpr const char *Sql
        = "SELECT id, kind, page_id, subject, tries, due_at, parked, last_error FROM job "
          "WHERE id > ? AND parked >= ? ORDER BY id LIMIT ?";
    auto jobs = connection.all(Sql, {afterId, onlyParked ? 1 : 0, limit}, [](const Row &row) {
        return JobView{{row.integer(0), static_cast<JobKind>(row.number(1)), {row.text(2)},
                           row.text(3), row.number(4), row.integer(5)},
            row.integer(5), row.flag(6), row.text(7), {}};
    });
    if (!jobs)
        return jobs;
    for (JobView &view : *jobs) {
        const auto attempts = attemptsOf(connection, view.job);
        if (!attempts)
            return failure(attempts.error());
        view.attempts = *attempts;
    }
    return jobs;
}

} // namespace Pagedesk::Relay
