// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/dispatch/dispatcher.h"

#include "app/relay/access/pagetokens.h"
#include "app/relay/dispatch/sendorder.h"
#include "app/relay/ledger/pages.h"
#include "models/base/logging.h"
#include "models/domain/replywindow.h"
#include "models/messenger/sendpayload.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

constexpr int ParallelSends = 16;
constexpr int TypingTimeoutMs = 5000;
// Nothing waits longer for its next try; what seems to is left over from a clock that was wrong.
constexpr qint64 LongestWaitMs = 25 * 3'600'000LL;

void wakeBy(qint64 &wakeAt, qint64 at)
{
    wakeAt = wakeAt == 0 ? at : std::min(wakeAt, at);
}

SendOutcome refusal(FailureKind why)
{
    SendOutcome refused;
    refused.verdict.outcome = SendVerdict::Outcome::Failed;
    refused.verdict.failure = why;
    return refused;
}

// Source: Messenger Platform "Error codes", 2026-06-25.
bool isUnknownFile(const SendVerdict &verdict)
{
    return verdict.outcome == SendVerdict::Outcome::Failed && verdict.subcode == 2018074;
}

Pacing::Call callOf(const Message &message)
{
    return message.attachments.isEmpty() ? Pacing::Call::Text : Pacing::Call::Media;
}

} // namespace

Dispatcher::Dispatcher(Ledger &ledger, GraphClient &graph, MetaFiles &files, const Vault &vault,
    const Clock &clock, Metrics &metrics, Pacing &pacing, SendTimes times, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_graph(graph)
    , m_files(files)
    , m_vault(vault)
    , m_clock(clock)
    , m_metrics(metrics)
    , m_pacing(pacing)
    , m_times(std::move(times))
{
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &Dispatcher::look);
    connect(&m_ledger, &Ledger::touched, this, [this](const Ledger::Touched &touched) {
        if (touched.outbound)
            look();
    });
}

void Dispatcher::start()
{
    const auto forget = [now = m_clock.now()](Connection &connection, Ledger::Touched &touched) {
        return forgetSending(connection, now, touched);
    };
    m_ledger.write(forget).then(this, [this](const Result<> &done) {
        if (!done)
            qCCritical(logDispatch) << "cannot read what was being sent:" << done.error().detail;
        look();
    });
}

void Dispatcher::stop()
{
    m_stopped = true;
    m_wake.stop();
    if (isIdle())
        Q_EMIT idle();
}

void Dispatcher::resume(const PageId &page, qint64 at)
{
    for (auto it = m_held.begin(); it != m_held.end();) {
        if (it->page != page || it->since >= at) {
            ++it;
            continue;
        }
        m_resumed.insert(it.key());
        it = m_held.erase(it);
    }
    look();
}

void Dispatcher::look()
{
    if (m_stopped)
        return;
    if (m_looking) {
        m_lookAgain = true;
        return;
    }
    m_looking = true;
    m_ledger.database()
        .read<QList<Outbound>>(
            [readings = static_cast<int>(m_times.readAfter.size())](
                Connection &connection) { return outboundUnderWay(connection, readings); })
        .then(this, [this](const Result<QList<Outbound>> &underWay) {
            m_looking = false;
            if (underWay)
                choose(*underWay);
            else
                qCWarning(logDispatch) << "cannot read replies:" << underWay.error().detail;
            if (std::exchange(m_lookAgain, false))
                look();
        });
}

// The first reply of each conversation may leave, unless it has to wait.
void Dispatcher::choose(const QList<Outbound> &underWay)
{
    dropGroupsBut(underWay);
    dropHeldBut(underWay);
    qint64 wakeAt = 0;
    ConversationId current;
    bool blocked = false;
    QStringList open; // groups of which a part is unknown: the rest stays
    for (const Outbound &outbound : inSendOrder(underWay, m_begunGroups)) {
        const Message &message = outbound.message;
        if (message.conversationId != current) {
            current = message.conversationId;
            blocked = m_inFlight.contains(current);
            open.clear();
        }
        const QString &group = message.details.group;
        if (blocked || (!group.isEmpty() && open.contains(group)))
            continue;
        blocked = mustWait(outbound, wakeAt);
        if (blocked)
            continue;
        if (message.state == DeliveryState::Unknown) {
            open.append(group); // unknown for long enough: somebody else's may go
            continue;
        }
        blocked = true;
        if (message.state != DeliveryState::Queued
            || m_inFlight.size() - m_bringing >= ParallelSends)
            continue; // at the cap whichever send finishes looks again
        if (const qint64 wait = m_pacing.mayCall(message.pageId, callOf(message)); wait > 0)
            wakeBy(wakeAt, m_clock.now() + wait);
        else
            begin(outbound);
    }
    if (wakeAt > 0)
        m_wake.start(static_cast<int>(std::clamp<qint64>(wakeAt - m_clock.now(), 10, 60'000)));
}

bool Dispatcher::mustWait(const Outbound &first, qint64 &wakeAt) const
{
    if (m_resumed.contains(first.message.id))
        return false;
    const qint64 now = m_clock.now();
    const qint64 until = first.message.state == DeliveryState::Unknown
        ? first.attemptEndedAt + m_times.unknownPatience
        : first.nextTryAt;
    if (until <= now || until - now > LongestWaitMs)
        return false;
    wakeBy(wakeAt, until);
    return true;
}

// Conversations with nothing under way need not be remembered.
void Dispatcher::dropGroupsBut(const QList<Outbound> &underWay)
{
    if (m_begunGroups.isEmpty())
        return;
    QSet<ConversationId> kept;
    for (const Outbound &outbound : underWay)
        kept.insert(outbound.message.conversationId);
    m_begunGroups.removeIf([this, &kept](const QHash<ConversationId, QString>::iterator &each) {
        return !kept.contains(each.key()) && !m_inFlight.contains(each.key());
    });
}

void Dispatcher::dropHeldBut(const QList<Outbound> &underWay)
{
    if (m_held.isEmpty() && m_resumed.isEmpty())
        return;
    QSet<MessageId> kept;
    for (const Outbound &outbound : underWay)
        kept.insert(outbound.message.id);
    m_resumed.intersect(kept);
    m_held.removeIf([&kept](const QHash<MessageId, Held>::iterator &each) {
        return !kept.contains(each.key());
    });
}

void Dispatcher::begin(const Outbound &outbound)
{
    m_resumed.remove(outbound.message.id);
    const ConversationId &conversation = outbound.message.conversationId;
    m_inFlight.insert(conversation, outbound.message.id);
    if (outbound.message.details.group.isEmpty())
        m_begunGroups.remove(conversation);
    else
        m_begunGroups.insert(conversation, outbound.message.details.group);
    if (outbound.message.attachments.isEmpty()) {
        claimed(outbound, Leave::Now,
            [this](const Outbound &taken, const Secret &token) { send(taken, {}, token); });
    } else {
        claimed(outbound, Leave::Soon,
            [this](const Outbound &waiting, const Secret &token) { bringFile(waiting, token); });
    }
}

// Goes on with the Page's token, unless the reply may not leave now.
void Dispatcher::claimed(const Outbound &outbound, Leave leave,
    const std::function<void(const Outbound &, const Secret &)> &next)
{
    struct Claimed {
        Claim claim;
        QByteArray sealedToken;
    };
    const auto result = std::make_shared<Claimed>();
    const qint64 now = m_clock.now();
    m_ledger
        .write([id = outbound.message.id, leave, now, result](
                   Connection &connection, Ledger::Touched &touched) -> Result<> {
            const auto claim = Relay::claim(connection, id, leave, now, touched);
            if (!claim)
                return failure(claim.error());
            *result = {*claim, {}};
            if (!claim->granted && !claim->showsTyping)
                return {};
            const auto token = sealedTokenOf(connection, claim->message.pageId);
            if (!token)
                return failure(token.error());
            result->sealedToken = *token;
            return {};
        })
        .then(this, [this, outbound, result, now, next](const Result<> &done) {
            if (!done) {
                qCWarning(logDispatch) << "cannot take a reply:" << done.error().detail;
                QTimer::singleShot(
                    1000, this, [this, outbound] { finished(outbound.message.conversationId); });
                return;
            }
            if (!result->claim.granted) {
                if (result->claim.waitsForPage)
                    m_held.insert(outbound.message.id, {outbound.message.pageId, 0});
                if (result->claim.showsTyping)
                    showTyping(outbound, result->sealedToken);
                finished(outbound.message.conversationId);
                return;
            }
            Outbound taken = outbound;
            taken.message = result->claim.message;
            const auto token = PageTokens::open(m_vault, taken.message.pageId, result->sealedToken);
            if (token)
                next(taken, *token);
            else
                answered(taken, now, refusal(FailureKind::NeedsLogin));
        });
}

// For the pause before a part. It is made once and nobody waits for it: what becomes of it changes
// nothing about the reply.
void Dispatcher::showTyping(const Outbound &outbound, const QByteArray &sealedToken)
{
    const PageId &page = outbound.message.pageId;
    const auto token = PageTokens::open(m_vault, page, sealedToken);
    if (!token || m_stopped || m_pacing.mayCall(page, Pacing::Call::Text) > 0)
        return;
    m_graph.act(page, *token, typingPayload(outbound.psid), TypingTimeoutMs);
}

// A file goes to Meta before its reply; until then the reply is as good as not begun.
void Dispatcher::bringFile(const Outbound &outbound, const Secret &token)
{
    const qint64 startedAt = m_clock.now();
    ++m_bringing; // large files must not keep texts waiting
    m_files.idFor(outbound.message.pageId, outbound.message.attachments.constFirst(), token)
        .then(this, [this, outbound, startedAt](const Result<MetaFiles::Outcome> &outcome) {
            --m_bringing;
            if (m_stopped || !outcome) {
                finished(outbound.message.conversationId);
            } else if (outcome->attachmentId.isEmpty()) {
                answered(outbound, startedAt, {outcome->verdict, 0});
            } else {
                claimed(outbound, Leave::Now,
                    [this, file = *outcome](const Outbound &taken, const Secret &secret) {
                        send(taken, file, secret);
                    });
            }
        });
}

void Dispatcher::send(const Outbound &outbound, const MetaFiles::Outcome &file, const Secret &token)
{
    const qint64 startedAt = m_clock.now();
    const Message &message = outbound.message;
    const auto window = replyWindow(outbound.lastCustomerAt, startedAt, message.details.humanAgent);
    if (!window.allowsHumanReply()) { // it has closed since the reply was claimed
        answered(outbound, startedAt, refusal(FailureKind::WindowClosed));
        return;
    }
    const auto payload = file.attachmentId.isEmpty()
        ? textPayload(outbound.psid, message.text, message.id, window.state)
        : attachmentPayload(outbound.psid, message.attachments.constFirst().kind, file.attachmentId,
            message.id, window.state);
    if (!payload) {
        answered(outbound, startedAt, refusal(FailureKind::InvalidRequest));
        return;
    }
    m_graph.send(message.pageId, token, *payload, m_times.timeoutMs)
        .then(this, [this, outbound, file, startedAt](const Result<SendOutcome> &result) {
            SendOutcome outcome = result.value_or(SendOutcome{});
            if (!file.wasKnown || !isUnknownFile(outcome.verdict)) {
                answered(outbound, startedAt, outcome);
                return;
            }
            // Meta has lost what it was given: once more, with the file.
            outcome.verdict.outcome = SendVerdict::Outcome::NotSent;
            m_files.forget(outbound.message.pageId, file.attachmentId)
                .then(this, [this, outbound, startedAt, outcome](const Result<> &) {
                    answered(outbound, startedAt, outcome);
                });
        });
}

void Dispatcher::answered(const Outbound &outbound, qint64 startedAt, const SendOutcome &outcome)
{
    using Outcome = SendVerdict::Outcome;
    const qint64 now = m_clock.now();
    const SendVerdict &verdict = outcome.verdict;
    qCInfo(logDispatch) << "reply" << outbound.message.id.value << "outcome"
                        << static_cast<int>(verdict.outcome) << "http" << outcome.httpStatus
                        << "code" << verdict.code << verdict.subcode << verdict.traceId;
    if (verdict.outcome == Outcome::Sent)
        m_metrics.repliesSent.add(1);
    else if (verdict.outcome == Outcome::Failed)
        m_metrics.repliesFailed.add(1);
    else if (verdict.outcome == Outcome::Unknown)
        m_metrics.repliesUnknown.add(1);
    if (verdict.outcome == Outcome::Failed) // should it stay queued, it is for want of the Page
        m_held.insert(outbound.message.id, {outbound.message.pageId, now});
    keep({outbound.message.id, startedAt, now, outcome.httpStatus, verdict},
        outbound.message.conversationId);
}

// A result that cannot be stored now is stored later; until then nothing else leaves this
// conversation. Should the relay end before, a restart reads the reply as unknown.
void Dispatcher::keep(const SendAttempt &attempt, const ConversationId &conversation)
{
    m_ledger
        .write([attempt](Connection &connection, Ledger::Touched &touched) {
            return settle(connection, attempt, attempt.endedAt, touched);
        })
        .then(this, [this, attempt, conversation](const Result<> &done) {
            if (done || m_stopped) {
                finished(conversation);
                return;
            }
            qCCritical(logDispatch) << "cannot store a result:" << done.error().detail;
            QTimer::singleShot(
                1000, this, [this, attempt, conversation] { keep(attempt, conversation); });
        });
}

void Dispatcher::finished(const ConversationId &conversation)
{
    m_inFlight.remove(conversation);
    if (m_stopped && isIdle())
        Q_EMIT idle();
    look();
}

} // namespace Pagedesk::Relay
