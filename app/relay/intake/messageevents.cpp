// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/messageevents.h"

#include "app/relay/intake/changeevents.h"
#include "app/relay/intake/receipts.h"
#include "app/relay/ledger/arrivals.h"
#include "app/relay/ledger/contacts.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/matches.h"
#include "app/relay/ledger/messageevents.h"
#include "app/relay/ledger/messages.h"
#include "app/relay/ledger/taking.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

bool wantsMedia(const Message &message)
{
    return std::any_of(message.attachments.begin(), message.attachments.end(),
        [](const Attachment &a) { return a.state == AttachmentState::Pending; });
}

// A line that has no mid is told by its event.
MessageId idOf(const WebhookEvent &event)
{
    if (!event.mid.isEmpty())
        return messageIdFor(event.pageId, event.mid);
    return messageIdFor(event.pageId, {u'#' + QString::fromLatin1(event.dedupKey.toHex())});
}

Author authorOf(const WebhookEvent &event)
{
    switch (event.details.notice) {
    case Notice::None:
        return event.shape == EventKind::MessageEcho ? Author::Elsewhere : Author::Contact;
    case Notice::Postback:
        return Author::Contact;
    default:
        return Author::System;
    }
}

Result<> addJobs(IntakeContext &context, const Message &message, bool wantsProfile)
{
    if (wantsProfile) {
        context.touched.jobs = true;
        if (auto added = addJob(context.connection, JobKind::Profile, message.pageId,
                message.conversationId.value, context.workAt());
            !added)
            return added;
        if (auto asked = wantMatches(context.connection, message.pageId, message.conversationId,
                context.workAt(), context.touched);
            !asked)
            return asked;
    }
    if (!wantsMedia(message))
        return {};
    context.touched.jobs = true;
    return addJob(
        context.connection, JobKind::Media, message.pageId, message.id.value, context.workAt());
}

// Whoever writes more than the guard lets through is answered by people alone.
Result<> followSettings(IntakeContext &context, const Message &message, const Noted &noted)
{
    if (noted.opened) {
        if (auto given = giveToDefaultTeam(
                context.connection, message.pageId, message.conversationId, context.receivedAt);
            !given)
            return given;
    }
    return context.delayMs > 0
        ? Result<>()
        : answerAway(context.connection, message, context.receivedAt, context.touched);
}

// Our own reply comes back: the proof that Meta has it, whatever the send call answered.
Result<> settleByEcho(IntakeContext &context, Message message, const WebhookEvent &echo)
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
    if (auto linked = linkEvent(context.connection, message.id, context.event); !linked)
        return linked;
    context.touched.outbound = true;
    if (message != before) {
        if (auto saved = saveChanged(context, message); !saved)
            return saved;
    }
    return applyWaitingChanges(context, message.id);
}

// A referral, an opt-in or a button may be how the conversation began.
Result<> noteBeginning(IntakeContext &context, const Message &message)
{
    const MessageDetails &details = message.details;
    const bool mayBegin = details.notice == Notice::Referral || details.notice == Notice::Optin
        || details.notice == Notice::Postback || !details.referral.isEmpty();
    if (!mayBegin || message.direction != Direction::In)
        return {};
    const auto conversation = conversationById(context.connection, message.conversationId);
    if (!conversation)
        return failure(conversation.error());
    if (!*conversation)
        return {};
    return noteOrigin(context.connection, **conversation,
        {details.notice, details.referral, message.text.left(200), message.sentAt});
}

bool isOfControl(const WebhookEvent &event)
{
    const Notice notice = event.details.notice;
    return notice == Notice::ControlPassed || notice == Notice::ControlTaken;
}

// An event that gives the conversation to our own app. Passed: told to the app that has it now,
// unless it says otherwise. Taken: to the one that had it.
bool isToUs(const IntakeContext &context, const WebhookEvent &event)
{
    if (!isOfControl(event))
        return false;
    return context.ownApp.isEmpty() ? event.details.notice == Notice::ControlPassed
                                    : event.text == context.ownApp;
}

// Somebody here has wanted it: the line that says so stands in the thread, or is written now.
Result<bool> isOurTaking(IntakeContext &context, const WebhookEvent &event)
{
    const auto id = conversationId(event.pageId, event.psid);
    const auto conversation = conversationById(context.connection, id);
    if (!conversation)
        return failure(conversation.error());
    const bool isAwaited = *conversation && (*conversation)->takingSince > 0;
    const bool isOurs = *conversation && (*conversation)->ownerApp.isEmpty();
    if (!isAwaited && !isOurs)
        return false;
    if (isAwaited) {
        context.touch(event.pageId);
        const auto ended
            = endTaking(context.connection, **conversation, FailureKind::None, event.timestamp);
        if (!ended)
            return failure(ended.error());
    }
    return confirmTaking(context.connection, id);
}

// The other app that has the conversation after an event; empty: none has, as far as that tells.
QString ownerAfter(const IntakeContext &context, const WebhookEvent &event)
{
    const QString other = QString::fromLatin1(SomeOtherApp);
    if (event.kind == EventKind::Standby)
        return event.appId.isEmpty() ? other : event.appId;
    if (isToUs(context, event))
        return {};
    const bool isNameless = event.text.isEmpty() && event.details.notice == Notice::ControlTaken;
    return isNameless ? other : event.text;
}

// What another app had before we took the conversation is told late at times. Nor does an event
// that does not name the app take away the name we know.
Result<bool> isOverSince(
    Connection &connection, const ConversationId &id, const WebhookEvent &event, const QString &app)
{
    const auto conversation = conversationById(connection, id);
    if (!conversation)
        return failure(conversation.error());
    const bool isKnown = *conversation && !(*conversation)->ownerApp.isEmpty();
    if (isKnown)
        return app == QLatin1StringView(SomeOtherApp);
    const auto at = takenAt(connection, id);
    if (!at)
        return failure(at.error());
    return event.timestamp < *at;
}

} // namespace

Message messageOf(const WebhookEvent &event)
{
    const bool echo = event.shape == EventKind::MessageEcho;
    Message message;
    message.id = idOf(event);
    message.conversationId = conversationId(event.pageId, event.psid);
    message.pageId = event.pageId;
    message.mid = event.mid;
    message.direction = echo ? Direction::Out : Direction::In;
    message.author = authorOf(event);
    message.text = event.text;
    message.attachments = event.attachments;
    message.replyTo = event.replyTo;
    message.sentAt = event.timestamp;
    message.state = echo ? DeliveryState::Sent : DeliveryState::Received;
    message.details = event.details;
    return message;
}

Result<bool> addMessage(
    IntakeContext &context, const Message &message, const Psid &psid, qint64 event)
{
    // Two numbers: one for the message, one for its conversation.
    const auto seq = takeSeqs(context.connection, message.pageId.value, 2);
    if (!seq)
        return failure(seq.error());
    Message added = message;
    added.seq = *seq;
    added.arrival = *seq;
    const auto inserted = insertMessage(context.connection, added, event);
    if (!inserted)
        return failure(inserted.error());
    if (!*inserted)
        return false;
    const auto noted = noteMessage(context.connection, added, psid, *seq + 1);
    if (!noted)
        return failure(noted.error());
    context.touch(added.pageId);
    if (auto followed = followSettings(context, added, *noted); !followed)
        return failure(followed.error());
    if (auto begun = noteBeginning(context, added); !begun)
        return failure(begun.error());
    if (auto work = addJobs(context, added, noted->wantsProfile); !work)
        return failure(work.error());
    if (auto changed = applyWaitingChanges(context, added.id); !changed)
        return failure(changed.error());
    return true;
}

Result<> saveChanged(IntakeContext &context, const Message &message)
{
    if (auto updated = updateMessage(context.connection, message); !updated)
        return updated;
    context.touch(message.pageId);
    return noteMessageChanged(context.connection, message);
}

Result<> projectEcho(IntakeContext &context, const WebhookEvent &event)
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
    const auto added = addMessage(context, elsewhere, event.psid, context.event);
    if (!added)
        return failure(added.error());
    return {};
}

Result<> projectNotice(IntakeContext &context, const WebhookEvent &event)
{
    const bool toUs = isToUs(context, event);
    if (toUs && event.details.notice == Notice::ControlTaken) {
        const auto known = isOurTaking(context, event);
        if (!known || *known)
            return known ? Result<>() : failure(known.error());
    }
    Message line = messageOf(event);
    if (toUs)
        line.details.subject = QString::fromLatin1(OurApp);
    const auto added = addMessage(context, line, event.psid, context.event);
    if (!added)
        return failure(added.error());
    if (!event.opensWindow)
        return {};
    context.touch(event.pageId);
    return noteCustomerAction(context.connection, event.pageId,
        conversationId(event.pageId, event.psid), event.timestamp);
}

Result<> noteOwner(IntakeContext &context, const WebhookEvent &event)
{
    const bool isOurEcho = event.kind == EventKind::Standby && !event.appId.isEmpty()
        && event.appId == context.ownApp;
    if (isOurEcho || (!isOfControl(event) && event.kind != EventKind::Standby))
        return {};
    const QString app = ownerAfter(context, event);
    const auto id = conversationId(event.pageId, event.psid);
    if (!app.isEmpty()) {
        const auto isOver = isOverSince(context.connection, id, event, app);
        if (!isOver || *isOver)
            return isOver ? Result<>() : failure(isOver.error());
    }
    context.touch(event.pageId);
    return setOwnerApp(context.connection, event.pageId, id, app);
}

} // namespace Pagedesk::Relay
