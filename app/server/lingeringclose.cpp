// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/lingeringclose.h"

#include <boost/asio/buffer.hpp>

#include <algorithm>

namespace Pagedesk::Server {

namespace {

using namespace std::chrono_literals;

constexpr auto Longest = 10s;
constexpr auto LongestSilence = 2s;
constexpr auto LongestWhileStopping = 500ms;
constexpr std::uint64_t MostBytes = 64 * MiB;

} // namespace

void LingeringClose::start(ServerCore &core, Stream stream, ConnectionSlot slot)
{
    auto closing = std::make_shared<LingeringClose>(core, std::move(stream), std::move(slot));
    core.connections.add(closing);
    if (!closing->m_stream.isEncrypted()) {
        closing->begin();
        return;
    }
    closing->setDeadline(std::min(closing->m_end, SteadyClock::now() + LongestSilence));
    closing->m_stream.endEncryption([closing] { closing->begin(); });
}

LingeringClose::LingeringClose(ServerCore &core, Stream stream, ConnectionSlot slot)
    : m_core(core)
    , m_stream(std::move(stream))
    , m_slot(std::move(slot))
    , m_end(SteadyClock::now() + (core.stopping ? LongestWhileStopping : Longest))
{
}

void LingeringClose::finish()
{
    m_end = std::min(m_end, SteadyClock::now() + LongestWhileStopping);
    setDeadline(std::min(m_end, deadline()));
}

void LingeringClose::abort()
{
    ErrorCode ignored;
    m_stream.socket().close(ignored);
    m_core.connections.remove(this);
}

void LingeringClose::begin()
{
    ErrorCode ignored;
    m_stream.socket().shutdown(Socket::shutdown_send, ignored);
    read();
}

// What comes now is not worth decrypting.
void LingeringClose::read()
{
    setDeadline(std::min(m_end, SteadyClock::now() + LongestSilence));
    m_stream.socket().async_read_some(boost::asio::buffer(m_core.waste),
        [self = shared_from_this()](
            const ErrorCode &error, std::size_t count) { self->onRead(error, count); });
}

void LingeringClose::onRead(const ErrorCode &error, std::size_t count)
{
    m_read += count;
    if (error || m_read > MostBytes)
        abort();
    else
        read();
}

} // namespace Pagedesk::Server
