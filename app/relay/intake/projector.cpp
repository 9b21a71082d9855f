// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/projector.h"

#include "app/relay/intake/changeevents.h"
#include "app/relay/intake/messageevents.h"
#include "app/relay/intake/receipts.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/events.h"
#include "app/relay/ledger/messages.h"
#include "app/relay/ledger/pages.h"
#include "models/base/logging.h"

namespace Pagedesk::Relay {

namespace {

bool isUnderstoodMessage(const WebhookEvent &event)
{
    return event.kind == EventKind::Message && event.state == EventState::Projected
        && !event.deleted && event.details.notice == Notice::None;
}

// Meta's word on the Page as a whole: a warning, a block or the end of it.
Result<> projectPolicy(IntakeContext &context, const WebhookEvent &event)
{
    if (event.action.isEmpty() && event.text.isEmpty())
        return {};
    context.touched.stream(event.pageId.value);
    return changeHealth(context.connection, event.pageId, [&event](PageHealth &health) {
        if (event.timestamp < health.policyAt)
            return; // a later word is known
        const bool over = event.action == u"unblock";
        health.policyAction = over ? QString() : event.action;
        health.policyReason = over ? QString() : event.text;
        health.policyAt = event.timestamp;
    });
}

Result<> projectMessage(IntakeContext &context, const WebhookEvent &event)
{
    if (event.deleted)
        return projectChange(context, event);
    if (event.details.notice != Notice::None)
        return projectNotice(context, event);
    if (event.shape == EventKind::MessageEcho)
        return projectEcho(context, event);
    const auto added = addMessage(context, messageOf(event), event.psid, context.event);
    if (!added)
        return failure(added.error());
    return {};
}

Result<> projectUnderstood(IntakeContext &context, const WebhookEvent &event)
{
    switch (event.shape) {
    case EventKind::Message:
    case EventKind::MessageEcho:
        return projectMessage(context, event);
    case EventKind::MessageEdit:
    case EventKind::Reaction:
        return projectChange(context, event);
    case EventKind::Delivery:
    case EventKind::Read:
        return projectReceipt(context, event);
    case EventKind::PolicyEnforcement:
    case EventKind::Integrity:
        return projectPolicy(context, event);
    default:
        return projectNotice(context, event);
    }
}

// Of a kind we do not know, in a conversation we do know: a line says that there is something.
bool isWorthALine(const WebhookEvent &event)
{
    return event.state == EventState::Unsupported && event.details.notice == Notice::Unsupported
        && !event.psid.isEmpty() && !event.pageId.isEmpty() && event.timestamp > 0
        && event.psid.value != event.pageId.value;
}

Result<> project(IntakeContext &context, const WebhookEvent &event)
{
    if (event.state == EventState::Projected) {
        if (auto done = projectUnderstood(context, event); !done)
            return done;
        return noteOwner(context, event);
    }
    if (!isWorthALine(event))
        return {};
    const auto known
        = conversationById(context.connection, conversationId(event.pageId, event.psid));
    if (!known)
        return failure(known.error());
    return *known ? projectNotice(context, event) : Result<>();
}

// A customer's message. Its own id tells whether it has come before.
Result<bool> keepAndAddMessage(IntakeContext &context, const Intake::Item &item)
{
    const auto number = keepMessageEvent(context.connection, item.event, context.receivedAt);
    if (!number)
        return failure(number.error());
    context.event = *number;
    auto fresh = addMessage(context, *item.message, item.event.psid, *number);
    if (fresh && !*fresh)
        fresh = noteEventOf(context.connection, item.message->id, *number);
    if (fresh && !*fresh) {
        if (auto marked = markDuplicate(context.connection, *number); !marked)
            return failure(marked.error());
    }
    return fresh;
}

Result<bool> keepAndProject(IntakeContext &context, const Intake::Item &item)
{
    const WebhookEvent &event = item.event;
    if (item.message)
        return keepAndAddMessage(context, item);
    const auto kept = keepEvent(context.connection, event, context.receivedAt);
    if (!kept)
        return failure(kept.error());
    if (!kept->fresh)
        return false;
    context.event = kept->number;
    if (auto done = project(context, event); !done)
        return failure(done.error());
    return true;
}

Result<bool> keepAndProjectAlone(IntakeContext &context, const Intake::Item &item)
{
    if (const auto begun = context.connection.setPoint(); !begun)
        return failure(begun.error());
    auto fresh = keepAndProject(context, item);
    if (fresh) {
        if (const auto written = context.connection.writePostponed(); !written)
            fresh = failure(written.error());
    }
    if (!fresh) {
        if (const auto undone = context.connection.rollBackToPoint(); !undone)
            return failure(undone.error());
        qCWarning(logIntake) << "an event could not be projected:" << fresh.error().detail;
        WebhookEvent raw = item.event;
        raw.state = EventState::Unsupported;
        raw.reason = QStringLiteral("could not be projected: %1").arg(fresh.error().detail);
        const auto kept = keepEvent(context.connection, raw, context.receivedAt);
        if (!kept)
            return failure(kept.error());
        fresh = kept->fresh;
    }
    if (const auto released = context.connection.releasePoint(); !released)
        return failure(released.error());
    return fresh;
}

} // namespace

Intake::Intake(QList<WebhookEvent> events, qint64 receivedAt)
    : m_receivedAt(receivedAt)
{
    m_items.reserve(static_cast<size_t>(events.size()));
    for (WebhookEvent &event : events) {
        auto message
            = isUnderstoodMessage(event) ? std::make_unique<Message>(messageOf(event)) : nullptr;
        m_items.push_back({std::move(event), std::move(message)});
    }
}

Result<Projection> projectEvents(Connection &connection, const Intake &intake, Care care,
    Ledger::Touched &touched, const IntakeRules &rules)
{
    Projection projection;
    IntakeContext context{connection, intake.receivedAt(), touched, rules.ownApp};
    touched.events = touched.events || !intake.items().empty();
    for (const Intake::Item &item : intake.items()) {
        context.delayMs = rules.guard
            ? rules.guard->delayFor(item.event.pageId, item.event.psid, intake.receivedAt())
            : 0;
        const auto fresh = care == Care::Fast ? keepAndProject(context, item)
                                              : keepAndProjectAlone(context, item);
        if (!fresh)
            return failure(fresh.error());
        ++(*fresh ? projection.fresh : projection.duplicates);
    }
    return projection;
}

} // namespace Pagedesk::Relay
