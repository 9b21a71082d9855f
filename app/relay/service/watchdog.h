// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/server/httpserver.h"

#include <QTimer>

#include <atomic>
#include <chrono>
#include <memory>

namespace Pagedesk::Relay {

// Tells the service manager that the relay is alive: only when the server's thread and both threads
// of the ledger have answered since it told so last. A relay in which one of them hangs is started
// anew.
class Watchdog : public QObject {
    Q_OBJECT

public:
    Watchdog(Ledger &ledger, Server::HttpServer &server, QObject *parent = nullptr);
    void start(std::chrono::microseconds interval);

private:
    void look();
    void ask();

    Ledger &m_ledger;
    Server::HttpServer &m_server;
    QTimer m_timer;
    std::shared_ptr<std::atomic<int>> m_silent; // of those that were asked
};

} // namespace Pagedesk::Relay
