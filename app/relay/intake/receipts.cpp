// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/receipts.h"

#include "app/relay/intake/messageevents.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/messages.h"

namespace Pagedesk::Relay {

namespace {

Result<> advance(IntakeContext &context, Message message, DeliveryState to, qint64 at)
{
    if (!canAdvance(message.state, to))
        return {};
    message.state = to;
    message.failure = FailureKind::None;
    if (message.deliveredAt == 0)
        message.deliveredAt = at;
    if (to == DeliveryState::Read)
        message.readAt = at;
    return saveChanged(context, message);
}

Result<> advanceNamed(IntakeContext &context, const WebhookEvent &event)
{
    for (const Mid &mid : event.mids) {
        const auto message = messageByMid(context.connection, event.pageId, mid);
        if (!message)
            return failure(message.error());
        if (!*message || (*message)->direction != Direction::Out)
            continue;
        if (auto done = advance(context, **message, DeliveryState::Delivered, event.timestamp);
            !done)
            return done;
    }
    return {};
}

} // namespace

Result<> projectReceipt(IntakeContext &context, const WebhookEvent &event)
{
    const auto id = conversationId(event.pageId, event.psid);
    const bool read = event.shape == EventKind::Read;
    const auto state = read ? DeliveryState::Read : DeliveryState::Delivered;
    const Watermarks marks{read ? 0 : event.watermark, read ? event.watermark : 0};
    if (auto raised = raiseWatermarks(context.connection, id, marks); !raised)
        return raised;
    if (auto named = advanceNamed(context, event); !named)
        return named;
    const auto messages = outgoingUpTo(context.connection, id, event.watermark, state);
    if (!messages)
        return failure(messages.error());
    const qint64 at = event.timestamp > 0 ? event.timestamp : event.watermark;
    for (const Message &message : *messages) {
        if (auto done = advance(context, message, state, at); !done)
            return done;
    }
    return {};
}

Result<> applyReceipts(Connection &connection, Message &message)
{
    if (message.state != DeliveryState::Sent && message.state != DeliveryState::Delivered)
        return {};
    const auto marks = watermarks(connection, message.conversationId);
    if (!marks)
        return failure(marks.error());
    if (message.sentAt <= marks->seenUpToAt) {
        message.state = DeliveryState::Read;
        message.readAt = marks->seenUpToAt;
        message.deliveredAt = message.deliveredAt > 0 ? message.deliveredAt : marks->seenUpToAt;
    } else if (message.sentAt <= marks->deliveredUpToAt && message.state == DeliveryState::Sent) {
        message.state = DeliveryState::Delivered;
        message.deliveredAt = marks->deliveredUpToAt;
    }
    return {};
}

} // namespace Pagedesk::Relay
