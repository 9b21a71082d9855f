// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/service/watchdog.h"

#include "app/relay/service/servicemanager.h"
#include "models/base/logging.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

constexpr int Threads = 3;
constexpr int LooksAnInterval = 4;

} // namespace

Watchdog::Watchdog(Ledger &ledger, Server::HttpServer &server, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_server(server)
{
    connect(&m_timer, &QTimer::timeout, this, &Watchdog::look);
}

void Watchdog::start(std::chrono::microseconds interval)
{
    const auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(interval);
    ask();
    m_timer.start(std::max(pause / LooksAnInterval, std::chrono::milliseconds(1)));
}

void Watchdog::look()
{
    if (*m_silent > 0) {
        qCWarning(logRelay) << "a thread has not answered the watchdog yet";
        return;
    }
    ServiceManager::tell("WATCHDOG=1");
    ask();
}

void Watchdog::ask()
{
    m_silent = std::make_shared<std::atomic<int>>(Threads);
    const auto answer = [silent = m_silent] { --*silent; };
    m_ledger.database().submit([](Connection &) -> Result<> { return {}; },
        [answer](const Result<> &) { answer(); }); // a full disk is not a hung thread
    m_ledger.database().submitRead([answer](Connection &) { answer(); });
    m_server.ping(answer);
}

} // namespace Pagedesk::Relay
