// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/servercore.h"
#include "models/base/result.h"

#include <optional>

namespace Pagedesk::Server {

// The listening socket: takes connections and gives each to an HttpConnection.
class Listener {
public:
    explicit Listener(ServerCore &core);

    // Binds; see HttpServer::listen().
    Result<std::uint16_t> open(const std::string &host, std::uint16_t port);
    // Takes over a socket that listens already.
    Result<std::uint16_t> adopt(int socket);
    // From here on connections are taken. On the server's thread.
    void start();
    void close();

private:
    void accept();
    void onAccepted(const ErrorCode &error, Socket socket);
    void take(Socket socket);
    void pause(const ErrorCode &error);

    ServerCore &m_core;
    Acceptor m_acceptor;
    Timer m_pause;
    std::optional<SteadyClock::time_point> m_lastWarning;
};

} // namespace Pagedesk::Server
