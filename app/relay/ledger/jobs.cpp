// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/jobs.h"

#include "models/domain/names.h"

namespace Pagedesk::Relay {

namespace {

constexpr NameTable<JobKind, 10> KindNames{{
    {JobKind::Profile, "profile"},
    {JobKind::Media, "media"},
    {JobKind::Thumbnail, "thumbnail"},
    {JobKind::History, "history"},
    {JobKind::Check, "check"},
    {JobKind::Subscription, "subscription"},
    {JobKind::Inspection, "inspection"},
    {JobKind::Match, "match"},
    {JobKind::Wake, "wake"},
    {JobKind::TakeThread, "take_thread"},
}};

Result<> done(const Result<qint64> &changed)
{
    if (!changed)
        return failure(changed.error());
    return {};
}

Result<qint64> number(const Result<std::optional<qint64>> &found)
{
    if (!found)
        return failure(found.error());
    return found->value_or(0);
}

qint64 firstInteger(const Row &row)
{
    return row.integer(0);
}

} // namespace

QString jobKindName(JobKind kind)
{
    const QString name = nameOf(KindNames, kind);
    return name.isEmpty() ? QStringLiteral("job %1").arg(static_cast<int>(kind)) : name;
}

Result<> addJob(
    Connection &connection, JobKind kind, const PageId &page, const QString &subject, qint64 dueAt)
{
    constexpr const char *Sql
        = "INSERT INTO job (kind, page_id, subject, due_at, tries, parked, last_error) "
          "VALUES (?, ?, ?, ?, 0, 0, '') ON CONFLICT (kind, subject) DO NOTHING";
    return done(connection.exec(Sql, {static_cast<int>(kind), page.value, subject, dueAt}));
}

Result<> wakeJob(
    Connection &connection, JobKind kind, const PageId &page, const QString &subject, qint64 dueAt)
{
    constexpr const char *Sql
        = "INSERT INTO job (kind, page_id, subject, due_at, tries, parked, last_error) "
          "VALUES (?, ?, ?, ?, 0, 0, '') ON CONFLICT (kind, subject) DO UPDATE SET "
          "due_at = excluded.due_at, tries = 0, parked = 0";
    return done(connection.exec(Sql, {static_cast<int>(kind), page.value, subject, dueAt}));
}

Result<QList<Job>> dueJobs(Connection &connection, qint64 now, int limit)
{
    constexpr const char *Sql = "SELECT id, kind, page_id, subject, tries, due_at FROM job "
                                "WHERE parked = 0 AND due_at <= ? ORDER BY due_at LIMIT ?";
    return connection.all(Sql, {now, limit}, [](const Row &row) {
        return Job{row.integer(0), static_cast<JobKind>(row.number(1)), {row.text(2)}, row.text(3),
            row.number(4), row.integer(5)};
    });
}

Result<qint64> nextJobAt(Connection &connection)
{
    constexpr const char *Sql = "SELECT due_at FROM job WHERE parked = 0 ORDER BY due_at LIMIT 1";
    return number(connection.one(Sql, {}, firstInteger));
}

Result<> finishJob(Connection &connection, const Job &job)
{
    constexpr const char *Sql = "DELETE FROM job WHERE id = ? AND due_at = ?";
    return done(connection.exec(Sql, {job.id, job.dueAt}));
}

Result<> postponeJob(Connection &connection, const Job &job, qint64 dueAt, const QString &reason)
{
    constexpr const char *Sql
        = "UPDATE job SET due_at = ?, tries = ?, last_error = ? WHERE id = ? AND due_at = ?";
    return done(connection.exec(Sql, {dueAt, job.tries + 1, reason, job.id, job.dueAt}));
}

Result<> continueJob(Connection &connection, const Job &job, qint64 dueAt)
{
    constexpr const char *Sql
        = "UPDATE job SET due_at = ?, tries = 0, last_error = '' WHERE id = ? AND due_at = ?";
    return done(connection.exec(Sql, {dueAt, job.id, job.dueAt}));
}

Result<> parkJob(Connection &connection, const Job &job, const QString &reason)
{
    constexpr const char *Sql
        = "UPDATE job SET parked = 1, tries = ?, last_error = ? WHERE id = ? AND due_at = ?";
    return done(connection.exec(Sql, {job.tries + 1, reason, job.id, job.dueAt}));
}

Result<bool> retryJob(Connection &connection, qint64 id, qint64 now)
{
    constexpr const char *Sql = "UPDATE job SET due_at = ?, tries = 0, parked = 0 WHERE id = ?";
    const auto changed = connection.exec(Sql, {now, id});
    if (!changed)
        return failure(changed.error());
    return *changed == 1;
}

Result<qint64> jobCount(Connection &connection, bool parked)
{
    constexpr const char *Sql = "SELECT count(*) FROM job WHERE parked = ?";
    return number(connection.one(Sql, {parked ? 1 : 0}, firstInteger));
}

} // namespace Pagedesk::Relay
