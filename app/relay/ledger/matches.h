// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "models/domain/conversation.h"

// Which contacts on different Pages Meta says are one person. Nobody is merged by that: it is
// suggested, and a human decides.
namespace Pagedesk::Relay {

// Meta is asked about a person soon, a Page's people one after the other. Nothing happens where
// the Page's settings are against it, or where Meta has refused.
Result<> wantMatches(Connection &connection, const PageId &page, const ConversationId &id,
    qint64 now, Ledger::Touched &touched);

// The Pages among which people may be matched: those whose settings allow it.
Result<QList<PageId>> matchingPages(Connection &connection);

// Puts a suggestion onto the cards of both. Nothing happens when the pair is known already, also
// when the team has declined it, or when a card holds as many as it can.
Result<> suggestMatch(Connection &connection, const Conversation &one, const Conversation &other,
    qint64 now, Ledger::Touched &touched);

struct Match {
    QString id;
    ConversationId one;
    ConversationId other;
    bool isDeclined = false;
};
Result<std::optional<Match>> matchById(Connection &connection, const QString &id);
// Takes the suggestion from both cards, for good.
Result<> declineMatch(
    Connection &connection, const Match &match, qint64 now, Ledger::Touched &touched);

// Meta does not match the people of a Page, so that it need not be asked for each of them.
Result<> noteMatchingRefused(Connection &connection, const PageId &page, const QString &problem,
    qint64 now, Ledger::Touched &touched);
// Somebody wants it to be asked again.
Result<> forgetMatchingRefused(Connection &connection, const PageId &page);

} // namespace Pagedesk::Relay
