// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/net.h"
#include "app/server/tls.h"

#include <memory>
#include <utility>

namespace Pagedesk::Server {

// The bytes of a connection, as they are or encrypted: what Asio and Beast call a stream. Plain
// bytes cost one comparison more than the socket itself. One reading and one writing operation at
// a time; it may be moved while they run.
class Stream {
public:
    using executor_type = Executor;

    explicit Stream(Socket socket)
        : m_plain(std::move(socket))
    {
    }
    // After its handshake.
    explicit Stream(std::shared_ptr<TlsStream> encrypted)
        : m_plain(encrypted->socket().get_executor())
        , m_encrypted(std::move(encrypted))
    {
    }

    executor_type get_executor() { return m_plain.get_executor(); }
    // What carries the bytes: to close it, and to ask who is at the other end.
    Socket &socket() { return m_encrypted ? m_encrypted->socket() : m_plain; }
    bool isEncrypted() const { return m_encrypted != nullptr; }
    // Tells the peer that no more will come (a close_notify); only when encrypted.
    void endEncryption(std::function<void()> done) { m_encrypted->end(std::move(done)); }

    template <typename Buffers, typename Handler>
    void async_read_some(const Buffers &buffers, Handler &&handler)
    {
        if (!m_encrypted)
            m_plain.async_read_some(buffers, std::forward<Handler>(handler));
        else
            m_encrypted->read(firstOf<boost::asio::mutable_buffer>(buffers),
                Completion(std::forward<Handler>(handler)));
    }
    template <typename Buffers, typename Handler>
    void async_write_some(const Buffers &buffers, Handler &&handler)
    {
        if (!m_encrypted)
            m_plain.async_write_some(buffers, std::forward<Handler>(handler));
        else
            m_encrypted->write(together(buffers), Completion(std::forward<Handler>(handler)));
    }

private:
    template <typename Buffer, typename Buffers> static Buffer firstOf(const Buffers &buffers)
    {
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto it = boost::asio::buffer_sequence_begin(buffers); it != end; ++it) {
            if (Buffer(*it).size() > 0)
                return Buffer(*it);
        }
        return {};
    }
    // A head and its body in one record instead of two.
    template <typename Buffers> boost::asio::const_buffer together(const Buffers &buffers)
    {
        const auto first = firstOf<boost::asio::const_buffer>(buffers);
        auto &scratch = m_encrypted->scratch();
        if (first.size() >= scratch.size() || first.size() == boost::asio::buffer_size(buffers))
            return first;
        const std::size_t copied = boost::asio::buffer_copy(boost::asio::buffer(scratch), buffers);
        return boost::asio::buffer(scratch, copied);
    }

    Socket m_plain; // without a handle when encrypted
    std::shared_ptr<TlsStream> m_encrypted;
};

// Beast closes the lowest layer of a WebSocket that has timed out.
inline void beast_close_socket(Stream &stream)
{
    ErrorCode ignored;
    stream.socket().close(ignored);
}

} // namespace Pagedesk::Server
