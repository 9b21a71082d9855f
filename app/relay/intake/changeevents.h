// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/intake/context.h"
#include "models/messenger/webhook.h"

namespace Pagedesk::Relay {

// An edit, a reaction or a message taken back. One whose message is not here yet waits for it.
Result<> projectChange(IntakeContext &context, const WebhookEvent &event);

// Applies what came before the message. Applying a change again changes nothing.
Result<> applyWaitingChanges(IntakeContext &context, const MessageId &id);

} // namespace Pagedesk::Relay
