// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/arrivals.h"

#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/decisions.h"
#include "app/relay/ledger/messages.h"
#include "app/relay/ledger/outbound.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/people.h"
#include "app/relay/ledger/teams.h"
#include "models/domain/windowlengths.h"

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

// The settings of a Page whose text holds a word; nothing when they do not. What is usual is not
// written, so that Pages without such a setting cost one look.
Result<std::optional<PageSettings>> settingsWith(
    Connection &connection, const PageId &page, const char *sql)
{
    return connection.one(
        sql, {page.value}, [](const Row &row) { return settingsFromText(row.text(0)); });
}

Result<bool> hasAnsweredSince(Connection &connection, const ConversationId &id, qint64 since)
{
    constexpr const char *Sql = "SELECT 1 FROM message WHERE conversation_id = ? AND sent_at >= ? "
                                "AND direction = 2 LIMIT 1";
    const auto found
        = connection.one(Sql, {id.value, since}, [](const Row &row) { return row.flag(0); });
    if (!found)
        return failure(found.error());
    return found->value_or(false);
}

Message awayAnswer(const Message &asked, const PageSettings &settings, qint64 since, qint64 now)
{
    Message answer;
    answer.id = awayAnswerId(asked.conversationId, since);
    answer.conversationId = asked.conversationId;
    answer.pageId = asked.pageId;
    answer.direction = Direction::Out;
    answer.author = Author::Assistant;
    answer.text = settings.awayText;
    answer.sentAt = now;
    answer.state = DeliveryState::Queued;
    return answer;
}

// Stands behind the message it answers, whichever clock was behind.
Result<> queue(Connection &connection, Message answer, const Psid &psid, const Message &asked,
    Ledger::Touched &touched)
{
    const auto seq = takeSeqs(connection, answer.pageId.value, 2);
    if (!seq)
        return failure(seq.error());
    answer.seq = *seq;
    answer.arrival = *seq;
    answer.sentAt = std::max(answer.sentAt, asked.sentAt);
    const auto inserted = insertMessage(connection, answer);
    if (!inserted)
        return failure(inserted.error());
    if (!*inserted)
        return {}; // this closed period has had its answer
    if (auto set = setDeadline(connection, answer.id, asked.sentAt + StandardWindowMs); !set)
        return set;
    const auto noted = noteMessage(connection, answer, psid, *seq + 1);
    if (!noted)
        return failure(noted.error());
    touched.stream(answer.pageId.value);
    touched.outbound = true;
    return {};
}

} // namespace

Result<std::optional<Team>> usableTeam(Connection &connection, const TeamId &id, const PageId &page)
{
    const auto team = teamById(connection, id);
    if (!team || !*team || !(*team)->active)
        return team ? Result<std::optional<Team>>(std::nullopt) : team;
    const auto members = membersOf(connection, id);
    if (!members)
        return failure(members.error());
    for (const OperatorId &member : *members) {
        const auto person = operatorById(connection, member);
        if (!person)
            return failure(person.error());
        if (!*person || !(*person)->active)
            continue;
        const auto scope = pageScopeOf(connection, **person);
        if (!scope)
            return failure(scope.error());
        if (scope->allows(page))
            return team;
    }
    return std::nullopt;
}

Result<> giveToDefaultTeam(
    Connection &connection, const PageId &page, const ConversationId &id, qint64 now)
{
    constexpr const char *Sql
        = "SELECT settings FROM page WHERE id = ? AND settings LIKE '%\"defaultTeam\"%'";
    const auto settings = settingsWith(connection, page, Sql);
    if (!settings)
        return failure(settings.error());
    if (!*settings || (*settings)->defaultTeam.isEmpty())
        return {};
    const auto team = usableTeam(connection, (*settings)->defaultTeam, page);
    if (!team)
        return failure(team.error());
    if (!*team)
        return {};
    auto conversation = conversationById(connection, id);
    if (!conversation)
        return failure(conversation.error());
    if (!*conversation || !(*conversation)->assignee.isEmpty() || !(*conversation)->team.isEmpty())
        return {};
    (*conversation)->team = (*team)->id;
    if (auto saved = saveDecisions(connection, **conversation); !saved)
        return saved;
    return addDecision(
        connection, **conversation, {Notice::AssignedTeam, (*team)->name}, {}, {}, now);
}

Result<> answerAway(
    Connection &connection, const Message &message, qint64 now, Ledger::Touched &touched)
{
    constexpr const char *Sql
        = "SELECT settings FROM page WHERE id = ? AND settings LIKE '%\"awayReply\"%'";
    if (message.author != Author::Contact || message.direction != Direction::In
        || message.details.standby || message.sentAt + StandardWindowMs <= now)
        return {};
    const auto settings = settingsWith(connection, message.pageId, Sql);
    if (!settings)
        return failure(settings.error());
    if (!*settings || !(*settings)->answersAway())
        return {};
    const OpenState state = openState((*settings)->hours, now);
    // What was written while somebody was there is theirs to answer.
    if (state.open || message.sentAt < state.since)
        return {};
    const auto conversation = conversationById(connection, message.conversationId);
    if (!conversation)
        return failure(conversation.error());
    if (!*conversation || !(*conversation)->ownerApp.isEmpty())
        return {};
    const auto answered = hasAnsweredSince(connection, message.conversationId, state.since);
    if (!answered)
        return failure(answered.error());
    if (*answered)
        return {};
    return queue(connection, awayAnswer(message, **settings, state.since, now),
        (*conversation)->contact.psid, message, touched);
}

bool isAwayAnswerLate(const PageSettings &settings, qint64 now)
{
    return !settings.answersAway() || openState(settings.hours, now).open;
}

MessageId awayAnswerId(const ConversationId &conversation, qint64 since)
{
    const PageId page{conversation.value.section(u'-', 0, 0)};
    return messageIdFor(page, {u"away %1 %2"_s.arg(conversation.value).arg(since)});
}

} // namespace Pagedesk::Relay
