// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/httpserver.h"

#include <mutex>
#include <optional>
#include <vector>

namespace Pagedesk::Server {

// Tells what was received: "POST /path?query body".
inline void echo(Request &&request, const Responder &responder)
{
    std::string text = request.method + ' ' + request.path;
    if (!request.query.empty())
        text += '?' + request.query;
    responder.send({200, text + ' ' + request.body});
}

// A server on a free port of the loopback interface.
class TestServer {
public:
    explicit TestServer(Limits limits = {}, RequestHandler handler = echo)
        : m_server(limits, std::move(handler))
        , m_port(m_server.listen("127.0.0.1", 0).value_or(0))
    {
    }

    // `prepare` is called before anybody knows the port.
    TestServer(Limits limits, RequestHandler handler,
        const std::function<void(HttpServer &, std::uint16_t)> &prepare)
        : TestServer(limits, std::move(handler))
    {
        prepare(m_server, m_port);
    }

    std::uint16_t port() const { return m_port; }
    HttpServer &server() { return m_server; }
    Statistics statistics() const { return m_server.statistics(); }

private:
    HttpServer m_server;
    std::uint16_t m_port;
};

// Requests that wait for their answer, handed from the server's thread to the test's.
class Waiting {
public:
    RequestHandler handler()
    {
        return [this](Request &&request, Responder responder) {
            const std::lock_guard lock(m_mutex);
            m_requests.emplace_back(std::move(request), std::move(responder));
        };
    }
    std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests.size();
    }
    std::vector<std::pair<Request, Responder>> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_requests, {});
    }

private:
    mutable std::mutex m_mutex;
    std::vector<std::pair<Request, Responder>> m_requests;
};

} // namespace Pagedesk::Server
