// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/signals.h"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Pagedesk::Relay {

namespace {

// The handler may only touch this.
volatile int s_pipe = -1;

void tell(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(s_pipe, &byte, 1);
}

void handle(int signal, void (*handler)(int))
{
    struct sigaction action { };
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigaction(signal, &action, nullptr);
}

} // namespace

TerminationSignals::TerminationSignals(std::function<void()> asked)
{
    if (::pipe2(m_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    s_pipe = m_pipe[1];
    m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
        [this, asked = std::move(asked)] {
            m_notifier->setEnabled(false);
            asked();
        });
    handle(SIGTERM, &tell);
    handle(SIGINT, &tell);
}

TerminationSignals::~TerminationSignals()
{
    // The program is ending: who asks twice does not cut short what it still has to close.
    handle(SIGTERM, SIG_IGN);
    handle(SIGINT, SIG_IGN);
    s_pipe = -1;
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

} // namespace Pagedesk::Relay
