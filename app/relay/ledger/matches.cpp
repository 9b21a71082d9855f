// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/matches.h"

#include "app/relay/ledger/contacts.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/pages.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

constexpr qint64 SpacingMs = 500; // what waits for it must not crowd out other work

Result<> done(const Result<qint64> &changed)
{
    return changed ? Result<>() : failure(changed.error());
}

bool isAsked(const Page &page)
{
    return page.state == PageState::Connected && page.settings.mayAskForMatches()
        && page.health.care.matchRefusedAt == 0;
}

// After the others of this Page that wait; those that were put off have their own times.
Result<qint64> nextTurn(Connection &connection, const PageId &page, qint64 now)
{
    constexpr const char *Sql = "SELECT due_at FROM job WHERE kind = ? AND page_id = ? "
                                "AND parked = 0 AND tries = 0 ORDER BY due_at DESC LIMIT 1";
    const auto last = connection.one(Sql, {static_cast<int>(JobKind::Match), page.value},
        [](const Row &row) { return row.integer(0); });
    if (!last)
        return failure(last.error());
    return std::max(now, last->value_or(0) + SpacingMs);
}

Result<bool> isKnown(Connection &connection, const ConversationId &one, const ConversationId &other)
{
    constexpr const char *Sql
        = "SELECT 1 FROM contact_match WHERE conversation_id = ? AND other_id = ?";
    const auto found = connection.one(
        Sql, {one.value, other.value}, [](const Row &row) { return row.integer(0); });
    if (!found)
        return failure(found.error());
    return found->has_value();
}

Result<> insertMatch(Connection &connection, const Match &match, qint64 now)
{
    constexpr const char *Sql
        = "INSERT INTO contact_match (id, conversation_id, other_id, found_at, declined_at) "
          "VALUES (?, ?, ?, ?, 0)";
    return done(connection.exec(Sql, {match.id, match.one.value, match.other.value, now}));
}

Result<> keep(Connection &connection, const ContactCard &card, Ledger::Touched &touched)
{
    touched.stream(card.pageId.value);
    return saveContact(connection, card);
}

} // namespace

Result<> wantMatches(Connection &connection, const PageId &page, const ConversationId &id,
    qint64 now, Ledger::Touched &touched)
{
    const auto found = pageById(connection, page);
    if (!found)
        return failure(found.error());
    if (!*found || !isAsked(**found))
        return {};
    const auto dueAt = nextTurn(connection, page, now);
    if (!dueAt)
        return failure(dueAt.error());
    touched.jobs = true;
    return wakeJob(connection, JobKind::Match, page, id.value, *dueAt);
}

Result<QList<PageId>> matchingPages(Connection &connection)
{
    const auto pages = allPages(connection);
    if (!pages)
        return failure(pages.error());
    QList<PageId> allowed;
    for (const Page &page : *pages) {
        if (page.state != PageState::Removed && page.settings.mayAskForMatches())
            allowed.append(page.id);
    }
    return allowed;
}

Result<> suggestMatch(Connection &connection, const Conversation &one, const Conversation &other,
    qint64 now, Ledger::Touched &touched)
{
    const bool isInOrder = one.id.value < other.id.value;
    const Conversation &first = isInOrder ? one : other;
    const Conversation &second = isInOrder ? other : one;
    const auto known = isKnown(connection, first.id, second.id);
    if (!known)
        return failure(known.error());
    auto card = contactCard(connection, first);
    if (!card)
        return failure(card.error());
    auto otherCard = contactCard(connection, second);
    if (!otherCard)
        return failure(otherCard.error());
    const bool isFull = std::max(card->suggestions.size(), otherCard->suggestions.size())
        >= MaxContactSuggestions;
    if (*known || isFull)
        return {};
    const Match match{newUuid(now), first.id, second.id};
    if (auto inserted = insertMatch(connection, match, now); !inserted)
        return inserted;
    card->suggestions.append(match.id);
    otherCard->suggestions.append(match.id);
    if (auto kept = keep(connection, *card, touched); !kept)
        return kept;
    return keep(connection, *otherCard, touched);
}

Result<std::optional<Match>> matchById(Connection &connection, const QString &id)
{
    constexpr const char *Sql
        = "SELECT id, conversation_id, other_id, declined_at FROM contact_match WHERE id = ?";
    return connection.one(Sql, {id}, [](const Row &row) {
        return Match{row.text(0), {row.text(1)}, {row.text(2)}, row.integer(3) > 0};
    });
}

Result<> declineMatch(
    Connection &connection, const Match &match, qint64 now, Ledger::Touched &touched)
{
    constexpr const char *Sql
        = "UPDATE contact_match SET declined_at = ? WHERE id = ? AND declined_at = 0";
    if (auto declined = connection.exec(Sql, {now, match.id}); !declined)
        return failure(declined.error());
    for (const ConversationId &id : {match.one, match.other}) {
        const auto conversation = conversationById(connection, id);
        if (!conversation)
            return failure(conversation.error());
        if (!*conversation)
            continue;
        auto card = contactCard(connection, **conversation);
        if (!card)
            return failure(card.error());
        if (card->suggestions.removeAll(match.id) == 0)
            continue;
        if (auto kept = keep(connection, *card, touched); !kept)
            return kept;
    }
    return {};
}

Result<> noteMatchingRefused(Connection &connection, const PageId &page, const QString &problem,
    qint64 now, Ledger::Touched &touched)
{
    touched.stream(page.value);
    return changeHealth(connection, page, [&problem, now](PageHealth &health) {
        health.care.matchRefusedAt = now;
        health.care.matchProblem = problem;
    });
}

Result<> forgetMatchingRefused(Connection &connection, const PageId &page)
{
    return changeHealth(connection, page, [](PageHealth &health) {
        health.care.matchRefusedAt = 0;
        health.care.matchProblem.clear();
    });
}

} // namespace Pagedesk::Relay
