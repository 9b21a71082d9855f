// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/outbound.h"

// The steps of a reply's life in the ledger, each inside one transaction.
namespace Pagedesk::Relay {

// Queued -> Sending; Failed when the window has closed or an earlier part was not sent; still
// Queued, with a later next try, while the Page needs a login or an earlier part is open. Nothing
// is changed when it is not queued any more, nor, with Leave::Soon, when it may leave.
enum class Leave {
    Now,
    Soon, // as soon as its file is with Meta
};
struct Claim {
    Message message; // as it has become
    bool granted = false; // it may leave
    // It only waits for the pause after the part before it, which begins now, and the customer is
    // to see that somebody writes.
    bool showsTyping = false;
    bool waitsForPage = false; // until the Page can send again
};
Result<Claim> claim(
    Connection &connection, const MessageId &id, Leave leave, qint64 now, Ledger::Touched &touched);

// Sending -> what the answer means. An echo may have settled it before.
Result<> settle(
    Connection &connection, const SendAttempt &attempt, qint64 now, Ledger::Touched &touched);

// Every message left in Sending becomes Unknown, with an attempt that has no answer.
Result<> forgetSending(Connection &connection, qint64 now, Ledger::Touched &touched);

} // namespace Pagedesk::Relay
