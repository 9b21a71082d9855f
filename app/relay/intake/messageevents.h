// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/intake/context.h"
#include "models/domain/message.h"
#include "models/messenger/webhook.h"

namespace Pagedesk::Relay {

// The message an event brings: of a customer, of the Page from elsewhere, or a line about something
// that happened.
Message messageOf(const WebhookEvent &event);

// Adds a message with the work it causes and the changes that came before it. True when it was not
// there yet. `event`: the number of the one that brings it, 0 when none does.
Result<bool> addMessage(
    IntakeContext &context, const Message &message, const Psid &psid, qint64 event);

// What the Page sent, from here or elsewhere.
Result<> projectEcho(IntakeContext &context, const WebhookEvent &event);
// A tap on a button, an opt-in, an answer, a change of who holds the conversation.
Result<> projectNotice(IntakeContext &context, const WebhookEvent &event);

// Writes a changed message, and its conversation when that shows it.
Result<> saveChanged(IntakeContext &context, const Message &message);
// Who holds the conversation, as far as an event tells.
Result<> noteOwner(IntakeContext &context, const WebhookEvent &event);

} // namespace Pagedesk::Relay
