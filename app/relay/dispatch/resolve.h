// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/dispatch/sendtimes.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/outbound.h"
#include "models/messenger/recentmessages.h"

#include <optional>

namespace Pagedesk::Relay {

// One reading of a conversation because of its unknown replies.
struct Reading {
    ConversationId conversation;
    qint64 beganAt = 0; // ms UTC: the list is not older than that
    std::optional<RecentMessages> recent = std::nullopt; // nothing: it could not be read
};

// When the conversation of an unknown reply is to be read next, ms UTC; 0: not any more.
qint64 readingDueAt(const Outbound &unknown, const SendTimes &times);

// What a reading proves, in one transaction: an unknown reply that is there becomes Sent; one that
// proves not to be there becomes Failed, to be sent again by a person if they want to; any other
// stays unknown. Once nothing is left to be read, the parts behind it fail.
Result<> resolveUnknown(Connection &connection, const Reading &reading, const SendTimes &times,
    Ledger::Touched &touched);

} // namespace Pagedesk::Relay
