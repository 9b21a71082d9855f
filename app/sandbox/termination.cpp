// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/termination.h"

#include <QSocketNotifier>

#include <csignal>
#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace Pagedesk::Sandbox {

Termination::Termination()
{
    sigset_t signalsOfInterest;
    sigemptyset(&signalsOfInterest);
    sigaddset(&signalsOfInterest, SIGTERM);
    sigaddset(&signalsOfInterest, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signalsOfInterest, nullptr);
    m_descriptor = signalfd(-1, &signalsOfInterest, SFD_NONBLOCK | SFD_CLOEXEC);
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo info{};
        if (read(m_descriptor, &info, sizeof info) == sizeof info)
            Q_EMIT requested();
    });
}

Termination::~Termination()
{
    m_notifier.reset();
    close(m_descriptor);
}

} // namespace Pagedesk::Sandbox
