// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/eventcounts.h"

#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/people.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

constexpr qint64 Minute = 60'000;

QString countedSetting()
{
    return QStringLiteral("events_counted");
}

} // namespace

Result<qint64> countedEvents(Connection &connection)
{
    const auto counted = setting(connection, countedSetting());
    if (!counted)
        return failure(counted.error());
    return counted->toLongLong();
}

Result<QList<EventCount>> countEvents(Connection &connection, qint64 after)
{
    constexpr const char *Sql = "SELECT page_id, sum(duplicate), max(received_at), max(id) "
                                "FROM event WHERE id > ? GROUP BY page_id";
    return connection.all(Sql, {after}, [](const Row &row) {
        return EventCount{{row.text(0)}, row.integer(1), row.integer(2), row.integer(3)};
    });
}

Result<> noteCounts(Connection &connection, qint64 base, const QList<EventCount> &counts,
    const QHash<QString, int> &delayed, Ledger::Touched &touched)
{
    const auto counted = countedEvents(connection);
    if (!counted)
        return failure(counted.error());
    const bool add = *counted == base;
    const auto pages = allPages(connection);
    if (!pages)
        return failure(pages.error());
    for (const Page &page : *pages) {
        const auto count = std::find_if(counts.begin(), counts.end(),
            [&page](const EventCount &each) { return each.page == page.id; });
        const int waiting = delayed.value(page.id.value);
        const auto changed = changeHealth(connection, page.id, [&](PageHealth &health) {
            health.delayed = waiting;
            if (add && count != counts.end()) {
                health.suppressed += count->repeated;
                health.lastEventAt = std::max(health.lastEventAt, count->lastAt / Minute * Minute);
            }
        });
        if (!changed)
            return changed;
        touched.stream(page.id.value);
    }
    qint64 last = base;
    for (const EventCount &count : counts)
        last = std::max(last, count.lastNumber);
    if (!add || last == base)
        return {};
    return setSetting(connection, countedSetting(), QString::number(last));
}

} // namespace Pagedesk::Relay
