// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/events.h"

namespace Pagedesk::Relay {

namespace {

constexpr qsizetype DedupKeyValue = 5;

ValueList eventValues(const WebhookEvent &event, qint64 receivedAt)
{
    return {receivedAt, event.pageId.value, static_cast<int>(event.kind),
        static_cast<int>(event.state), event.reason, event.dedupKey, event.raw};
}

constexpr const char *InsertNew
    = "INSERT INTO event (received_at, page_id, kind, state, reason, dedup_key, item, duplicate) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, 0) "
      "ON CONFLICT (dedup_key) WHERE duplicate = 0 AND dedup_key <> x'' DO NOTHING";

StoredEvent storedFrom(const Row &row)
{
    return {row.integer(0), row.integer(1), row.text(2), static_cast<EventKind>(row.number(3)),
        row.flag(4), static_cast<EventState>(row.number(5)), row.text(6), row.bytes(7)};
}

} // namespace

Result<KeptEvent> keepEvent(Connection &connection, const WebhookEvent &event, qint64 receivedAt)
{
    constexpr const char *InsertDuplicate = "INSERT INTO event (received_at, page_id, kind, state, "
                                            "reason, dedup_key, item, duplicate) "
                                            "VALUES (?, ?, ?, ?, ?, ?, ?, 1)";
    const auto values = eventValues(event, receivedAt);
    const auto inserted = connection.exec(InsertNew, values);
    if (!inserted)
        return failure(inserted.error());
    if (*inserted == 1)
        return KeptEvent{connection.lastInsertId(), true};
    const auto repeated = connection.exec(InsertDuplicate, values);
    if (!repeated)
        return failure(repeated.error());
    return KeptEvent{connection.lastInsertId(), false};
}

Result<qint64> keepMessageEvent(
    Connection &connection, const WebhookEvent &event, qint64 receivedAt)
{
    // Without a key it is in no index: this is the busiest way, and an index whose order is random
    // costs a page of the log for each event.
    auto values = eventValues(event, receivedAt);
    values[DedupKeyValue] = QByteArray();
    if (const auto inserted = connection.exec(InsertNew, values); !inserted)
        return failure(inserted.error());
    return connection.lastInsertId();
}

Result<> markDuplicate(Connection &connection, qint64 event)
{
    constexpr const char *Sql = "UPDATE event SET duplicate = 1 WHERE id = ?";
    if (const auto marked = connection.exec(Sql, {event}); !marked)
        return failure(marked.error());
    return {};
}

Result<std::optional<StoredEvent>> eventById(Connection &connection, qint64 number)
{
    constexpr const char *Sql = "SELECT id, received_at, page_id, kind, duplicate, state, reason, "
                                "item FROM event WHERE id = ?";
    return connection.one(Sql, {number}, storedFrom);
}

Result<QList<StoredEvent>> eventsAfter(
    Connection &connection, qint64 afterId, const QString &pageId, int limit)
{
    constexpr const char *OfAll
        = "SELECT id, received_at, page_id, kind, duplicate, state, reason, item "
          "FROM event WHERE id > ? ORDER BY id LIMIT ?";
    constexpr const char *OfPage
        = "SELECT id, received_at, page_id, kind, duplicate, state, reason, item "
          "FROM event WHERE id > ? AND page_id = ? ORDER BY id LIMIT ?";
    return pageId.isEmpty() ? connection.all(OfAll, {afterId, limit}, storedFrom)
                            : connection.all(OfPage, {afterId, pageId, limit}, storedFrom);
}

} // namespace Pagedesk::Relay
