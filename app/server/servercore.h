// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/connection.h"
#include "app/server/http.h"
#include "app/server/mailbox.h"

#include <array>
#include <atomic>
#include <ctime>

namespace Pagedesk::Server {

// What all parts of one server share. Only the counters are read from other threads.
struct ServerCore {
    ServerCore(Limits limits, RequestHandler handler);

    struct Counters {
        std::atomic<std::uint64_t> accepted = 0;
        std::atomic<std::uint64_t> refused = 0;
        std::atomic<std::uint64_t> requests = 0;
        std::atomic<std::uint64_t> open = 0;
        std::atomic<std::uint64_t> webSockets = 0;
    };

    // The value of the Date header (RFC 9110, 6.6.1), made once a second.
    std::string_view date();

    const Limits limits;
    const RequestHandler handler;
    Counters counters;
    ConnectionTable connections;
    bool stopping = false;
    // Where unwanted bytes of any connection go; nobody ever reads them.
    std::array<char, 65536> waste;
    // Last, so that handlers still waiting in it die while the rest is alive.
    boost::asio::io_context context;
    const std::shared_ptr<Mailbox> mailbox;

private:
    std::time_t m_dateSecond = -1;
    std::string m_date;
};

} // namespace Pagedesk::Server
