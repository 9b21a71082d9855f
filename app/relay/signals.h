// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace Pagedesk::Relay {

// Turns the first SIGTERM or SIGINT into a call on the main thread, and every SIGHUP into another.
// Make it before other threads that should not be interrupted do anything; one at a time.
class Signals {
public:
    Signals(std::function<void()> endAsked, std::function<void()> reloadAsked);
    ~Signals();
    Signals(const Signals &) = delete;
    Signals &operator=(const Signals &) = delete;

private:
    void read();

    std::function<void()> m_endAsked;
    std::function<void()> m_reloadAsked;
    int m_pipe[2] = {-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Pagedesk::Relay
