// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxclock.h"

#include <QPointer>
#include <QTimer>

#include <functional>
#include <map>

namespace Pagedesk::Sandbox {

// Does things later, by the sandbox's clock: moving the clock on makes them due, moving it back
// does not make them wait longer than they were asked to.
class Scheduler final : public QObject {
    Q_OBJECT
public:
    explicit Scheduler(SandboxClock &clock);

    // Calls `action` once after that many milliseconds, unless `context` has died by then. Things
    // due at the same moment are done in the order they were asked for.
    void after(qint64 milliseconds, const QObject *context, std::function<void()> action);

private:
    struct Entry {
        QPointer<const QObject> context;
        std::function<void()> action;
    };

    void clockMoved(qint64 milliseconds);
    void runDue();
    void rearm();

    SandboxClock &m_clock;
    QTimer m_timer;
    std::multimap<qint64, Entry> m_entries; // by the moment they are due
};

} // namespace Pagedesk::Sandbox
