// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/projector.h"

#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/events.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/messages.h"
#include "models/base/logging.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

// What every function here works with.
struct Context {
    Connection &connection;
    qint64 receivedAt;
    Ledger::Touched &touched;
};

Message messageOf(const WebhookEvent &event)
{
    const bool echo = event.kind == EventKind::MessageEcho;
    Message message;
    message.id = messageIdFor(event.pageId, event.mid);
    message.conversationId = conversationId(event.pageId, event.psid);
    message.pageId = event.pageId;
    message.mid = event.mid;
    message.direction = echo ? Direction::Out : Direction::In;
    message.author = echo ? Author::Elsewhere : Author::Contact;
    message.text = event.text;
    message.attachments = event.attachments;
    message.replyTo = event.replyTo;
    message.sentAt = event.timestamp;
    message.state = echo ? DeliveryState::Sent : DeliveryState::Received;
    return message;
}

bool isUnderstoodMessage(const WebhookEvent &event)
{
    return event.kind == EventKind::Message && event.state == EventState::Projected;
}

bool wantsMedia(const Message &message)
{
    return std::any_of(message.attachments.begin(), message.attachments.end(),
        [](const Attachment &a) { return a.state == AttachmentState::Pending; });
}

// True when it was not there yet. `event`: the one that brings it.
Result<bool> addMessage(Context &context, Message message, const Psid &psid, qint64 event)
{
    // Two numbers: one for the message, one for its conversation.
    const auto seq = takeSeqs(context.connection, message.pageId.value, 2);
    if (!seq)
        return failure(seq.error());
    message.seq = *seq;
    message.arrival = *seq;
    const auto inserted = insertMessage(context.connection, message, event);
    if (!inserted)
        return failure(inserted.error());
    if (!*inserted)
        return false;
    const auto wantsProfile = noteMessage(context.connection, message, psid, *seq + 1);
    if (!wantsProfile)
        return failure(wantsProfile.error());
    context.touched.stream(message.pageId.value);
    if (*wantsProfile) {
        context.touched.jobs = true;
        if (auto added = addJob(context.connection, JobKind::Profile, message.pageId,
                message.conversationId.value, context.receivedAt);
            !added)
            return failure(added.error());
    }
    if (wantsMedia(message)) {
        context.touched.jobs = true;
        if (auto added = addJob(context.connection, JobKind::Media, message.pageId,
                message.id.value, context.receivedAt);
            !added)
            return failure(added.error());
    }
    return true;
}

Result<> saveChanged(Context &context, const Message &message)
{
    if (auto updated = updateMessage(context.connection, message); !updated)
        return updated;
    context.touched.stream(message.pageId.value);
    return noteMessageChanged(context.connection, message);
}

// Our own reply comes back: the proof that Meta has it, whatever the send call answered.
Result<> settleByEcho(Context &context, Message message, const WebhookEvent &echo)
{
    const Message before = message;
    message.mid = echo.mid;
    message.sentAt = echo.timestamp;
    if (canAdvance(message.state, DeliveryState::Sent)) {
        message.state = DeliveryState::Sent;
        message.failure = FailureKind::None;
    }
    if (auto applied = applyReceipts(context.connection, message); !applied)
        return applied;
    context.touched.outbound = true;
    return message == before ? Result<>() : saveChanged(context, message);
}

Result<> projectEcho(Context &context, const WebhookEvent &event)
{
    if (!event.metadata.isEmpty()) {
        const auto ours = messageById(context.connection, {event.metadata});
        if (!ours)
            return failure(ours.error());
        if (*ours && (*ours)->pageId == event.pageId && (*ours)->direction == Direction::Out
            && (*ours)->author != Author::Elsewhere)
            return settleByEcho(context, **ours, event);
    }
    const auto byMid = ownMessageByMid(context.connection, event.pageId, event.mid);
    if (!byMid)
        return failure(byMid.error());
    if (*byMid)
        return settleByEcho(context, **byMid, event);
    Message elsewhere = messageOf(event);
    if (auto applied = applyReceipts(context.connection, elsewhere); !applied)
        return applied;
    // One that is there already is known from reading the conversation.
    if (const auto added = addMessage(context, elsewhere, event.psid, 0); !added)
        return failure(added.error());
    return {};
}

Result<> advance(Context &context, Message message, DeliveryState to, qint64 at)
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

Result<> advanceNamed(Context &context, const WebhookEvent &event)
{
    for (const Mid &mid : event.mids) {
        auto message = ownMessageByMid(context.connection, event.pageId, mid);
        if (message && !*message)
            message = messageById(context.connection, messageIdFor(event.pageId, mid));
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

Result<> projectReceipt(Context &context, const WebhookEvent &event)
{
    const auto id = conversationId(event.pageId, event.psid);
    const bool read = event.kind == EventKind::Read;
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

Result<> project(Context &context, const WebhookEvent &event)
{
    switch (event.kind) {
    case EventKind::Message:
        return {}; // keepAndAddMessage() takes those that are understood
    case EventKind::MessageEcho:
        return event.state == EventState::Projected ? projectEcho(context, event) : Result<>();
    case EventKind::Delivery:
    case EventKind::Read:
        return event.state == EventState::Projected ? projectReceipt(context, event) : Result<>();
    default:
        // Not shown yet, but some of them open the reply window.
        if (!event.opensWindow || event.kind == EventKind::Standby)
            return {};
        context.touched.stream(event.pageId.value);
        return noteCustomerAction(context.connection, event.pageId,
            conversationId(event.pageId, event.psid), event.timestamp);
    }
}

// A customer's message. Its own id tells whether it has come before.
Result<bool> keepAndAddMessage(Context &context, const Intake::Item &item)
{
    const auto number = keepMessageEvent(context.connection, item.event, context.receivedAt);
    if (!number)
        return failure(number.error());
    auto fresh = addMessage(context, item.message, item.event.psid, *number);
    if (fresh && !*fresh)
        fresh = noteEventOf(context.connection, item.message.id, *number);
    if (fresh && !*fresh) {
        if (auto marked = markDuplicate(context.connection, *number); !marked)
            return failure(marked.error());
    }
    return fresh;
}

Result<bool> keepAndProject(Context &context, const Intake::Item &item)
{
    const WebhookEvent &event = item.event;
    if (isUnderstoodMessage(event))
        return keepAndAddMessage(context, item);
    const auto fresh = keepEvent(context.connection, event, context.receivedAt);
    if (!fresh || !*fresh)
        return fresh;
    if (auto done = project(context, event); !done)
        return failure(done.error());
    return true;
}

Result<bool> keepAndProjectAlone(Context &context, const Intake::Item &item)
{
    if (const auto begun = context.connection.setPoint(); !begun)
        return failure(begun.error());
    auto fresh = keepAndProject(context, item);
    if (!fresh && fresh.error().retryAfter)
        return fresh; // not the item's fault: it must not be put aside for it
    if (!fresh) {
        if (const auto undone = context.connection.rollBackToPoint(); !undone)
            return failure(undone.error());
        qCWarning(logIntake) << "an event could not be projected:" << fresh.error().detail;
        WebhookEvent raw = item.event;
        raw.state = EventState::Unsupported;
        raw.reason = QStringLiteral("could not be projected: %1").arg(fresh.error().detail);
        fresh = keepEvent(context.connection, raw, context.receivedAt);
    }
    if (const auto released = context.connection.releasePoint(); !released)
        return failure(released.error());
    return fresh;
}

} // namespace

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

Intake::Intake(QList<WebhookEvent> events, qint64 receivedAt)
    : m_receivedAt(receivedAt)
{
    m_items.reserve(static_cast<size_t>(events.size()));
    for (WebhookEvent &event : events) {
        Message message = isUnderstoodMessage(event) ? messageOf(event) : Message();
        m_items.push_back({std::move(event), std::move(message)});
    }
}

Result<Projection> projectEvents(
    Connection &connection, const Intake &intake, Care care, Ledger::Touched &touched)
{
    Projection projection;
    Context context{connection, intake.receivedAt(), touched};
    for (const Intake::Item &item : intake.items()) {
        const auto fresh = care == Care::Fast ? keepAndProject(context, item)
                                              : keepAndProjectAlone(context, item);
        if (!fresh)
            return failure(fresh.error());
        ++(*fresh ? projection.fresh : projection.duplicates);
    }
    return projection;
}

} // namespace Pagedesk::Relay
