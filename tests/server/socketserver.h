// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/server/rawclient.h"
#include "tests/server/testserver.h"

#include <QUrl>

#include <atomic>

namespace Pagedesk::Server {

// A server that accepts every upgrade and remembers what its callbacks were told.
class SocketServer {
public:
    explicit SocketServer(Limits limits = {})
        : m_server(limits,
            [this](Request &&, const Responder &responder) { responder.accept(callbacks()); })
    {
    }

    std::uint16_t port() const { return m_server.port(); }
    TestServer &server() { return m_server; }
    WebSocketHandle handle() const
    {
        const std::lock_guard lock(m_mutex);
        return m_handle;
    }
    std::vector<std::string> texts() const
    {
        const std::lock_guard lock(m_mutex);
        return m_texts;
    }
    int closeCode() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closeCode;
    }
    std::string closeReason() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closeReason;
    }

    // Lets go of what it holds but for `keep` of them.
    void letGo(std::size_t keep)
    {
        const std::lock_guard lock(m_mutex);
        m_held.resize(keep);
    }

    std::atomic<bool> echoes = true;
    std::atomic<bool> holds = false;
    std::atomic<int> drained = 0;
    std::atomic<int> closed = 0;
    std::atomic<int> calledAfterClosed = 0;

private:
    WebSocketCallbacks callbacks()
    {
        WebSocketCallbacks callbacks;
        callbacks.opened = [this](WebSocketHandle handle) {
            const std::lock_guard lock(m_mutex);
            m_handle = std::move(handle);
        };
        callbacks.textReceived = [this](std::string text) {
            calledAfterClosed += closed;
            const std::lock_guard lock(m_mutex);
            m_texts.push_back(text);
            if (holds)
                m_held.push_back(m_handle->hold(text.size()));
            if (echoes)
                m_handle->sendText(std::move(text));
        };
        callbacks.drained = [this] {
            calledAfterClosed += closed;
            ++drained;
        };
        callbacks.closed = [this](int code, std::string reason) {
            const std::lock_guard lock(m_mutex);
            m_closeCode = code;
            m_closeReason = std::move(reason);
            ++closed;
        };
        return callbacks;
    }

    mutable std::mutex m_mutex;
    WebSocketHandle m_handle;
    std::vector<std::string> m_texts;
    std::vector<std::shared_ptr<const void>> m_held;
    int m_closeCode = 0;
    std::string m_closeReason;
    TestServer m_server;
};

inline QUrl urlOf(std::uint16_t port, const QString &path = QStringLiteral("/"))
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1%2").arg(port).arg(path));
}

inline QByteArray upgradeRequest()
{
    return simpleGet("/sync",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
}

// A frame of a client, with a mask of zeros.
inline QByteArray frame(quint8 firstByte, const QByteArray &payload)
{
    QByteArray bytes(1, static_cast<char>(firstByte));
    if (payload.size() < 126) {
        bytes += static_cast<char>(0x80 | payload.size());
    } else {
        bytes += static_cast<char>(0x80 | 127);
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes += static_cast<char>((static_cast<quint64>(payload.size()) >> shift) & 0xff);
    }
    return bytes + QByteArray(4, '\0') + payload;
}

// Reads frames until one closes the WebSocket; its code, or 0.
inline int readCloseCode(RawClient &client)
{
    for (;;) {
        const QByteArray head = client.readBytes(2);
        if (head.size() < 2)
            return 0;
        const QByteArray payload = client.readBytes(head[1] & 0x7f);
        if ((head[0] & 0x0f) == 8)
            return payload.size() < 2
                ? 0
                : static_cast<quint8>(payload[0]) * 256 + static_cast<quint8>(payload[1]);
    }
}

} // namespace Pagedesk::Server
