// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Values and handles of the HTTP and WebSocket server. No Boost here: only the .cpp files know it.
namespace Pagedesk::Server {

constexpr std::size_t KiB = 1024;
constexpr std::size_t MiB = 1024 * KiB;

// Hard limits of one server. Sizes in bytes.
struct Limits {
    std::size_t headBytes = 16 * KiB; // request line and headers; more is answered 431
    std::size_t bodyBytes = 8 * MiB; // more is answered 413
    std::size_t bodiesBytes = 256 * MiB; // being received, all together; more is answered 503
    std::size_t webSocketMessageBytes = 1 * MiB; // more closes with 1009
    std::size_t webSocketQueueBytes = 4 * MiB; // unsent bytes; more ends the connection
    // Of texts that their owner holds; with more of either no more is read.
    std::size_t webSocketHeldTexts = 32;
    std::size_t webSocketHeldBytes = 1 * MiB;
    std::size_t connections = 10'000; // more are answered 503 and closed
    std::chrono::milliseconds handshake{10'000}; // of TLS, from the connection on
    std::chrono::milliseconds idle{60'000}; // between two requests of one connection
    std::chrono::milliseconds head{10'000}; // from the first byte to the end of the head
    std::chrono::milliseconds body{30'000}; // from the head to the end of the body
    std::chrono::milliseconds webSocketIdle{60'000}; // silence incl. pongs; pings go at half of it
    std::chrono::milliseconds webSocketWrite{30'000}; // until the peer has taken one text
};

struct Header {
    std::string name;
    std::string value;
};

// One complete request, as received.
struct Request {
    std::string method; // "GET"
    std::string path; // "/webhooks/messenger", not decoded
    std::string query; // what stands behind '?', not decoded
    std::vector<Header> headers;
    std::string body;
    std::string remoteAddress; // "127.0.0.1"
    bool wantsWebSocket = false;

    // The first header of that name, compared without case; empty when absent.
    std::string_view header(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string body = {};
    std::string contentType = "text/plain; charset=utf-8";
    // Content-Length, Transfer-Encoding and Connection are the server's own and left out here.
    std::vector<Header> headers = {};
    bool hangUp = false; // close the connection instead of answering
    // Let go of on the server's thread, which is cheaper for what was made there.
    std::shared_ptr<const void> remains = nullptr;
};

class WebSocket;
using WebSocketHandle = std::shared_ptr<WebSocket>;

// What the owner of a WebSocket wants to know. All are called on the server's thread.
struct WebSocketCallbacks {
    std::function<void(WebSocketHandle)> opened;
    std::function<void(std::string)> textReceived; // one whole text message
    // How many bytes are still to be written; called when that has fallen to zero.
    std::function<void()> drained;
    // Exactly once and last; without `opened` when accept() came too late for the client.
    std::function<void(int code, std::string reason)> closed;
};

// One open WebSocket. All functions may be called from any thread, also after it has closed.
class WebSocket {
public:
    virtual ~WebSocket() = default;
    virtual void sendText(std::string text) = 0;
    virtual std::size_t queuedBytes() const = 0;
    // As long as what it returns lives, a text of so many bytes counts as not dealt with. When
    // there are too many of them the peer is not read until there are less: whoever sends faster
    // than its texts can be dealt with has to wait.
    virtual std::shared_ptr<const void> hold(std::size_t bytes) = 0;
    // Closes politely; the connection is cut if the peer does not answer within 2 seconds.
    virtual void close(int code, std::string reason) = 0;
};

// The one answer to one request. Copyable handle; send() or accept() may be called from any thread,
// the first call wins. When the last copy goes unanswered, the client gets 500.
class Responder {
public:
    class Target {
    public:
        virtual ~Target() = default;
        virtual void send(Response response) = 0;
        virtual void accept(WebSocketCallbacks callbacks) = 0;
    };

    explicit Responder(std::shared_ptr<Target> target)
        : m_target(std::move(target))
    {
    }
    void send(Response response) const { m_target->send(std::move(response)); }
    // Answers an upgrade request (Request::wantsWebSocket) with 101.
    void accept(WebSocketCallbacks callbacks) const { m_target->accept(std::move(callbacks)); }

private:
    std::shared_ptr<Target> m_target;
};

// Called on the server's thread for each complete request.
using RequestHandler = std::function<void(Request &&, Responder)>;

// What the server has seen, for metrics. Readable from any thread.
struct Statistics {
    std::uint64_t connectionsAccepted = 0;
    std::uint64_t connectionsRefused = 0;
    std::uint64_t requests = 0;
    std::uint64_t openConnections = 0; // WebSockets included
    std::uint64_t openWebSockets = 0;
    std::uint64_t handshakesFailed = 0; // of TLS
};

} // namespace Pagedesk::Server
