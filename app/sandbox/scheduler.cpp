// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/scheduler.h"

namespace Pagedesk::Sandbox {

Scheduler::Scheduler(SandboxClock &clock)
    : m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Scheduler::runDue);
    connect(&m_clock, &SandboxClock::moved, this, &Scheduler::clockMoved);
}

void Scheduler::after(qint64 milliseconds, const QObject *context, std::function<void()> action)
{
    m_entries.emplace(m_clock.now() + milliseconds, Entry{context, std::move(action)});
    rearm();
}

void Scheduler::clockMoved(qint64 milliseconds)
{
    if (milliseconds < 0) {
        std::multimap<qint64, Entry> shifted;
        for (auto &[due, entry] : m_entries)
            shifted.emplace_hint(shifted.end(), due + milliseconds, std::move(entry));
        m_entries = std::move(shifted);
    }
    rearm();
}

void Scheduler::runDue()
{
    const qint64 now = m_clock.now();
    while (!m_entries.empty() && m_entries.begin()->first <= now) {
        auto node = m_entries.extract(m_entries.begin());
        if (node.mapped().context)
            node.mapped().action();
    }
    rearm();
}

void Scheduler::rearm()
{
    if (m_entries.empty()) {
        m_timer.stop();
        return;
    }
    constexpr qint64 LongestWait = 60'000; // far below what a QTimer can hold
    const qint64 wait = m_entries.begin()->first - m_clock.now();
    m_timer.start(int(std::clamp<qint64>(wait, 0, LongestWait)));
}

} // namespace Pagedesk::Sandbox
