// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/outbound.h"

// What several steps of a reply's life do to its row and to the other parts of the same reply,
// each inside one transaction.
namespace Pagedesk::Relay {

// Writes a reply that has changed, and what of its conversation follows.
Result<> saveReply(Connection &connection, const Message &message, Ledger::Touched &touched);

// Whether a part may leave now that stands behind others of its reply.
enum class Turn {
    Now,
    Later, // a part before it has not arrived or is not settled
    Never, // a part before it was not sent, or did not come in time
};
Result<Turn> turnOf(Connection &connection, const Message &part, qint64 now);

// When the part before this one has left, ms UTC of our clock; 0 when it is the first.
Result<qint64> partBeforeLeftAt(Connection &connection, const Message &part);

// The parts behind one that will not be sent: those that wait fail with it.
Result<> failLaterParts(Connection &connection, const Message &part, Ledger::Touched &touched);
// Takes back a queued reply, and the other parts of it that wait.
Result<> cancelReply(Connection &connection, const Message &message, Ledger::Touched &touched);

} // namespace Pagedesk::Relay
