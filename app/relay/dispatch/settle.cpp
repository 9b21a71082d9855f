// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/dispatch/settle.h"

#include "app/relay/intake/projector.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/messages.h"
#include "app/relay/ledger/pages.h"
#include "models/domain/replywindow.h"

namespace Pagedesk::Relay {

namespace {

Result<> save(Connection &connection, const Message &message, Ledger::Touched &touched)
{
    if (auto updated = updateMessage(connection, message); !updated)
        return updated;
    touched.stream(message.pageId.value);
    touched.outbound = true;
    return noteMessageChanged(connection, message);
}

Result<bool> mayLeave(Connection &connection, const Outbound &outbound, qint64 now)
{
    const auto page = pageById(connection, outbound.message.pageId);
    if (!page)
        return failure(page.error());
    const bool humanAgent = *page && (*page)->humanAgent;
    const auto window = replyWindow(outbound.lastCustomerAt, now, humanAgent);
    // The desktop's deadline may be over although the customer has written since.
    return window.allowsHumanReply();
}

void read(const SendVerdict &verdict, Message &message)
{
    using Outcome = SendVerdict::Outcome;
    switch (verdict.outcome) {
    case Outcome::Sent:
        if (message.mid.isEmpty())
            message.mid = verdict.mid;
        if (canAdvance(message.state, DeliveryState::Sent))
            message.state = DeliveryState::Sent;
        return;
    case Outcome::Unknown:
        if (message.state == DeliveryState::Sending)
            message.state = DeliveryState::Unknown;
        return;
    case Outcome::NotSent:
        if (message.state == DeliveryState::Sending)
            message.state = DeliveryState::Queued;
        return;
    case Outcome::Failed:
        if (message.state == DeliveryState::Sending) {
            message.state = DeliveryState::Failed;
            message.failure = verdict.failure;
        }
        return;
    }
}

// How long to wait before the next try when the answer does not say: doubling from 5 s to 5 min.
qint64 pauseMs(int tries, int secondsAsked)
{
    const qint64 doubling = qint64(5000) << std::min(tries, 6);
    return std::max<qint64>(qint64(secondsAsked) * 1000, std::min<qint64>(doubling, 300'000));
}

Result<> followVerdict(
    Connection &connection, const Outbound &outbound, const SendVerdict &verdict, qint64 now)
{
    if (verdict.outcome == SendVerdict::Outcome::NotSent) {
        return noteTry(connection, outbound.message.id, outbound.tries + 1,
            now + pauseMs(outbound.tries, verdict.retryAfterSeconds));
    }
    if (verdict.failure == FailureKind::NeedsLogin)
        return setPageState(connection, outbound.message.pageId, PageState::NeedsLogin);
    return {};
}

} // namespace

Result<Message> claim(
    Connection &connection, const MessageId &id, qint64 now, Ledger::Touched &touched)
{
    const auto outbound = outboundById(connection, id);
    if (!outbound)
        return failure(outbound.error());
    if (!*outbound)
        return failure(Error::Kind::NotFound, QStringLiteral("no message %1").arg(id.value));
    Message message = (*outbound)->message;
    if (message.state != DeliveryState::Queued)
        return message;
    const auto may = mayLeave(connection, **outbound, now);
    if (!may)
        return failure(may.error());
    message.state = *may ? DeliveryState::Sending : DeliveryState::Failed;
    message.failure = *may ? FailureKind::None : FailureKind::WindowClosed;
    if (auto saved = save(connection, message, touched); !saved)
        return failure(saved.error());
    return message;
}

Result<> settle(
    Connection &connection, const SendAttempt &attempt, qint64 now, Ledger::Touched &touched)
{
    if (auto recorded = recordAttempt(connection, attempt); !recorded)
        return recorded;
    const auto outbound = outboundById(connection, attempt.messageId);
    if (!outbound)
        return failure(outbound.error());
    if (!*outbound)
        return {};
    Message message = (*outbound)->message;
    const Message before = message;
    read(attempt.verdict, message);
    if (message.state == DeliveryState::Sent && before.state == DeliveryState::Sending)
        message.sentAt = now; // until the echo brings Meta's own time
    if (auto applied = applyReceipts(connection, message); !applied)
        return applied;
    if (auto followed = followVerdict(connection, **outbound, attempt.verdict, now); !followed)
        return followed;
    touched.outbound = true;
    touched.stream(message.pageId.value);
    return message == before ? Result<>() : save(connection, message, touched);
}

Result<> forgetSending(Connection &connection, Ledger::Touched &touched)
{
    const auto stuck = stuckInSending(connection);
    if (!stuck)
        return failure(stuck.error());
    for (Message message : *stuck) {
        message.state = DeliveryState::Unknown;
        if (auto saved = save(connection, message, touched); !saved)
            return saved;
    }
    return {};
}

} // namespace Pagedesk::Relay
