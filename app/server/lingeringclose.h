// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/servercore.h"
#include "app/server/stream.h"

namespace Pagedesk::Server {

// Ends a connection so that the client gets the last answer even while it is still sending. To
// close a socket with unread bytes would send a reset, which takes away an answer not yet read; so
// the sending side is closed and a bounded amount of what comes is thrown away.
class LingeringClose final : public Connection,
                             public std::enable_shared_from_this<LingeringClose> {
public:
    // Takes the connection over; it closes by itself.
    static void start(ServerCore &core, Stream stream, ConnectionSlot slot);

    LingeringClose(ServerCore &core, Stream stream, ConnectionSlot slot);

    void expire() override { abort(); }
    void finish() override;
    void abort() override;

private:
    void begin();
    void read();
    void onRead(const ErrorCode &error, std::size_t count);

    ServerCore &m_core;
    Stream m_stream;
    ConnectionSlot m_slot;
    SteadyClock::time_point m_end;
    std::uint64_t m_read = 0;
};

} // namespace Pagedesk::Server
