// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/sync/contactcommands.h"

// Who has a conversation, in what state it is, how much it presses and which labels it bears: each
// inside the command's transaction, after the gate. Refusals are Rejected, or Conflict where
// somebody was faster, with the name of a QueueRefusal in their detail.
namespace Pagedesk::Relay {

Result<> apply(CommandContext &context, const Wire::ChangeConversation &body);
Result<> apply(CommandContext &context, const Wire::SaveLabel &body);

} // namespace Pagedesk::Relay
