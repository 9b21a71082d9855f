// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/termination.h"

#include <QSocketNotifier>

#include <csignal>
#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace Pagedesk {

namespace {

sigset_t endingSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&set, number);
    return set;
}

} // namespace

void Termination::blockSignals()
{
    const sigset_t set = endingSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Termination::Termination(QObject *parent)
    : QObject(parent)
{
    const sigset_t set = endingSignals();
    m_descriptor = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (m_descriptor < 0)
        return;
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
    if (m_descriptor >= 0)
        close(m_descriptor);
}

} // namespace Pagedesk
