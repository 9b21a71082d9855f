// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/dispatch/replies.h"

#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/messages.h"

#include <functional>

namespace Pagedesk::Relay {

namespace {

// A desktop hands over the parts of a reply one after the other.
constexpr qint64 MissingPartMs = 60'000;
// Parts are written together; one that was sent has Meta's time.
constexpr qint64 DayMs = 24 * 3'600'000LL;

Result<QList<Message>> siblings(Connection &connection, const Message &part)
{
    return partsOf(connection, part.conversationId, part.details.group, part.sentAt - DayMs);
}

bool hasLeft(const Message &message)
{
    return message.state == DeliveryState::Sent || message.state == DeliveryState::Delivered
        || message.state == DeliveryState::Read;
}

Result<> failQueued(Connection &connection, const QList<Message> &parts, FailureKind why,
    const std::function<bool(const Message &)> &which, Ledger::Touched &touched)
{
    for (Message each : parts) {
        if (each.state != DeliveryState::Queued || !which(each))
            continue;
        each.state = DeliveryState::Failed;
        each.failure = why;
        if (auto saved = saveReply(connection, each, touched); !saved)
            return saved;
    }
    return {};
}

} // namespace

Result<> saveReply(Connection &connection, const Message &message, Ledger::Touched &touched)
{
    if (auto updated = updateMessage(connection, message); !updated)
        return updated;
    touched.stream(message.pageId.value);
    touched.outbound = true;
    return noteMessageChanged(connection, message);
}

Result<Turn> turnOf(Connection &connection, const Message &part, qint64 now)
{
    const int place = part.details.part;
    if (part.details.group.isEmpty() || place == 0)
        return Turn::Now;
    const auto parts = siblings(connection, part);
    if (!parts)
        return failure(parts.error());
    int next = 0; // the first place that is not known to have left
    for (const Message &each : *parts) {
        if (each.details.part >= place)
            break;
        if (each.state == DeliveryState::Failed)
            return Turn::Never;
        if (!hasLeft(each))
            return Turn::Later;
        if (each.details.part == next)
            ++next;
    }
    if (next == place)
        return Turn::Now;
    return now - part.sentAt < MissingPartMs ? Turn::Later : Turn::Never;
}

Result<qint64> partBeforeLeftAt(Connection &connection, const Message &part)
{
    if (part.details.group.isEmpty() || part.details.part == 0)
        return 0;
    const auto parts = siblings(connection, part);
    if (!parts)
        return failure(parts.error());
    for (const Message &each : *parts) {
        if (each.details.part != part.details.part - 1)
            continue;
        const auto before = outboundById(connection, each.id);
        if (!before)
            return failure(before.error());
        return *before ? (*before)->attemptEndedAt : 0;
    }
    return 0;
}

Result<> failLaterParts(Connection &connection, const Message &part, Ledger::Touched &touched)
{
    if (part.details.group.isEmpty())
        return {};
    const auto parts = siblings(connection, part);
    if (!parts)
        return failure(parts.error());
    const auto isBehind
        = [&part](const Message &each) { return each.details.part > part.details.part; };
    return failQueued(connection, *parts, FailureKind::EarlierPart, isBehind, touched);
}

Result<> cancelReply(Connection &connection, const Message &message, Ledger::Touched &touched)
{
    if (message.details.group.isEmpty())
        return failQueued(
            connection, {message}, FailureKind::Cancelled, [](const Message &) { return true; },
            touched);
    const auto parts = siblings(connection, message);
    if (!parts)
        return failure(parts.error());
    return failQueued(
        connection, *parts, FailureKind::Cancelled, [](const Message &) { return true; }, touched);
}

} // namespace Pagedesk::Relay
