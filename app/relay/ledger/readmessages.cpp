// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/readmessages.h"

#include "app/relay/intake/receipts.h"
#include "app/relay/ledger/arrivals.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/matches.h"
#include "app/relay/ledger/messages.h"

#include <algorithm>
#include <cstdlib>

namespace Pagedesk::Relay {

namespace {

// A message this young may be missing because its webhook is under way. By both clocks: when they
// differ by more, nothing is held back.
constexpr qint64 UnderWayMs = 15'000;
// Attachments of older messages wait until those of new ones are fetched.
constexpr qint64 MediaDelayMs = 60'000;
// How long after a customer's last message somebody may still have to answer.
constexpr qint64 AnswerableMs = 7LL * 86'400'000;

class Adding {
public:
    Adding(const ReadContext &context, const HistoryConversation &conversation)
        : m_context(context)
        , m_conversation(conversation)
        , m_id(conversationId(context.page, conversation.psid))
    {
    }

    Result<ReadOutcome> run(qint64 comparedAt)
    {
        bool oldestIsMissing = false;
        for (qsizetype i = 0; i < m_conversation.messages.size(); ++i) {
            const auto isHere = take(m_conversation.messages.at(i));
            if (!isHere)
                return failure(isHere.error());
            if (i == 0)
                oldestIsMissing = !*isHere;
        }
        const auto named
            = nameConversation(m_context.connection, m_context.page, m_id, m_conversation.name);
        if (!named)
            return failure(named.error());
        if (*named)
            m_context.touched.stream(m_context.page.value);
        if (auto counted = count(); !counted)
            return failure(counted.error());
        if (m_context.purpose == ReadFor::Check && oldestIsMissing && m_outcome.unavailable > 0
            && m_conversation.messages.first().sentAt > comparedAt) {
            m_outcome.gap = MessageGap{m_id, comparedAt, m_conversation.messages.first().sentAt};
        }
        return m_outcome;
    }

private:
    // True when the message was here before.
    Result<bool> take(Message message)
    {
        const auto known = stored(message);
        if (!known)
            return failure(known.error());
        if (*known) {
            m_floorAt = (*known)->sentAt;
            return true;
        }
        const auto waits = mayComeByItself(message);
        if (!waits)
            return failure(waits.error());
        if (*waits) {
            m_outcome.held = true;
            return true;
        }
        // Whole seconds: the list's order decides inside one.
        if (message.sentAt / 1000 == m_floorAt / 1000)
            message.sentAt = std::max(message.sentAt, m_floorAt);
        m_floorAt = message.sentAt;
        if (auto added = add(std::move(message)); !added)
            return failure(added.error());
        return false;
    }

    Result<std::optional<Message>> stored(const Message &message)
    {
        auto known = messageById(m_context.connection, message.id);
        if (known && !*known && message.direction == Direction::Out)
            known = ownMessageByMid(m_context.connection, m_context.page, message.mid);
        return known;
    }

    Result<bool> mayComeByItself(const Message &message)
    {
        if (m_context.purpose == ReadFor::Check
            && std::abs(m_context.now - message.sentAt) < UnderWayMs)
            return true;
        if (message.direction != Direction::Out)
            return false;
        // A reply of ours whose fate Meta has not told yet: the echo names it.
        return hasUnnamedReply(m_context.connection, m_id, message.text);
    }

    Result<> add(Message message)
    {
        Connection &connection = m_context.connection;
        const auto seq = takeSeqs(connection, m_context.page.value, 2);
        if (!seq)
            return failure(seq.error());
        message.seq = *seq;
        message.arrival = *seq;
        message.details.recovered = m_context.purpose == ReadFor::Check && !isOld(message);
        if (auto applied = applyReceipts(connection, message); !applied)
            return applied;
        const auto inserted = insertMessage(connection, message);
        if (!inserted)
            return failure(inserted.error());
        if (!*inserted)
            return {};
        ++m_outcome.added;
        m_outcome.old += isOld(message) ? 1 : 0;
        m_context.touched.stream(m_context.page.value);
        return note(message, *seq + 1);
    }

    Result<> note(const Message &message, qint64 seq)
    {
        if (isOld(message)) {
            if (auto noted = noteOldMessage(m_context.connection, message, m_conversation.psid,
                    {m_context.connectedAt, stateOfOld()}, seq);
                !noted)
                return noted;
        } else {
            const auto noted = noteMessage(m_context.connection, message, m_conversation.psid, seq);
            if (!noted)
                return failure(noted.error());
            if (noted->opened) {
                if (auto given
                    = giveToDefaultTeam(m_context.connection, m_context.page, m_id, m_context.now);
                    !given)
                    return given;
            }
            if (noted->wantsProfile) {
                if (auto asked = addJob(JobKind::Profile, m_id.value, m_context.now); !asked)
                    return asked;
                if (auto asked = wantMatches(m_context.connection, m_context.page, m_id,
                        m_context.now, m_context.touched);
                    !asked)
                    return asked;
            }
        }
        const bool hasMedia = std::any_of(message.attachments.begin(), message.attachments.end(),
            [](const Attachment &a) { return a.state == AttachmentState::Pending; });
        return hasMedia ? addJob(JobKind::Media, message.id.value,
                   m_context.now + (isOld(message) ? MediaDelayMs : 0))
                        : Result<>();
    }

    bool isOld(const Message &message) const { return message.sentAt <= m_context.connectedAt; }

    Result<> addJob(JobKind kind, const QString &subject, qint64 dueAt)
    {
        m_context.touched.jobs = true;
        return Relay::addJob(m_context.connection, kind, m_context.page, subject, dueAt);
    }

    ConversationState stateOfOld() const
    {
        const bool isAnswerable = std::any_of(m_conversation.messages.begin(),
            m_conversation.messages.end(), [this](const Message &message) {
                return message.direction == Direction::In
                    && message.sentAt > m_context.connectedAt - AnswerableMs;
            });
        return isAnswerable ? ConversationState::Open : ConversationState::Resolved;
    }

    Result<> count()
    {
        if (m_conversation.isWhole || m_outcome.held)
            return {};
        const auto here = namedMessageCount(m_context.connection, m_id);
        if (!here)
            return failure(here.error());
        m_outcome.unavailable = std::max(m_conversation.messageCount - *here, 0);
        return {};
    }

    const ReadContext &m_context;
    const HistoryConversation &m_conversation;
    const ConversationId m_id;
    ReadOutcome m_outcome;
    qint64 m_floorAt = 0;
};

} // namespace

Result<ReadOutcome> addReadConversation(
    const ReadContext &context, const HistoryConversation &conversation, qint64 comparedAt)
{
    return Adding(context, conversation).run(comparedAt);
}

} // namespace Pagedesk::Relay
