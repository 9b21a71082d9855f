// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/signals.h"

#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace Pagedesk::Relay {

namespace {

// The handler may only touch this.
volatile int s_pipe = -1;

void tell(int signal)
{
    const int before = errno;
    const char byte = static_cast<char>(signal);
    [[maybe_unused]] const auto written = ::write(s_pipe, &byte, 1);
    errno = before;
}

void handle(int signal, void (*handler)(int))
{
    struct sigaction action { };
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigaction(signal, &action, nullptr);
}

} // namespace

Signals::Signals(std::function<void()> endAsked, std::function<void()> reloadAsked)
    : m_endAsked(std::move(endAsked))
    , m_reloadAsked(std::move(reloadAsked))
{
    if (::pipe2(m_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    s_pipe = m_pipe[1];
    m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    QObject::connect(
        m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] { read(); });
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        handle(signal, &tell);
}

Signals::~Signals()
{
    // The program is ending: who asks twice does not cut short what it still has to close.
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        handle(signal, SIG_IGN);
    s_pipe = -1;
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

void Signals::read()
{
    char byte = 0;
    while (::read(m_pipe[0], &byte, 1) == 1) {
        if (byte == SIGHUP)
            m_reloadAsked();
        else if (const auto asked = std::exchange(m_endAsked, nullptr))
            asked();
    }
}

} // namespace Pagedesk::Relay
