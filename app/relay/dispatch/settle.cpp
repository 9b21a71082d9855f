// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/dispatch/settle.h"

#include "app/relay/dispatch/replies.h"
#include "app/relay/intake/receipts.h"
#include "app/relay/ledger/arrivals.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/pagecare.h"
#include "app/relay/ledger/pages.h"
#include "models/domain/replywindow.h"

namespace Pagedesk::Relay {

namespace {

// While the Page needs a new login or a permission its replies wait, until the Dispatcher is told
// to go on; the next look is for what changes without word, such as the end of the window.
constexpr qint64 LoginPauseMs = 15'000;
// A reply that met a missing permission, until it is known which.
constexpr qint64 PermissionPauseMs = 5000;
// A part that waits for one that has not arrived yet.
constexpr qint64 PartPauseMs = 1000;

// What becomes of a queued reply whose turn it is.
struct Step {
    DeliveryState state = DeliveryState::Queued;
    FailureKind failure = FailureKind::None;
    qint64 nextTryAt = 0; // ms UTC, while it stays queued
    bool showsTyping = false;
    bool waitsForPage = false;
};

// A part follows the one before it after the Page's pause, counted from the answer to that one.
Result<Step> pauseBefore(
    Connection &connection, const Message &part, const PageSettings &settings, qint64 now)
{
    const Step leaves{DeliveryState::Sending, FailureKind::None, now}; // when the call begins
    if (settings.partPauseMs == 0)
        return leaves;
    const auto leftAt = partBeforeLeftAt(connection, part);
    if (!leftAt)
        return failure(leftAt.error());
    // A clock that was set back must not make the pause longer.
    const qint64 wait
        = std::min<qint64>(*leftAt + settings.partPauseMs - now, settings.partPauseMs);
    if (*leftAt == 0 || wait <= 0)
        return leaves;
    return Step{DeliveryState::Queued, FailureKind::None, now + wait, settings.typingIndicators};
}

// None while there is time. After 24 hours only what its author has chosen to say as a human agent
// may leave, and only for a Page that has the feature.
FailureKind whyTooLate(const Outbound &outbound, const Page &page, qint64 now)
{
    using State = ReplyWindow::State;
    const State state = replyWindow(outbound.lastCustomerAt, now, true).state;
    const bool isChosen = outbound.message.details.humanAgent;
    if (state == State::Open)
        return FailureKind::None;
    if (state != State::HumanAgent || !isChosen)
        return FailureKind::WindowClosed;
    return page.humanAgent ? FailureKind::None : FailureKind::HumanAgentMissing;
}

Result<Step> nextStep(Connection &connection, const Outbound &outbound, qint64 now)
{
    const auto page = pageById(connection, outbound.message.pageId);
    if (!page)
        return failure(page.error());
    if (!*page || (*page)->state == PageState::Removed)
        return Step{DeliveryState::Failed, FailureKind::NeedsLogin, 0};
    // The desktop's deadline may be over although the customer has written since.
    if (const FailureKind why = whyTooLate(outbound, **page, now); why != FailureKind::None)
        return Step{DeliveryState::Failed, why, 0};
    // What a person wrote may leave for days; an automatic answer is for now, and only within the
    // day that Meta's rules give it.
    if (outbound.message.author == Author::Assistant) {
        if (isAwayAnswerLate((*page)->settings, now))
            return Step{DeliveryState::Failed, FailureKind::Cancelled, 0};
        if (replyWindow(outbound.lastCustomerAt, now, false).state != ReplyWindow::State::Open)
            return Step{DeliveryState::Failed, FailureKind::WindowClosed, 0};
    }
    if (!outbound.ownerApp.isEmpty())
        return Step{DeliveryState::Failed, FailureKind::NotThreadOwner, 0};
    if (sendingBlock(**page) != SendingBlock::None)
        return Step{DeliveryState::Queued, FailureKind::None, now + LoginPauseMs, false, true};
    const auto turn = turnOf(connection, outbound.message, now);
    if (!turn)
        return failure(turn.error());
    switch (*turn) {
    case Turn::Now:
        return pauseBefore(connection, outbound.message, (*page)->settings, now);
    case Turn::Later:
        return Step{DeliveryState::Queued, FailureKind::None, now + PartPauseMs};
    case Turn::Never:
        break;
    }
    return Step{DeliveryState::Failed, FailureKind::EarlierPart, 0};
}

// What a refusal says of the Page rather than of the reply, which waits then: the token is dead, or
// a permission is gone. The latter is believed the first time only, since its codes say other
// things too.
enum class PageLoss { None, Token, Permission };

Result<PageLoss> pageLoss(Connection &connection, const MessageId &id, const SendVerdict &verdict)
{
    if (verdict.outcome != SendVerdict::Outcome::Failed)
        return PageLoss::None;
    if (verdict.failure == FailureKind::NeedsLogin)
        return PageLoss::Token;
    if (!isPermissionLoss(verdict))
        return PageLoss::None;
    const auto times = attemptsWithCode(connection, id, verdict.code);
    if (!times)
        return failure(times.error());
    return *times > 1 ? PageLoss::None : PageLoss::Permission;
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
        // Still queued: Meta has not taken its file.
        if (message.state == DeliveryState::Sending || message.state == DeliveryState::Queued) {
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

// A person who had no role in the app, and got a message now: the app is for everybody.
Result<> noteAcceptance(Connection &connection, const Message &message)
{
    const auto page = pageById(connection, message.pageId);
    if (!page)
        return failure(page.error());
    if (!*page || (*page)->health.care.roleOnlyAt == 0)
        return {};
    const auto was = wasRoleOnly(connection, message.conversationId);
    if (!was)
        return failure(was.error());
    return *was ? noteRoleOnly(connection, message.pageId, 0) : Result<>();
}

// Whether it left with the tag of a human agent, later than a reply may without. What is still
// queued has not left: Meta has only been given its file. Nor does the last hour of the week count,
// of which Meta may think otherwise.
bool leftLate(const Outbound &outbound, const SendAttempt &attempt)
{
    constexpr qint64 HourMs = 3'600'000;
    const auto stateAt
        = [&outbound](qint64 at) { return replyWindow(outbound.lastCustomerAt, at, true).state; };
    return outbound.message.details.humanAgent && outbound.message.state != DeliveryState::Queued
        && stateAt(attempt.startedAt) == ReplyWindow::State::HumanAgent
        && stateAt(attempt.startedAt + HourMs) == ReplyWindow::State::HumanAgent;
}

// What Meta says when the feature is not granted: that the window is over although it is not, that
// the tag may not be used, or that a permission is missing where none is (see pageLoss()).
bool deniesHumanAgent(const SendVerdict &verdict)
{
    constexpr int TagRefused = 1893061; // 100/1893061, "invalid parameter", with tags; field report
    return verdict.outcome == SendVerdict::Outcome::Failed
        && (verdict.failure == FailureKind::WindowClosed || verdict.subcode == TagRefused
            || isPermissionLoss(verdict));
}

Result<> followLateReply(Connection &connection, const PageId &page, const SendVerdict &verdict,
    qint64 now, Ledger::Touched &touched)
{
    if (verdict.outcome == SendVerdict::Outcome::Sent)
        return noteAgentConfirmed(connection, page, now, touched);
    if (verdict.failure != FailureKind::HumanAgentMissing)
        return {};
    const QString why = QStringLiteral("%1/%2").arg(verdict.code).arg(verdict.subcode);
    return noteAgentRefused(connection, page, why, now, touched);
}

Result<> followVerdict(
    Connection &connection, const Outbound &outbound, const SendVerdict &verdict, qint64 now)
{
    if (verdict.outcome == SendVerdict::Outcome::NotSent) {
        return noteTry(connection, outbound.message.id, outbound.tries + 1,
            now + pauseMs(outbound.tries, verdict.retryAfterSeconds));
    }
    // From here on `tries` counts the readings of the conversation.
    if (verdict.outcome == SendVerdict::Outcome::Unknown)
        return noteTry(connection, outbound.message.id, 0, 0);
    if (verdict.outcome == SendVerdict::Outcome::Sent)
        return noteAcceptance(connection, outbound.message);
    // Nothing else is left that code 200 can mean.
    if (verdict.code == 200 && verdict.failure == FailureKind::PermissionMissing)
        return noteRoleOnly(connection, outbound.message.pageId, now);
    if (verdict.failure == FailureKind::NotThreadOwner && outbound.ownerApp.isEmpty()) {
        return setOwnerApp(connection, outbound.message.pageId, outbound.message.conversationId,
            QString::fromLatin1(SomeOtherApp));
    }
    return {};
}

Result<> followLoss(Connection &connection, const Outbound &outbound, PageLoss loss,
    const SendVerdict &verdict, qint64 now, Ledger::Touched &touched)
{
    const PageId &page = outbound.message.pageId;
    const qint64 pause = loss == PageLoss::Token ? LoginPauseMs : PermissionPauseMs;
    if (auto noted = noteTry(connection, outbound.message.id, outbound.tries, now + pause); !noted)
        return noted;
    if (loss == PageLoss::Permission)
        return notePermissionMissed(connection, page, MissedBy::Reply, now, touched);
    // Without a code it was not Meta who refused it.
    const TokenProblem why
        = verdict.code == 0 ? TokenProblem::Unreadable : tokenProblemOf(verdict.subcode);
    return noteTokenRefused(connection, page, why, now, touched);
}

} // namespace

Result<Claim> claim(
    Connection &connection, const MessageId &id, Leave leave, qint64 now, Ledger::Touched &touched)
{
    const auto outbound = outboundById(connection, id);
    if (!outbound)
        return failure(outbound.error());
    if (!*outbound)
        return failure(Error::Kind::NotFound, QStringLiteral("no message %1").arg(id.value));
    Message message = (*outbound)->message;
    if (message.state != DeliveryState::Queued)
        return Claim{message, false};
    const auto step = nextStep(connection, **outbound, now);
    if (!step)
        return failure(step.error());
    const bool granted = step->state == DeliveryState::Sending;
    if (granted && leave == Leave::Soon)
        return Claim{message, true};
    if (auto noted = noteTry(connection, id, (*outbound)->tries, step->nextTryAt); !noted)
        return failure(noted.error());
    if (step->state == DeliveryState::Queued)
        return Claim{message, false, step->showsTyping, step->waitsForPage};
    message.state = step->state;
    message.failure = step->failure;
    if (auto saved = saveReply(connection, message, touched); !saved)
        return failure(saved.error());
    if (message.state == DeliveryState::Failed) {
        if (auto failed = failLaterParts(connection, message, touched); !failed)
            return failure(failed.error());
    }
    return Claim{message, granted};
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
    const auto loss = pageLoss(connection, message.id, attempt.verdict);
    if (!loss)
        return failure(loss.error());
    const bool waits = *loss != PageLoss::None;
    const bool isLate = leftLate(**outbound, attempt);
    SendVerdict verdict = attempt.verdict;
    if (isLate && !waits && deniesHumanAgent(verdict))
        verdict.failure = FailureKind::HumanAgentMissing;
    if (!waits)
        read(verdict, message);
    else if (message.state == DeliveryState::Sending)
        message.state = DeliveryState::Queued;
    if (message.state == DeliveryState::Sent && before.state == DeliveryState::Sending)
        message.sentAt = now; // until the echo brings Meta's own time
    if (auto applied = applyReceipts(connection, message); !applied)
        return applied;
    auto followed = waits ? followLoss(connection, **outbound, *loss, verdict, now, touched)
                          : followVerdict(connection, **outbound, verdict, now);
    if (followed && isLate && !waits)
        followed = followLateReply(connection, message.pageId, verdict, now, touched);
    if (!followed)
        return followed;
    touched.outbound = true;
    touched.stream(message.pageId.value);
    if (message == before)
        return {};
    if (auto saved = saveReply(connection, message, touched); !saved)
        return saved;
    return message.state == DeliveryState::Failed ? failLaterParts(connection, message, touched)
                                                  : Result<>();
}

Result<> forgetSending(Connection &connection, qint64 now, Ledger::Touched &touched)
{
    const auto stuck = stuckInSending(connection);
    if (!stuck)
        return failure(stuck.error());
    for (const Outbound &outbound : *stuck) {
        const qint64 begunAt
            = outbound.nextTryAt > 0 ? outbound.nextTryAt : outbound.message.sentAt;
        const SendAttempt attempt{outbound.message.id, begunAt, now, 0, {}};
        if (auto settled = settle(connection, attempt, now, touched); !settled)
            return settled;
    }
    return {};
}

} // namespace Pagedesk::Relay
