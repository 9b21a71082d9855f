// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/webhooksender.h"

#include "models/base/logging.h"
#include "models/messenger/limits.h"

#include <QMessageAuthenticationCode>
#include <QNetworkReply>

#include <algorithm>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 ReorderWaitMs = 3000; // for a next event to change places with

// Meta still sends the older signature along; receivers are told to prefer the newer one.
QByteArray legacySignature(const QByteArray &body, const Secret &secret)
{
    return "sha1="
        + QMessageAuthenticationCode::hash(body, secret.reveal(), QCryptographicHash::Sha1).toHex();
}

} // namespace

WebhookSender::WebhookSender(
    Settings settings, World &world, Scheduler &scheduler, const Clock &clock, Faults &faults)
    : m_settings(std::move(settings))
    , m_world(world)
    , m_scheduler(scheduler)
    , m_clock(clock)
    , m_faults(faults)
    , m_signature(std::make_unique<WebhookSignature>(QList<Secret>{m_settings.appSecret}))
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    connect(&m_faults, &Faults::changed, this, &WebhookSender::pumpAll);
}

void WebhookSender::post(const OutgoingEvent &event)
{
    if (!wantsEvent(event)) {
        ++m_counts.dropped;
        return;
    }
    WebhookLane &lane = m_lanes[event.pageId];
    lane.pageId = event.pageId;
    WaitingEvent waiting{event};
    bool isHeldBack = false;
    for (const Fault &fault : m_faults.take(Fault::Target::Webhook, event.pageId, event.kind)) {
        if (fault.kind == Fault::Kind::Drop) {
            ++m_counts.dropped;
            return;
        }
        if (fault.kind == Fault::Kind::Delay)
            waiting.delayMs += fault.milliseconds;
        waiting.isTwice |= fault.kind == Fault::Kind::Duplicate;
        isHeldBack |= fault.kind == Fault::Kind::Reorder;
    }
    if (isHeldBack && !lane.heldBack) {
        lane.heldBack = std::move(waiting);
        lane.heldBackTicket = ++m_lastTicket;
        m_scheduler.after(ReorderWaitMs, this, [this, &lane, ticket = lane.heldBackTicket] {
            if (lane.heldBackTicket == ticket)
                releaseHeldBack(lane);
        });
        return;
    }
    enqueue(lane, std::move(waiting));
}

void WebhookSender::setReady(bool ready)
{
    m_isReady = ready;
    pumpAll();
}

void WebhookSender::setSettings(const Settings &settings)
{
    m_settings = settings;
    pumpAll();
}

int WebhookSender::pending() const
{
    std::size_t count = 0;
    for (const auto &[pageId, lane] : m_lanes) {
        count += lane.waiting.size() + lane.again.size() + lane.pausing.size()
            + std::size_t(lane.inFlight) + (lane.heldBack ? 1 : 0);
    }
    return int(count);
}

bool WebhookSender::wantsEvent(const OutgoingEvent &event) const
{
    const Page *page = m_world.page(event.pageId);
    const QString field = event.isStandby ? u"standby"_s : fieldOfKind(event.kind);
    return page && page->isSubscribed && page->fields.contains(field);
}

void WebhookSender::enqueue(WebhookLane &lane, WaitingEvent waiting)
{
    lane.waiting.push_back(std::move(waiting));
    releaseHeldBack(lane);
    pump(lane);
}

void WebhookSender::releaseHeldBack(WebhookLane &lane)
{
    if (!lane.heldBack)
        return;
    lane.waiting.push_back(std::move(*lane.heldBack));
    lane.heldBack.reset();
    lane.heldBackTicket = 0;
    pump(lane);
}

void WebhookSender::pumpAll()
{
    for (auto &[pageId, lane] : m_lanes)
        pump(lane);
}

void WebhookSender::pump(WebhookLane &lane)
{
    while (m_isReady && lane.inFlight < m_settings.concurrency
        && !m_faults.isOut(Fault::Target::Webhook, lane.pageId)) {
        if (!lane.again.empty()) {
            WebhookPost post = std::move(lane.again.front());
            lane.again.pop_front();
            send(lane, std::move(post));
        } else if (lane.isDelayed || lane.waiting.empty() || holdForDelay(lane)) {
            return;
        } else {
            send(lane, takePost(lane, m_settings.batch, m_clock.now()));
        }
    }
}

bool WebhookSender::holdForDelay(WebhookLane &lane)
{
    const qint64 delay = std::exchange(lane.waiting.front().delayMs, 0);
    if (delay == 0)
        return false;
    lane.isDelayed = true;
    m_scheduler.after(delay, this, [this, &lane] {
        lane.isDelayed = false;
        pump(lane);
    });
    return true;
}

void WebhookSender::send(WebhookLane &lane, WebhookPost post)
{
    QNetworkRequest request(m_settings.url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"facebookexternalua"_s);
    request.setRawHeader("Accept", "*/*");
    QByteArray signature
        = m_signature->sign({post.body.constData(), std::size_t(post.body.size())});
    if (m_faults.takeKind(Fault::Target::Webhook, Fault::Kind::WrongSignature, lane.pageId))
        signature.back() = signature.back() == '0' ? '1' : '0';
    request.setRawHeader("X-Hub-Signature-256", signature);
    request.setRawHeader("X-Hub-Signature", legacySignature(post.body, m_settings.appSecret));
    request.setTransferTimeout(Limits::WebhookAnswerMs);
    ++lane.inFlight;
    QNetworkReply *reply = m_network.post(request, post.body);
    connect(reply, &QNetworkReply::finished, this,
        [this, &lane, reply, post = std::move(post)]() mutable {
            reply->deleteLater();
            --lane.inFlight;
            answered(lane, std::move(post), *reply);
        });
}

void WebhookSender::answered(WebhookLane &lane, WebhookPost post, QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 200 && reply.error() == QNetworkReply::NoError)
        accepted(lane, std::move(post));
    else
        failed(lane, std::move(post), status);
    pump(lane);
}

void WebhookSender::accepted(WebhookLane &lane, WebhookPost post)
{
    ++m_counts.accepted;
    m_counts.events += quint64(post.events);
    lane.failingSince = 0;
    if (--post.copies > 0)
        lane.again.push_front(std::move(post));
    // The receiver is back: what failed before need not wait out its pause.
    for (auto &[ticket, waiting] : lane.pausing)
        lane.again.push_back(std::move(waiting));
    lane.pausing.clear();
}

void WebhookSender::failed(WebhookLane &lane, WebhookPost post, int status)
{
    const qint64 now = m_clock.now();
    ++m_counts.failed;
    ++post.attempts;
    if (lane.failingSince == 0)
        lane.failingSince = now;
    if (post.firstFailedAt == 0)
        post.firstFailedAt = now;
    qCInfo(logSandbox, "webhook for Page %s not accepted: HTTP %d, attempt %d",
        qPrintable(lane.pageId), status, post.attempts);
    if (now - lane.failingSince >= UnsubscribeAfterMs) {
        unsubscribe(lane);
    } else if (now - post.firstFailedAt >= UnsubscribeAfterMs) {
        m_counts.dropped += quint64(post.events);
        qCWarning(logSandbox, "webhook for Page %s given up", qPrintable(lane.pageId));
    } else {
        pause(lane, std::move(post));
    }
}

void WebhookSender::pause(WebhookLane &lane, WebhookPost post)
{
    const qint64 length = retryPauseMs(post.attempts);
    if (length == 0) {
        lane.again.push_back(std::move(post));
        return;
    }
    const quint64 ticket = ++m_lastTicket;
    lane.pausing.emplace_back(ticket, std::move(post));
    m_scheduler.after(length, this, [this, &lane, ticket] {
        const auto isMeant = [ticket](const auto &each) { return each.first == ticket; };
        const auto it = std::find_if(lane.pausing.begin(), lane.pausing.end(), isMeant);
        if (it == lane.pausing.end())
            return;
        lane.again.push_back(std::move(it->second));
        lane.pausing.erase(it);
        pump(lane);
    });
}

void WebhookSender::unsubscribe(WebhookLane &lane)
{
    qCWarning(logSandbox, "webhooks of Page %s have failed for an hour: the app is unsubscribed",
        qPrintable(lane.pageId));
    if (Page *page = m_world.page(lane.pageId))
        page->isSubscribed = false;
    m_counts.dropped += lane.waiting.size();
    lane.waiting.clear();
    lane.again.clear();
    lane.pausing.clear();
    lane.heldBack.reset();
    lane.failingSince = 0;
}

} // namespace Pagedesk::Sandbox
