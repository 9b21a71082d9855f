// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/httpconnection.h"

#include "app/server/lingeringclose.h"
#include "app/server/responseticket.h"
#include "app/server/websocketport.h"
#include "models/base/logging.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace Pagedesk::Server {

namespace {

namespace http = boost::beast::http;

constexpr std::size_t HeadReadSize = 4 * KiB;
constexpr std::size_t BodyReadSize = 64 * KiB;
constexpr std::chrono::milliseconds PatienceWhileStopping{500};
constexpr std::size_t IdleBufferSize = 16 * KiB; // what an idle connection may keep

std::string remoteAddressOf(const Socket &socket)
{
    ErrorCode error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error)
        return {};
    const auto address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6())
            .to_string();
    return address.to_string();
}

} // namespace

HttpConnection::HttpConnection(ServerCore &core, Stream stream, ConnectionSlot slot)
    : m_core(core)
    , m_stream(std::move(stream))
    , m_slot(std::move(slot))
    , m_remoteAddress(remoteAddressOf(m_stream.socket()))
    , m_bodyShare(core.bodiesBytes)
{
}

void HttpConnection::start()
{
    setDeadline(m_core.stopping ? PatienceWhileStopping
            : m_slot.isEmpty()  ? m_core.limits.head
                                : m_core.limits.idle);
    read();
}

bool HttpConnection::isReading() const
{
    return m_state == State::Idle || m_state == State::Head || m_state == State::Body;
}

void HttpConnection::read()
{
    m_stream.async_read_some(m_input.prepare(m_state == State::Body ? BodyReadSize : HeadReadSize),
        [self = shared_from_this()](
            const ErrorCode &error, std::size_t count) { self->onRead(error, count); });
}

void HttpConnection::onRead(const ErrorCode &error, std::size_t count)
{
    if (!isReading())
        return; // the deadline has passed meanwhile
    m_input.commit(count);
    if (m_slot.isEmpty() && count > 0)
        refuse({503, "There are too many connections."});
    else if (!error)
        parse();
    else if (error == boost::asio::error::eof && m_state != State::Idle)
        refuse({400, "The request is not complete."});
    else
        abort();
}

void HttpConnection::parse()
{
    if (m_state == State::Body)
        parseBody();
    else if (m_state == State::Head || beginHead())
        parseHead();
    else
        read();
}

// False when nothing of a request has arrived yet.
bool HttpConnection::beginHead()
{
    // An empty line may stand before a request (RFC 9112, 2.2).
    const auto *bytes = static_cast<const char *>(m_input.data().data());
    while (m_input.size() >= 2 && bytes[0] == '\r' && bytes[1] == '\n') {
        m_input.consume(2);
        bytes += 2;
    }
    if (m_input.size() == 0 || (m_input.size() == 1 && *bytes == '\r'))
        return false;
    m_parser.emplace(m_core.limits);
    m_headBytes = 0;
    m_isHttp11 = true;
    m_isHead = false;
    m_state = State::Head;
    m_isFresh = false;
    setDeadline(m_core.stopping ? PatienceWhileStopping : m_core.limits.head);
    return true;
}

void HttpConnection::parseHead()
{
    ErrorCode error;
    const std::size_t used = m_parser->put(m_input.data(), error);
    m_input.consume(used);
    m_headBytes += used;
    const bool needsMore = error == http::error::need_more;
    // The parser's own limit counts anew after each piece it has taken.
    if (m_headBytes + (needsMore ? m_input.size() : 0) > m_core.limits.headBytes)
        refuse(RequestParser::refusalFor(http::make_error_code(http::error::header_limit)));
    else if (needsMore)
        read();
    else if (error)
        refuse(RequestParser::refusalFor(error));
    else
        onHead();
}

void HttpConnection::onHead()
{
    m_isHttp11 = m_parser->isHttp11();
    m_isHead = m_parser->isHead();
    if (const Refusal refusal = m_parser->refusal()) {
        refuse(refusal);
        return;
    }
    if (m_parser->is_done()) {
        hand();
        return;
    }
    setDeadline(m_core.limits.body);
    m_parser->eager(true);
    if (m_parser->expectsContinue() && m_input.size() == 0) {
        m_state = State::Continuing;
        m_output.setContinue();
        write();
        return;
    }
    m_state = State::Body;
    parseBody();
}

void HttpConnection::parseBody()
{
    ErrorCode error;
    if (m_input.size() > 0)
        m_input.consume(m_parser->put(m_input.data(), error));
    m_bodyShare.set(m_parser->bodySize());
    if (m_core.bodiesBytes > m_core.limits.bodiesBytes)
        refuse({503, "Too much is being received at once."});
    else if (error && error != http::error::need_more)
        refuse(RequestParser::refusalFor(error));
    else if (m_parser->is_done())
        hand();
    else if (m_input.size() > m_core.limits.headBytes) // of a chunk's head, or of trailers
        refuse({400, "The request is not valid HTTP/1.1."});
    else
        read();
}

// Hands the request out. The answer may come before the handler returns.
void HttpConnection::hand()
{
    ++m_core.counters.requests;
    m_state = State::Handling;
    setDeadline(Never);
    m_webSocketKey = m_parser->webSocketKey();
    // Some clients, QWebSocket among them, see the end of a refused upgrade only when we close.
    m_keepAlive = m_parser->keep_alive() && m_webSocketKey.empty();
    Request request = m_parser->take();
    m_parser.reset();
    m_bodyShare.set(0);
    request.remoteAddress = m_remoteAddress;
    try {
        m_core.handler(std::move(request),
            Responder(std::make_shared<ResponseTicket>(m_core.mailbox, weak_from_this())));
    } catch (const std::exception &error) {
        // The Responder has gone with it, so the client gets 500.
        qCCritical(logServer, "the handler of a request has thrown: %s", error.what());
    }
}

void HttpConnection::answer(Response response)
{
    if (m_state != State::Handling)
        return;
    if (response.hangUp)
        abort();
    else
        respond(std::move(response), m_keepAlive && !m_core.stopping);
}

void HttpConnection::accept(std::shared_ptr<WebSocketCallbacks> callbacks)
{
    Refusal refusal;
    if (m_state != State::Handling)
        refusal = {503, "the client has left"};
    else if (m_webSocketKey.empty())
        refusal = {500, "The request did not ask for a WebSocket."};
    else if (m_core.stopping)
        refusal = {503, "The server is shutting down."};
    else if (m_input.size() > 0) // RFC 6455, 4.1: a client has to wait for the 101
        refusal = {400, "Nothing may follow an upgrade request."};
    if (refusal) {
        answer({refusal.status, std::string(refusal.reason) + '\n'});
        postClosed(*m_core.mailbox, std::move(callbacks), CloseCode::Abnormal,
            std::string(refusal.reason));
        return;
    }
    m_state = State::Closed;
    openWebSocket(
        m_core, std::move(m_stream), std::move(m_slot), m_webSocketKey, std::move(callbacks));
    leave();
}

void HttpConnection::refuse(const Refusal &refusal)
{
    Response response{refusal.status, std::string(refusal.reason) + '\n'};
    if (refusal.status == 426)
        response.headers = {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}};
    else if (refusal.status == 503)
        response.headers = {{"Retry-After", "1"}};
    respond(std::move(response), false);
}

void HttpConnection::respond(Response response, bool keepAlive)
{
    m_keepAlive = keepAlive;
    m_state = State::Writing;
    m_parser.reset();
    m_bodyShare.set(0);
    m_output.set(std::move(response), {m_isHttp11, keepAlive, m_isHead, m_core.date()});
    write();
}

void HttpConnection::write()
{
    if (m_state == State::Writing)
        setDeadline(m_core.limits.idle); // anew with each bit of progress
    const auto parts = m_output.remaining();
    const std::array<boost::asio::const_buffer, 2> buffers{
        boost::asio::const_buffer(parts[0].data(), parts[0].size()),
        boost::asio::const_buffer(parts[1].data(), parts[1].size())};
    m_stream.async_write_some(
        buffers, [self = shared_from_this()](const ErrorCode &error, std::size_t count) {
            self->onWritten(error, count);
        });
}

void HttpConnection::onWritten(const ErrorCode &error, std::size_t count)
{
    if (m_state == State::Closed)
        return;
    if (error)
        abort();
    else if (!m_output.advance(count))
        write();
    else
        onAnswered();
}

void HttpConnection::onAnswered()
{
    if (m_state == State::Continuing) {
        m_state = State::Body;
        read();
    } else if (m_timedOut) {
        abort();
    } else if (!m_keepAlive || m_core.stopping) {
        linger();
    } else {
        m_state = State::Idle;
        setDeadline(m_core.limits.idle);
        if (m_input.size() == 0 && m_input.capacity() > IdleBufferSize)
            m_input.shrink_to_fit();
        parse();
    }
}

void HttpConnection::linger()
{
    m_state = State::Closed;
    LingeringClose::start(m_core, std::move(m_stream), std::move(m_slot));
    leave();
}

void HttpConnection::expire()
{
    if (m_state == State::Head || m_state == State::Body) {
        m_timedOut = true;
        refuse({408, "The request came too slowly."});
    } else {
        abort();
    }
}

void HttpConnection::finish()
{
    // Who is in the middle of asking may end, and who has just connected is about to ask: a restart
    // refuses nobody it has taken in.
    ErrorCode ignored;
    const bool isIdle = m_state == State::Idle;
    const bool isAsking
        = m_state == State::Head || m_state == State::Body || m_state == State::Continuing;
    if (isAsking || (isIdle && (m_isFresh || m_stream.socket().available(ignored) > 0)))
        setDeadline(PatienceWhileStopping);
    else if (isIdle)
        abort();
}

void HttpConnection::abort()
{
    m_state = State::Closed;
    ErrorCode ignored;
    m_stream.socket().close(ignored);
    leave();
}

void HttpConnection::leave()
{
    setDeadline(Never);
    m_core.connections.remove(this);
}

} // namespace Pagedesk::Server
