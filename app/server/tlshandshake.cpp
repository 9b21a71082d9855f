// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/tlshandshake.h"

#include "app/server/httpconnection.h"

namespace Pagedesk::Server {

void TlsHandshake::start(ServerCore &core, Socket socket, ConnectionSlot slot)
{
    const auto shake = std::make_shared<TlsHandshake>(core, std::move(socket), std::move(slot));
    core.connections.add(shake);
    shake->setDeadline(core.limits.handshake);
    shake->m_stream->handshake([shake](const ErrorCode &error) { shake->onDone(error); });
}

TlsHandshake::TlsHandshake(ServerCore &core, Socket socket, ConnectionSlot slot)
    : m_core(core)
    , m_slot(std::move(slot))
    , m_stream(std::make_shared<TlsStream>(std::move(socket), core.tls))
{
}

void TlsHandshake::abort()
{
    if (!m_stream)
        return;
    ++m_core.counters.handshakesFailed;
    const auto stream = std::exchange(m_stream, nullptr);
    ErrorCode ignored;
    stream->socket().close(ignored);
    m_core.connections.remove(this);
}

void TlsHandshake::onDone(const ErrorCode &error)
{
    if (!m_stream)
        return;
    if (error) {
        abort();
        return;
    }
    const auto connection = std::make_shared<HttpConnection>(
        m_core, Stream(std::exchange(m_stream, nullptr)), std::move(m_slot));
    m_core.connections.add(connection);
    connection->start();
    m_core.connections.remove(this);
}

} // namespace Pagedesk::Server
