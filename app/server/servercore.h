// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/connection.h"
#include "app/server/http.h"
#include "app/server/mailbox.h"

#include <array>
#include <atomic>
#include <ctime>

namespace Pagedesk::Server {

class TlsContext;

// What one connection has received of a body, as part of what all have.
class BodyShare {
public:
    explicit BodyShare(std::size_t &total)
        : m_total(total)
    {
    }
    BodyShare(const BodyShare &) = delete;
    BodyShare &operator=(const BodyShare &) = delete;
    ~BodyShare() { set(0); }

    void set(std::size_t size)
    {
        m_total += size - m_size; // unsigned arithmetic makes this right for less, too
        m_size = size;
    }

private:
    std::size_t &m_total;
    std::size_t m_size = 0;
};

// What all parts of one server share. Only the counters are read from other threads.
struct ServerCore {
    ServerCore(Limits limits, RequestHandler handler);

    struct Counters {
        std::atomic<std::uint64_t> accepted = 0;
        std::atomic<std::uint64_t> refused = 0;
        std::atomic<std::uint64_t> requests = 0;
        std::atomic<std::uint64_t> open = 0;
        std::atomic<std::uint64_t> webSockets = 0;
        std::atomic<std::uint64_t> handshakesFailed = 0;
    };

    // The value of the Date header (RFC 9110, 6.6.1), made once a second.
    std::string_view date();

    const Limits limits;
    const RequestHandler handler;
    Counters counters;
    ConnectionTable connections;
    std::size_t bodiesBytes = 0; // of the bodies that are being received
    bool stopping = false;
    std::shared_ptr<TlsContext> tls; // for new connections; nullptr: they are not encrypted
    // Where unwanted bytes of any connection go; nobody ever reads them.
    std::array<char, 64 * KiB> waste;
    // Last, so that handlers still waiting in it die while the rest is alive.
    boost::asio::io_context context;
    const std::shared_ptr<Mailbox> mailbox;

private:
    std::time_t m_dateSecond = -1;
    std::string m_date;
};

} // namespace Pagedesk::Server
