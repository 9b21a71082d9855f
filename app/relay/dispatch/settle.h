// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/outbound.h"

// The steps of a reply's life in the ledger, each inside one transaction.
namespace Pagedesk::Relay {

// Queued -> Sending, or Failed when the window or the deadline has passed. What the message has
// become by then; nothing is changed when it is not queued any more.
Result<Message> claim(
    Connection &connection, const MessageId &id, qint64 now, Ledger::Touched &touched);

// Sending -> what the answer means. An echo may have settled it before.
Result<> settle(
    Connection &connection, const SendAttempt &attempt, qint64 now, Ledger::Touched &touched);

// Every message left in Sending becomes Unknown.
Result<> forgetSending(Connection &connection, Ledger::Touched &touched);

} // namespace Pagedesk::Relay
