// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/lingeringclose.h"
#include "app/server/websocketport.h"
#include "models/base/logging.h"

#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <netinet/tcp.h>

// All that needs Beast's WebSocket templates, which are slow to compile, is in this file.
namespace Pagedesk::Server {

namespace websocket = boost::beast::websocket;
namespace http = boost::beast::http;

using namespace std::chrono_literals;

constexpr auto ClosePatience = 2s; // how long the peer may take to answer a close
constexpr std::size_t IdleBufferSize = 16 * KiB; // what an idle WebSocket may keep

// A stream that Beast leaves open when the WebSocket has ended: Beast's own way of closing may
// reset the connection before the peer has read why. An error here means that the peer has closed
// already, which does not change how the WebSocket has ended.
class WebSocketTransport : public Stream {
public:
    explicit WebSocketTransport(Stream stream)
        : Stream(std::move(stream))
    {
    }
    // An encrypted one is told with the last bytes that LingeringClose sends.
    void endSending()
    {
        ErrorCode ignored;
        if (!isEncrypted())
            socket().shutdown(Socket::shutdown_send, ignored);
    }
};

// Beast finds these two by the type of the transport.
void teardown(boost::beast::role_type, WebSocketTransport &transport, ErrorCode &error)
{
    transport.endSending();
    error = {};
}

template <typename Handler>
void async_teardown(boost::beast::role_type, WebSocketTransport &transport, Handler &&handler)
{
    transport.endSending();
    boost::asio::post(transport.get_executor(),
        boost::beast::bind_front_handler(std::forward<Handler>(handler), ErrorCode()));
}

class WebSocketConnection final : public Connection,
                                  public WebSocketWriter,
                                  public std::enable_shared_from_this<WebSocketConnection> {
public:
    WebSocketConnection(ServerCore &core, Stream stream, ConnectionSlot slot,
        std::shared_ptr<WebSocketCallbacks> callbacks);

    void open(const std::string &key);
    void wake() override;

    void expire() override
    {
        cut(m_leaving ? "the peer did not answer in time" : "the peer reads too slowly");
    }
    void finish() override { m_port->close(CloseCode::GoingAway, "the server is shutting down"); }
    void abort() override { end(CloseCode::GoingAway, "the server has stopped"); }

private:
    void onAccepted(const ErrorCode &error);
    void read();
    void readWhenThereIsRoom();
    void onRead(const ErrorCode &error);
    void onEnd(const ErrorCode &error);
    void writeNext();
    void onWritten(const ErrorCode &error);
    void sendClose();
    void cut(std::string reason);
    void end(int code, std::string reason, bool polite = false);
    template <typename Callback, typename... Arguments>
    void call(Callback WebSocketCallbacks::*callback, Arguments &&...arguments);

    ServerCore &m_core;
    ConnectionSlot m_slot;
    std::shared_ptr<WebSocketCallbacks> m_callbacks; // nullptr once ended
    const std::shared_ptr<WebSocketPort> m_port;
    websocket::stream<WebSocketTransport, false> m_stream;
    boost::beast::flat_buffer m_input;
    std::string m_output; // the text being written
    bool m_open = false;
    bool m_writing = false;
    bool m_readLater = false; // once the owner holds less
    bool m_leaving = false; // there is little time left to say goodbye
    bool m_closing = false; // our close frame is on its way
    bool m_ended = false;
};

namespace {

// What end of the WebSocket an error of reading means.
int closeCodeFor(const ErrorCode &error)
{
    if (error == websocket::error::message_too_big)
        return CloseCode::TooBig;
    if (error == websocket::error::bad_frame_payload)
        return CloseCode::BadPayload;
    if (error == websocket::condition::protocol_violation)
        return CloseCode::ProtocolError;
    return CloseCode::Abnormal;
}

// What is written to a peer that does not read piles up here, where it is counted, and not in the
// kernel, which would take megabytes. An error costs no more than that.
void keepLittleOnTheWay(Socket &socket)
{
    using UnsentBytes = boost::asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;
    ErrorCode ignored;
    socket.set_option(UnsentBytes(128 * KiB), ignored);
}

// A close frame has room for 123 bytes of reason, and a character must not be cut in two.
std::string_view fittingReason(std::string_view reason)
{
    std::size_t length = std::min<std::size_t>(reason.size(), 123);
    while (length > 0 && length < reason.size()
        && (static_cast<unsigned char>(reason[length]) & 0xc0) == 0x80)
        --length;
    return reason.substr(0, length);
}

} // namespace

WebSocketConnection::WebSocketConnection(ServerCore &core, Stream stream, ConnectionSlot slot,
    std::shared_ptr<WebSocketCallbacks> callbacks)
    : m_core(core)
    , m_slot(std::move(slot))
    , m_callbacks(std::move(callbacks))
    , m_port(std::make_shared<WebSocketPort>(core.mailbox, core.limits))
    , m_stream(std::move(stream))
{
    m_stream.set_option(
        websocket::stream_base::timeout{ClosePatience, core.limits.webSocketIdle, true});
    m_stream.set_option(websocket::stream_base::decorator(
        [](websocket::response_type &response) { response.set(http::field::server, "Pagedesk"); }));
    keepLittleOnTheWay(m_stream.next_layer().socket());
    m_stream.read_message_max(core.limits.webSocketMessageBytes);
    m_stream.auto_fragment(false);
    m_stream.text(true);
}

// The request has been judged already; Beast is shown what it needs to compute its answer.
void WebSocketConnection::open(const std::string &key)
{
    m_port->attach(weak_from_this());
    http::request<http::empty_body> request(http::verb::get, "/", 11);
    request.set(http::field::host, "-");
    request.set(http::field::connection, "Upgrade");
    request.set(http::field::upgrade, "websocket");
    request.set(http::field::sec_websocket_version, "13");
    request.set(http::field::sec_websocket_key, key);
    m_stream.async_accept(
        request, [self = shared_from_this()](const ErrorCode &error) { self->onAccepted(error); });
}

void WebSocketConnection::onAccepted(const ErrorCode &error)
{
    if (m_ended)
        return;
    if (error) {
        cut("the client has left");
        return;
    }
    m_open = true;
    ++m_core.counters.webSockets;
    call(&WebSocketCallbacks::opened, WebSocketHandle(m_port));
    if (m_ended)
        return;
    wake();
    read();
}

void WebSocketConnection::read()
{
    m_stream.async_read(m_input,
        [self = shared_from_this()](const ErrorCode &error, std::size_t) { self->onRead(error); });
}

void WebSocketConnection::onRead(const ErrorCode &error)
{
    if (m_ended)
        return;
    if (error) {
        onEnd(error);
        return;
    }
    if (!m_stream.got_text()) {
        m_port->close(CloseCode::Unsupported, "only text messages are understood");
        return; // the closing reads on by itself
    }
    std::string text = boost::beast::buffers_to_string(m_input.data());
    m_input.consume(m_input.size());
    if (m_input.capacity() > IdleBufferSize)
        m_input.shrink_to_fit();
    call(&WebSocketCallbacks::textReceived, std::move(text));
    readWhenThereIsRoom();
}

void WebSocketConnection::readWhenThereIsRoom()
{
    m_readLater = !m_ended && m_port->hasToWait();
    if (!m_ended && !m_readLater)
        read();
}

void WebSocketConnection::onEnd(const ErrorCode &error)
{
    const auto ours = m_port->closeRequest();
    if (m_closing && ours) {
        end(ours->code, ours->reason, error == websocket::error::closed);
    } else if (error == websocket::error::closed) {
        const auto &theirs = m_stream.reason();
        end(theirs.code == websocket::close_code::none ? CloseCode::NoStatus : theirs.code,
            std::string(theirs.reason.data(), theirs.reason.size()), true);
    } else {
        const int code = closeCodeFor(error);
        end(code, error.message(), code != CloseCode::Abnormal);
    }
}

void WebSocketConnection::wake()
{
    m_port->awake();
    if (m_ended || !m_open)
        return;
    if (m_port->isOverflown()) {
        cut("the peer reads too slowly");
        return;
    }
    if (m_port->closeRequest() && !std::exchange(m_leaving, true))
        setDeadline(ClosePatience);
    if (!m_writing)
        writeNext();
    if (m_readLater)
        readWhenThereIsRoom();
}

void WebSocketConnection::writeNext()
{
    if (m_closing)
        return;
    auto text = m_port->takeText();
    if (!text) {
        if (m_port->closeRequest())
            sendClose();
        return;
    }
    m_writing = true;
    if (!m_leaving)
        setDeadline(m_core.limits.webSocketWrite);
    m_output = std::move(*text);
    m_stream.async_write(boost::asio::buffer(m_output),
        [self = shared_from_this()](
            const ErrorCode &error, std::size_t) { self->onWritten(error); });
}

void WebSocketConnection::onWritten(const ErrorCode &error)
{
    m_writing = false;
    if (m_ended)
        return;
    if (!m_leaving)
        setDeadline(Never);
    const std::size_t left = m_port->written(m_output.size());
    m_output = {};
    if (error)
        return; // reading ends with the same, and says why
    if (left == 0 && !m_port->closeRequest())
        call(&WebSocketCallbacks::drained);
    if (!m_ended && !m_writing)
        writeNext();
}

void WebSocketConnection::sendClose()
{
    m_closing = true;
    const auto request = m_port->closeRequest();
    const websocket::close_reason reason(
        static_cast<websocket::close_code>(request->code), fittingReason(request->reason));
    m_stream.async_close(reason, [self = shared_from_this()](const ErrorCode &error) {
        if (!self->m_ended)
            self->onEnd(error ? error : ErrorCode(websocket::error::closed));
    });
}

// What it has not taken it will not take: the kernel would try on for a quarter of an hour.
void WebSocketConnection::cut(std::string reason)
{
    ErrorCode ignored;
    m_stream.next_layer().socket().set_option(boost::asio::socket_base::linger(true, 0), ignored);
    end(CloseCode::Abnormal, std::move(reason));
}

// `polite`: the peer has been told, and may still be sending.
void WebSocketConnection::end(int code, std::string reason, bool polite)
{
    if (std::exchange(m_ended, true))
        return;
    setDeadline(Never);
    if (m_open)
        --m_core.counters.webSockets;
    m_port->shut();
    Stream &stream = m_stream.next_layer();
    if (polite && !m_writing) {
        LingeringClose::start(m_core, std::move(stream), std::move(m_slot));
    } else {
        ErrorCode ignored;
        stream.socket().close(ignored);
    }
    postClosed(*m_core.mailbox, std::exchange(m_callbacks, nullptr), code, std::move(reason));
    m_core.connections.remove(this);
}

template <typename Callback, typename... Arguments>
void WebSocketConnection::call(Callback WebSocketCallbacks::*callback, Arguments &&...arguments)
{
    const auto callbacks = m_callbacks; // the owner may end this WebSocket in its callback
    if (!callbacks || !(*callbacks.*callback))
        return;
    try {
        (*callbacks.*callback)(std::forward<Arguments>(arguments)...);
    } catch (const std::exception &error) {
        qCCritical(logServer, "the owner of a WebSocket has thrown: %s", error.what());
        cut("the owner has failed");
    }
}

void openWebSocket(ServerCore &core, Stream stream, ConnectionSlot slot, const std::string &key,
    std::shared_ptr<WebSocketCallbacks> callbacks)
{
    const auto connection = std::make_shared<WebSocketConnection>(
        core, std::move(stream), std::move(slot), std::move(callbacks));
    core.connections.add(connection);
    connection->open(key);
}

} // namespace Pagedesk::Server
