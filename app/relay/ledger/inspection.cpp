// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/inspection.h"

#include "app/relay/ledger/messages.h"
#include "models/messenger/grapherror.h"
#include "models/messenger/webhook.h"

#include <utility>

namespace Pagedesk::Relay {

namespace {

constexpr int MaxRows = 50;
constexpr qsizetype MaxRawCharacters = Wire::MaxFrameBytes / 4; // JSON escapes may double them

QString outcomeName(qint64 number)
{
    switch (static_cast<SendVerdict::Outcome>(number)) {
    case SendVerdict::Outcome::Sent:
        return QStringLiteral("sent");
    case SendVerdict::Outcome::NotSent:
        return QStringLiteral("not_sent");
    case SendVerdict::Outcome::Failed:
        return QStringLiteral("failed");
    case SendVerdict::Outcome::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

Result<QList<Wire::InspectedEvent>> eventsOf(Connection &connection, const Message &message)
{
    // Changes that came by the mid stand under the id that follows from it.
    constexpr const char *Sql
        = "SELECT id, received_at, kind, duplicate, item FROM event WHERE id IN "
          "(SELECT event_id FROM message WHERE id = ? UNION "
          "SELECT event_id FROM message_event WHERE message_id = ? OR message_id = ?) "
          "ORDER BY id LIMIT ?";
    auto events = connection.all(Sql,
        {message.id.value, message.id.value, messageIdFor(message.pageId, message.mid).value,
            MaxRows},
        [](const Row &row) {
            return Wire::InspectedEvent{row.integer(0), row.integer(1),
                eventKindName(static_cast<EventKind>(row.number(2))), row.flag(3),
                QString::fromUtf8(row.bytes(4))};
        });
    if (!events)
        return events;
    qsizetype room = MaxRawCharacters;
    for (Wire::InspectedEvent &event : *events) {
        event.raw.truncate(room);
        room -= event.raw.size();
    }
    return events;
}

Result<QList<Wire::InspectedAttempt>> attemptsOf(Connection &connection, const MessageId &id)
{
    constexpr const char *Sql
        = "SELECT started_at, ended_at, outcome, http_status, code, subcode, "
          "trace_id FROM send_attempt WHERE message_id = ? ORDER BY id LIMIT ?";
    return connection.all(Sql, {id.value, MaxRows}, [](const Row &row) {
        return Wire::InspectedAttempt{row.integer(0), row.integer(1), outcomeName(row.integer(2)),
            row.number(3), row.number(4), row.number(5), row.text(6)};
    });
}

} // namespace

Result<Wire::Inspection> readInspection(Connection &connection, const Wire::InspectRequest &request)
{
    Wire::Inspection inspection;
    inspection.requestId = request.id;
    const auto message = messageById(connection, request.messageId);
    if (!message)
        return failure(message.error());
    if (!*message)
        return inspection;
    const auto events = eventsOf(connection, **message);
    if (!events)
        return failure(events.error());
    const auto attempts = attemptsOf(connection, request.messageId);
    if (!attempts)
        return failure(attempts.error());
    inspection.message = **message;
    inspection.events = *events;
    inspection.attempts = *attempts;
    if (!events->isEmpty())
        inspection.storedAt = events->constFirst().receivedAt;
    return inspection;
}

} // namespace Pagedesk::Relay
