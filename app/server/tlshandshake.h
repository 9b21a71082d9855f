// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/servercore.h"
#include "app/server/tls.h"

namespace Pagedesk::Server {

// A connection before anybody has said a word in HTTP: whoever does not come through the handshake
// in time is cut. Nothing is ever answered in clear.
class TlsHandshake final : public Connection, public std::enable_shared_from_this<TlsHandshake> {
public:
    // Takes the socket over; it becomes an HttpConnection by itself.
    static void start(ServerCore &core, Socket socket, ConnectionSlot slot);

    TlsHandshake(ServerCore &core, Socket socket, ConnectionSlot slot);

    void expire() override { abort(); }
    void finish() override { abort(); }
    void abort() override;

private:
    void onDone(const ErrorCode &error);

    ServerCore &m_core;
    ConnectionSlot m_slot;
    std::shared_ptr<TlsStream> m_stream; // nullptr once it is over
};

} // namespace Pagedesk::Server
