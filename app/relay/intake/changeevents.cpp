// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/changeevents.h"

#include "app/relay/intake/messageevents.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/events.h"
#include "app/relay/ledger/messageevents.h"
#include "app/relay/ledger/messages.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

// Messenger allows five edits. More are no reason to let a message grow without bound.
constexpr qsizetype MaxVersions = 50;

bool isChange(const WebhookEvent &event)
{
    return event.shape == EventKind::MessageEdit || event.shape == EventKind::Reaction
        || event.deleted;
}

bool hasVersion(const MessageDetails &details, int number)
{
    return number == details.edits
        || std::any_of(details.earlier.begin(), details.earlier.end(),
            [number](const TextVersion &version) { return version.number == number; });
}

// Edits come in any order: the text with the highest number is the present one.
void edit(Message &message, const WebhookEvent &event)
{
    MessageDetails &details = message.details;
    const int number = event.details.edits > 0 ? event.details.edits : details.edits + 1;
    if (hasVersion(details, number) || details.earlier.size() >= MaxVersions)
        return;
    TextVersion other{number, event.text, event.timestamp};
    if (number > details.edits) {
        const qint64 writtenAt = details.edits == 0 ? message.sentAt : details.editedAt;
        other = {details.edits, message.text, writtenAt};
        message.text = event.text;
        details.edits = number;
        details.editedAt = event.timestamp;
    }
    const auto place = std::find_if(details.earlier.begin(), details.earlier.end(),
        [&other](const TextVersion &version) { return version.number > other.number; });
    details.earlier.insert(place, other);
}

void react(Message &message, const WebhookEvent &event)
{
    QList<Reaction> &reactions = message.details.reactions;
    const auto known = std::find_if(reactions.begin(), reactions.end(),
        [&event](const Reaction &reaction) { return reaction.byPage == event.byPage; });
    if (known == reactions.end())
        reactions.append({event.byPage, event.emoji, event.timestamp});
    else if (known->at <= event.timestamp)
        *known = {event.byPage, event.emoji, event.timestamp};
}

void apply(Message &message, const WebhookEvent &event)
{
    if (event.shape == EventKind::MessageEdit)
        edit(message, event);
    else if (event.shape == EventKind::Reaction)
        react(message, event);
    else if (message.details.unsentAt == 0)
        message.details.unsentAt = event.timestamp > 0 ? event.timestamp : 1;
}

} // namespace

Result<> projectChange(IntakeContext &context, const WebhookEvent &event)
{
    const auto found = messageByMid(context.connection, event.pageId, event.mid);
    if (!found)
        return failure(found.error());
    // Kept under the id that follows from the mid, whether the message is here or not.
    if (auto linked
        = linkEvent(context.connection, messageIdFor(event.pageId, event.mid), context.event);
        !linked)
        return linked;
    if (event.opensWindow) {
        context.touch(event.pageId);
        if (auto noted = noteCustomerAction(context.connection, event.pageId,
                conversationId(event.pageId, event.psid), event.timestamp);
            !noted)
            return noted;
    }
    if (!*found)
        return {};
    Message message = **found;
    apply(message, event);
    return message == **found ? Result<>() : saveChanged(context, message);
}

Result<> applyWaitingChanges(IntakeContext &context, const MessageId &id)
{
    const auto events = waitingEvents(context.connection, id);
    if (!events)
        return failure(events.error());
    if (events->isEmpty())
        return {};
    const auto found = messageById(context.connection, id);
    if (!found)
        return failure(found.error());
    if (!*found)
        return {};
    Message message = **found;
    for (const StoredEvent &stored : *events) {
        const auto read
            = readStoredItem(stored.item, stored.kind, {stored.pageId}, stored.receivedAt);
        for (const WebhookEvent &event : read) {
            if (isChange(event) && event.state == EventState::Projected && event.mid == message.mid)
                apply(message, event);
        }
    }
    return message == **found ? Result<>() : saveChanged(context, message);
}

} // namespace Pagedesk::Relay
