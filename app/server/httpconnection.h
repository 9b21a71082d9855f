// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/outgoinganswer.h"
#include "app/server/requestparser.h"
#include "app/server/servercore.h"
#include "app/server/stream.h"

#include <boost/beast/core/flat_buffer.hpp>

#include <optional>

namespace Pagedesk::Server {

// One client that speaks HTTP/1.1. It reads a request, waits for the answer, writes it, and only
// then looks at the next request; so pipelined requests are answered in order, and a client cannot
// make us hold more than one.
class HttpConnection final : public Connection,
                             public std::enable_shared_from_this<HttpConnection> {
public:
    // With an empty slot the first request is answered 503.
    HttpConnection(ServerCore &core, Stream stream, ConnectionSlot slot);

    void start();
    // The answer to the request that was handed out; ignored when the client has gone.
    void answer(Response response);
    void accept(std::shared_ptr<WebSocketCallbacks> callbacks);

    void expire() override;
    void finish() override;
    void abort() override;

private:
    enum class State {
        Idle, // between two requests
        Head,
        Continuing, // writing 100 Continue
        Body,
        Handling, // waiting for the answer
        Writing,
        Closed,
    };

    bool isReading() const;
    void read();
    void onRead(const ErrorCode &error, std::size_t count);
    void parse();
    bool beginHead();
    void parseHead();
    void onHead();
    void parseBody();
    void hand();
    void refuse(const Refusal &refusal);
    void respond(Response response, bool keepAlive);
    void write();
    void onWritten(const ErrorCode &error, std::size_t count);
    void onAnswered();
    void linger();
    // Leaves the table; the socket has been closed or given away.
    void leave();

    ServerCore &m_core;
    Stream m_stream;
    ConnectionSlot m_slot;
    std::string m_remoteAddress;
    boost::beast::flat_buffer m_input;
    std::optional<RequestParser> m_parser;
    BodyShare m_bodyShare;
    OutgoingAnswer m_output;
    State m_state = State::Idle;
    std::size_t m_headBytes = 0;
    std::string m_webSocketKey; // of the request that is being handled
    bool m_isFresh = true; // nothing of its first request has come
    bool m_isHttp11 = true;
    bool m_isHead = false;
    bool m_keepAlive = false;
    bool m_timedOut = false;
};

} // namespace Pagedesk::Server
