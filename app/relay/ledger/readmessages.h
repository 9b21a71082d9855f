// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/pagereading.h"
#include "models/messenger/graphhistory.h"

namespace Pagedesk::Relay {

// Why a conversation was read from Meta. What was said before the Page was connected has been read
// by others, and nobody waits for it, whatever brings it here.
enum class ReadFor {
    History, // to have what was said before
    Check, // to find what no webhook has brought
};

struct ReadContext {
    Connection &connection;
    Ledger::Touched &touched;
    PageId page;
    ReadFor purpose = ReadFor::Check;
    qint64 connectedAt = 0; // ms UTC
    qint64 now = 0; // ms UTC
};

struct ReadOutcome {
    int added = 0; // messages that were not here
    int old = 0; // of them, from before the Page was connected
    int unavailable = 0; // messages Meta counts that are not here and are not given
    bool held = false; // something was left for later: its webhook or echo may be on its way
    std::optional<MessageGap> gap; // Check only
};

// Adds what is missing of a conversation, with the work it causes. What is here already stays as it
// is. `comparedAt`: what came since then by Meta's time should be here already.
Result<ReadOutcome> addReadConversation(
    const ReadContext &context, const HistoryConversation &conversation, qint64 comparedAt);

} // namespace Pagedesk::Relay
