// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/rows.h"

// Conversations that somebody here wants to have back from another app.
namespace Pagedesk::Relay {

// Meta is being asked to give it to us.
Result<> beginTaking(
    Connection &connection, const Conversation &conversation, const OperatorId &who, qint64 now);
// It is ours (None), or was asked for in vain; a line in the thread says so. Nothing happens when
// it is ours already.
Result<> endTaking(
    Connection &connection, const Conversation &conversation, FailureKind why, qint64 now);
// Whether somebody here has taken it and Meta has not told us so yet; it has now.
Result<bool> confirmTaking(Connection &connection, const ConversationId &id);

// When Meta has given it to us last, ms UTC; 0: it never has.
Result<qint64> takenAt(Connection &connection, const ConversationId &id);

} // namespace Pagedesk::Relay
