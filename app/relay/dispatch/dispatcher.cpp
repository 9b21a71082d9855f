// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/dispatch/dispatcher.h"

#include "app/relay/access/pagetokens.h"
#include "app/relay/dispatch/settle.h"
#include "app/relay/ledger/pages.h"
#include "models/base/logging.h"
#include "models/domain/replywindow.h"
#include "models/messenger/sendpayload.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

constexpr int ParallelSends = 16;
// How long the next reply of a conversation waits for the fate of an unknown one, so that they
// cannot overtake each other while the echo is under way.
constexpr qint64 UnknownPatienceMs = 30'000;

} // namespace

Dispatcher::Dispatcher(Ledger &ledger, GraphClient &graph, const Vault &vault, const Clock &clock,
    Metrics &metrics, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_graph(graph)
    , m_vault(vault)
    , m_clock(clock)
    , m_metrics(metrics)
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
    m_ledger.write(&forgetSending).then(this, [this](const Result<> &done) {
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
        .read<QList<Outbound>>(&outboundUnderWay)
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
    qint64 wakeAt = 0;
    ConversationId blocked;
    for (const Outbound &outbound : underWay) {
        const ConversationId &conversation = outbound.message.conversationId;
        if (conversation == blocked)
            continue;
        if (mustWait(outbound, wakeAt)) {
            blocked = conversation;
            continue;
        }
        if (outbound.message.state != DeliveryState::Queued)
            continue; // unknown for long enough: the next one may go
        blocked = conversation;
        if (m_inFlight.size() < ParallelSends)
            begin(outbound);
        // At the cap: whichever send finishes looks again.
    }
    if (wakeAt > 0)
        m_wake.start(static_cast<int>(std::clamp<qint64>(wakeAt - m_clock.now(), 10, 60'000)));
}

bool Dispatcher::mustWait(const Outbound &first, qint64 &wakeAt)
{
    const qint64 now = m_clock.now();
    qint64 until = 0;
    if (m_inFlight.contains(first.message.conversationId))
        return true;
    if (first.message.state == DeliveryState::Unknown) {
        const qint64 since = m_unknownSince.value(first.message.id, 0);
        if (since == 0)
            m_unknownSince.insert(first.message.id, now);
        until = (since == 0 ? now : since) + UnknownPatienceMs;
    } else {
        until = std::max(first.nextTryAt, m_pausedUntil.value(first.message.pageId, 0));
    }
    if (until <= now)
        return false;
    wakeAt = wakeAt == 0 ? until : std::min(wakeAt, until);
    return true;
}

void Dispatcher::begin(const Outbound &outbound)
{
    m_inFlight.insert(outbound.message.conversationId, outbound.message.id);
    struct Claimed {
        Message message;
        QByteArray sealedToken;
    };
    const auto claimed = std::make_shared<Claimed>();
    const qint64 now = m_clock.now();
    m_ledger
        .write([id = outbound.message.id, now, claimed](
                   Connection &connection, Ledger::Touched &touched) -> Result<> {
            const auto message = claim(connection, id, now, touched);
            if (!message)
                return failure(message.error());
            const auto token = sealedTokenOf(connection, message->pageId);
            if (!token)
                return failure(token.error());
            *claimed = {*message, *token};
            return {};
        })
        .then(this, [this, outbound, claimed, now](const Result<> &done) {
            if (!done || claimed->message.state != DeliveryState::Sending) {
                if (!done)
                    qCWarning(logDispatch) << "cannot take a reply:" << done.error().detail;
                finished(outbound.message.conversationId);
                return;
            }
            Outbound taken = outbound;
            taken.message = claimed->message;
            const auto token
                = PageTokens::open(m_vault, taken.message.pageId, claimed->sealedToken);
            const auto window = replyWindow(taken.lastCustomerAt, now, false).state;
            const auto payload = textPayload(taken.psid, taken.message.text, taken.message.id,
                window == ReplyWindow::State::Open ? window : ReplyWindow::State::HumanAgent);
            if (token && payload) {
                prepared(taken, *payload, *token);
                return;
            }
            SendOutcome refused;
            refused.verdict.outcome = SendVerdict::Outcome::Failed;
            refused.verdict.failure
                = !token ? FailureKind::NeedsLogin : FailureKind::InvalidRequest;
            answered(taken, now, refused);
        });
}

void Dispatcher::prepared(const Outbound &outbound, const QByteArray &payload, const Secret &token)
{
    const qint64 startedAt = m_clock.now();
    m_graph.send(outbound.message.pageId, token, payload)
        .then(this, [this, outbound, startedAt](const Result<SendOutcome> &outcome) {
            answered(outbound, startedAt, outcome.value_or(SendOutcome{}));
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
    if (verdict.pausesPage)
        m_pausedUntil.insert(
            outbound.message.pageId, now + std::max(60, verdict.retryAfterSeconds) * 1000LL);
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
