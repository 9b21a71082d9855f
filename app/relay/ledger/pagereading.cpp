// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/pagereading.h"

#include "app/relay/ledger/jobs.h"

namespace Pagedesk::Relay {

namespace {

Result<> done(const Result<qint64> &changed)
{
    if (!changed)
        return failure(changed.error());
    return {};
}

} // namespace

Result<PageReading> readingOf(Connection &connection, const PageId &page)
{
    constexpr const char *Sql
        = "SELECT history_cursor, history_begun_at, history_done_at, oldest_meta_at, "
          "holes_until_meta_at, compared_meta_at, check_cursor, check_until_meta_at "
          "FROM page_reading WHERE page_id = ?";
    const auto found = connection.one(Sql, {page.value}, [](const Row &row) {
        return PageReading{row.text(0), row.integer(1), row.integer(2), row.integer(3),
            row.integer(4), row.integer(5), row.text(6), row.integer(7)};
    });
    if (!found)
        return failure(found.error());
    return found->value_or(PageReading{});
}

Result<> saveReading(Connection &connection, const PageId &page, const PageReading &r)
{
    constexpr const char *Sql
        = "INSERT INTO page_reading (page_id, history_cursor, history_begun_at, history_done_at, "
          "oldest_meta_at, holes_until_meta_at, compared_meta_at, check_cursor, "
          "check_until_meta_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
          "ON CONFLICT (page_id) DO UPDATE SET history_cursor = excluded.history_cursor, "
          "history_begun_at = excluded.history_begun_at, "
          "history_done_at = excluded.history_done_at, oldest_meta_at = excluded.oldest_meta_at, "
          "holes_until_meta_at = excluded.holes_until_meta_at, "
          "compared_meta_at = excluded.compared_meta_at, check_cursor = excluded.check_cursor, "
          "check_until_meta_at = excluded.check_until_meta_at";
    return done(connection.exec(Sql,
        {page.value, r.historyCursor, r.historyBegunAt, r.historyDoneAt, r.oldestMetaAt,
            r.holesUntilMetaAt, r.comparedMetaAt, r.checkCursor, r.checkUntilMetaAt}));
}

Result<> wakePageJobs(Connection &connection, const PageId &page, qint64 now)
{
    // Webhooks are ordered first, so that nothing falls between them and what is read.
    constexpr qint64 AfterwardsMs = 2000;
    auto woken = wakeJob(connection, JobKind::Subscription, page, page.value, now);
    for (const JobKind kind : {JobKind::History, JobKind::Check}) {
        if (woken)
            woken = wakeJob(connection, kind, page, page.value, now + AfterwardsMs);
    }
    return woken;
}

Result<qint64> connectedAt(Connection &connection, const PageId &page)
{
    constexpr const char *Sql = "SELECT connected_at FROM page WHERE id = ?";
    const auto at
        = connection.one(Sql, {page.value}, [](const Row &row) { return row.integer(0); });
    if (!at)
        return failure(at.error());
    return at->value_or(0);
}

Result<> noteGap(Connection &connection, const PageId &page, const MessageGap &gap, qint64 now)
{
    constexpr const char *Sql
        = "INSERT INTO message_gap (conversation_id, until_at, since_at, page_id, found_at) "
          "VALUES (?, ?, ?, ?, ?) ON CONFLICT (conversation_id, until_at) DO NOTHING";
    return done(connection.exec(
        Sql, {gap.conversationId.value, gap.untilAt, gap.sinceAt, page.value, now}));
}

Result<int> gapCount(Connection &connection, const PageId &page)
{
    constexpr const char *Sql = "SELECT count(*) FROM message_gap WHERE page_id = ?";
    const auto count
        = connection.one(Sql, {page.value}, [](const Row &row) { return row.number(0); });
    if (!count)
        return failure(count.error());
    return count->value_or(0);
}

} // namespace Pagedesk::Relay
