// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/mailbox.h"
#include "app/server/servercore.h"
#include "app/server/stream.h"

#include <deque>
#include <optional>

namespace Pagedesk::Server {

// Close codes of RFC 6455, 7.4.1.
namespace CloseCode {
constexpr int Normal = 1000;
constexpr int GoingAway = 1001;
constexpr int ProtocolError = 1002;
constexpr int Unsupported = 1003;
constexpr int NoStatus = 1005;
constexpr int Abnormal = 1006;
constexpr int BadPayload = 1007;
constexpr int TooBig = 1009;
} // namespace CloseCode

// Makes the last call of a WebSocket's owner: never at once, because the owner may be in the midst
// of sending something to it.
void postClosed(
    Mailbox &mailbox, std::shared_ptr<WebSocketCallbacks> callbacks, int code, std::string reason);

// Answers 101 and serves the WebSocket from then on.
void openWebSocket(ServerCore &core, Stream stream, ConnectionSlot slot, const std::string &key,
    std::shared_ptr<WebSocketCallbacks> callbacks);

// Who writes what the port has collected. On the server's thread.
class WebSocketWriter {
public:
    virtual ~WebSocketWriter() = default;
    virtual void wake() = 0;
};

// The side of a WebSocket that other threads hold: a bounded queue. It keeps nothing of the
// connection alive, so it may outlive it and the server.
class WebSocketPort final : public WebSocket, public std::enable_shared_from_this<WebSocketPort> {
public:
    struct CloseRequest {
        int code;
        std::string reason;
    };

    WebSocketPort(std::shared_ptr<Mailbox> mailbox, const Limits &limits);

    void sendText(std::string text) override;
    std::size_t queuedBytes() const override;
    std::shared_ptr<const void> hold(std::size_t bytes) override;
    void close(int code, std::string reason) override;

    // For the writer, on the server's thread.
    void attach(std::weak_ptr<WebSocketWriter> writer);
    // From here on the next text or close wakes the writer again.
    void awake();
    // The next text to write; none when there is none.
    std::optional<std::string> takeText();
    // `bytes` taken have been written; returns how many are still queued.
    std::size_t written(std::size_t bytes);
    bool isOverflown() const;
    // Whether too much is held to read more. If so, the writer is woken once there is room.
    bool hasToWait();
    std::optional<CloseRequest> closeRequest() const;
    // The connection has ended: takes nothing more and forgets what it has.
    void shut();

private:
    void letGo(std::size_t bytes);
    bool holdsTooMuch() const;
    void wakeWriter();

    const std::shared_ptr<Mailbox> m_mailbox;
    const std::size_t m_queueLimit;
    const std::size_t m_heldTextsLimit;
    const std::size_t m_heldBytesLimit;
    std::weak_ptr<WebSocketWriter> m_writer;
    mutable std::mutex m_mutex; // guards all below
    std::deque<std::string> m_texts;
    std::size_t m_bytes = 0; // of m_texts and of the text being written
    std::optional<CloseRequest> m_close;
    std::size_t m_heldTexts = 0;
    std::size_t m_heldBytes = 0;
    bool m_waitsForRoom = false; // nothing is read until less is held
    bool m_woken = false;
    bool m_overflown = false;
    bool m_shut = false;
};

} // namespace Pagedesk::Server
