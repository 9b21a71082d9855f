// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "models/domain/conversation.h"
#include "models/domain/message.h"
#include "models/domain/operator.h"
#include "models/domain/pagesettings.h"

// What a Page's settings make of a customer's message, in the transaction that stores it.
namespace Pagedesk::Relay {

// Puts a conversation that nobody has into the queue of the Page's default team, with the line that
// any assignment leaves. Nothing happens without such a team, or once it is gone or without
// anybody who may work on the Page.
Result<> giveToDefaultTeam(
    Connection &connection, const PageId &page, const ConversationId &id, qint64 now);

// The team, unless it is gone or nobody of it may work on the Page.
Result<std::optional<Team>> usableTeam(
    Connection &connection, const TeamId &id, const PageId &page);

// Queues the away text as an automatic answer to this message, if the Page wants that and nobody is
// there now: once for each conversation until the Page opens again, and not where anything was
// answered since it closed.
Result<> answerAway(
    Connection &connection, const Message &message, qint64 now, Ledger::Touched &touched);

// Whether an automatic answer that waits is of use no longer: the Page has opened, or its admin
// does not want it any more.
bool isAwayAnswerLate(const PageSettings &settings, qint64 now);

// The id of the away answer of a closed period, `since` when it began; always the same one.
MessageId awayAnswerId(const ConversationId &conversation, qint64 since);

} // namespace Pagedesk::Relay
