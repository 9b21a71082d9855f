// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/messageevents.h"

#include "app/relay/ledger/messages.h"

namespace Pagedesk::Relay {

namespace {

constexpr int MaxChanges = 200;

Result<QList<qint64>> linkedTo(Connection &connection, const MessageId &id)
{
    constexpr const char *Sql
        = "SELECT event_id FROM message_event WHERE message_id = ? ORDER BY event_id LIMIT ?";
    return connection.all(
        Sql, {id.value, MaxChanges}, [](const Row &row) { return row.integer(0); });
}

} // namespace

Result<> linkEvent(Connection &connection, const MessageId &id, qint64 event)
{
    constexpr const char *Sql = "INSERT INTO message_event (message_id, event_id) VALUES (?, ?) "
                                "ON CONFLICT (message_id, event_id) DO NOTHING";
    const auto linked = connection.exec(Sql, {id.value, event});
    if (!linked)
        return failure(linked.error());
    return {};
}

Result<QList<StoredEvent>> waitingEvents(Connection &connection, const MessageId &id)
{
    QList<StoredEvent> events;
    auto numbers = linkedTo(connection, id);
    if (!numbers)
        return failure(numbers.error());
    // Our own replies have an id that does not follow from their mid.
    const auto message = numbers->isEmpty() ? Result<std::optional<Message>>(std::nullopt)
                                            : messageById(connection, id);
    if (!message)
        return failure(message.error());
    if (*message && !(*message)->mid.isEmpty()) {
        const MessageId byMid = messageIdFor((*message)->pageId, (*message)->mid);
        if (byMid != id) {
            const auto more = linkedTo(connection, byMid);
            if (!more)
                return failure(more.error());
            numbers->append(*more);
        }
    }
    for (const qint64 number : std::as_const(*numbers)) {
        const auto event = eventById(connection, number);
        if (!event)
            return failure(event.error());
        if (*event)
            events.append(**event);
    }
    return events;
}

} // namespace Pagedesk::Relay
