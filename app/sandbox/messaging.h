// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/scheduler.h"
#include "app/sandbox/webhookitem.h"

namespace Pagedesk::Sandbox {

// Whoever takes the events that messaging causes.
class EventSink {
public:
    virtual ~EventSink() = default;
    virtual void post(const OutgoingEvent &event) = 0;
};

// What happens between customers and Pages: messages both ways, and the events they cause in
// Meta's order: echo, then delivery, then read.
class Messaging final : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 DeliveryAfterMs = 500; // a customer's phone gets the message
    static constexpr qint64 ReadAfterMs = 2000; // and the customer looks at it

    Messaging(World &world, const SandboxClock &clock, Scheduler &scheduler,
        const MediaLinks &links, EventSink &sink);

    // Both fill in what the message leaves open: mid and time. They return the mid.
    QString customerWrites(Thread &thread, Message message);
    QString pageWrites(Thread &thread, Message message);

    // Another app gets control of the conversation, or gives it back when `app` is ours. Each is
    // told to us as Meta does it.
    void handOver(Thread &thread, const QString &app, const QString &ownApp);
    void customerReads(Thread &thread);
    // Empty emoji: takes the reaction back. False when the message is not in the thread.
    bool customerReacts(Thread &thread, const QString &mid, const QString &emoji);

Q_SIGNALS:
    void customerWasWritten(const QString &pageId, const QString &psid, const QString &mid);

private:
    qint64 momentFor(const Thread &thread) const;
    void post(const Thread &thread, OutgoingEvent event);
    void scheduleReceipts(Thread &thread);
    void deliver(Thread &thread);

    World &m_world;
    const SandboxClock &m_clock;
    Scheduler &m_scheduler;
    const MediaLinks &m_links;
    EventSink &m_sink;
};

} // namespace Pagedesk::Sandbox
