// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "models/domain/operator.h"
#include "models/domain/permissions.h"
#include "models/wire/frames.h"

// What desktops do to the people who write: each inside the command's transaction, after the gate.
namespace Pagedesk::Relay {

struct CommandContext {
    Connection &connection;
    const Operator &person;
    const PageScope &pages; // that the operator may work on
    qint64 now; // ms UTC
    Ledger::Touched &touched;
    QString changes = {}; // what is different now, for the audit chain
};

// NotFound, also when the operator may not work on its Page.
Result<Conversation> existingConversation(CommandContext &context, const ConversationId &id);

Result<> apply(CommandContext &context, const Wire::EditContact &edit);
Result<> apply(CommandContext &context, const Wire::AddContactNote &add);
// Forbidden for another's note, unless by a supervisor.
Result<> apply(CommandContext &context, const Wire::RemoveContactNote &remove);
// Rejected when both are on one Page, or a Page's people must not be merged.
Result<> apply(CommandContext &context, const Wire::MergeContacts &merge);
Result<> apply(CommandContext &context, const Wire::UnmergeContact &unmerge);
Result<> apply(CommandContext &context, const Wire::RefreshContact &refresh);
// NotFound unless the operator may work on the Pages of both.
Result<> apply(CommandContext &context, const Wire::DeclineSuggestion &decline);

} // namespace Pagedesk::Relay
