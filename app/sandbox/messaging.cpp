// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/messaging.h"

#include "app/sandbox/idmaker.h"
#include "app/sandbox/routing.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

// Page messages that still lack a receipt stand at the end of a thread.
template <typename Visit, typename IsDone>
void visitOpen(Thread &thread, Visit visit, IsDone isDone)
{
    for (auto it = thread.messages.rbegin(); it != thread.messages.rend(); ++it) {
        if (it->isFromCustomer)
            continue;
        if (isDone(*it))
            break;
        visit(*it);
    }
}

} // namespace

Messaging::Messaging(World &world, const SandboxClock &clock, Scheduler &scheduler,
    const MediaLinks &links, EventSink &sink)
    : m_world(world)
    , m_clock(clock)
    , m_scheduler(scheduler)
    , m_links(links)
    , m_sink(sink)
{
}

QString Messaging::customerWrites(Thread &thread, Message message)
{
    message.isFromCustomer = true;
    if (message.mid.isEmpty())
        message.mid = newMid();
    if (message.at == 0)
        message.at = momentFor(thread);
    if (!isHeldByOther(thread, m_clock.now()))
        thread.ownerApp.clear(); // control has ended meanwhile
    thread.lastCustomerAt = std::max(thread.lastCustomerAt, message.at);
    const Message &stored = m_world.append(thread, std::move(message));
    post(thread, messageEvent(thread, stored, m_world, m_links));
    return stored.mid;
}

QString Messaging::pageWrites(Thread &thread, Message message)
{
    message.isFromCustomer = false;
    if (message.mid.isEmpty())
        message.mid = newMid();
    if (message.at == 0)
        message.at = momentFor(thread);
    const Message &stored = m_world.append(thread, std::move(message));
    post(thread, echoEvent(thread, stored, m_world, m_links));
    scheduleReceipts(thread);
    const QString mid = stored.mid;
    Q_EMIT customerWasWritten(thread.pageId, thread.psid, mid);
    return mid;
}

void Messaging::handOver(Thread &thread, const QString &app, const QString &ownApp)
{
    const QString before = thread.ownerApp.isEmpty() ? ownApp : thread.ownerApp;
    const bool isToUs = app == ownApp;
    thread.ownerApp = isToUs ? QString() : app;
    const QString action = isToUs ? u"pass_thread_control"_s : u"take_thread_control"_s;
    m_sink.post(handoverEvent(thread, action, before, app, m_clock.now()));
}

// What happens in a conversation of another app is told to us in standby.
void Messaging::post(const Thread &thread, OutgoingEvent event)
{
    event.isStandby = isHeldByOther(thread, m_clock.now());
    m_sink.post(event);
}

void Messaging::customerReads(Thread &thread)
{
    deliver(thread);
    qint64 watermark = 0;
    visitOpen(
        thread,
        [&](Message &message) {
            message.isRead = true;
            watermark = std::max(watermark, message.at);
        },
        [](const Message &message) { return message.isRead; });
    if (watermark > 0)
        post(thread, readEvent(thread, watermark, m_clock.now()));
}

bool Messaging::customerReacts(Thread &thread, const QString &mid, const QString &emoji)
{
    const World::Found found = m_world.message(mid);
    if (found.thread != &thread || found.message->isFromCustomer)
        return false;
    found.message->reaction = emoji;
    const qint64 now = m_clock.now();
    if (!emoji.isEmpty())
        thread.lastCustomerAt = std::max(thread.lastCustomerAt, now); // opens the reply window
    post(thread, reactionEvent(thread, mid, emoji, now));
    return true;
}

// Times rise within a thread, so that a watermark tells its messages apart; a clock that was set
// back far is taken as it is.
qint64 Messaging::momentFor(const Thread &thread) const
{
    constexpr qint64 SameBurstMs = 1000;
    const qint64 now = m_clock.now();
    const qint64 last = lastActivity(thread);
    return last >= now && last - now < SameBurstMs ? last + 1 : now;
}

void Messaging::scheduleReceipts(Thread &thread)
{
    const Customer *customer = m_world.customer(thread.psid);
    if (!customer || !customer->receives)
        return;
    if (!thread.isDeliveryPending) {
        thread.isDeliveryPending = true;
        m_scheduler.after(DeliveryAfterMs, this, [this, &thread] {
            thread.isDeliveryPending = false;
            deliver(thread);
        });
    }
    if (customer->reads && !thread.isReadPending) {
        thread.isReadPending = true;
        m_scheduler.after(ReadAfterMs, this, [this, &thread] {
            thread.isReadPending = false;
            customerReads(thread);
        });
    }
}

void Messaging::deliver(Thread &thread)
{
    QStringList mids;
    qint64 watermark = 0;
    visitOpen(
        thread,
        [&](Message &message) {
            message.isDelivered = true;
            mids.prepend(message.mid);
            watermark = std::max(watermark, message.at);
        },
        [](const Message &message) { return message.isDelivered; });
    if (!mids.isEmpty())
        post(thread, deliveryEvent(thread, mids, watermark, m_clock.now()));
}

} // namespace Pagedesk::Sandbox
