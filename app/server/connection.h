// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/net.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace Pagedesk::Server {

// One place among the connections a server may have; given back when the last owner goes. It moves
// along when an HTTP connection becomes a WebSocket. A connection that is only told "too many" has
// an empty one.
class ConnectionSlot {
public:
    ConnectionSlot() = default;
    explicit ConnectionSlot(std::atomic<std::uint64_t> &open)
        : m_open(&open)
    {
        ++open;
    }
    ConnectionSlot(ConnectionSlot &&other) noexcept
        : m_open(std::exchange(other.m_open, nullptr))
    {
    }
    ConnectionSlot &operator=(ConnectionSlot &&) = delete;
    ~ConnectionSlot()
    {
        if (m_open)
            --*m_open;
    }

    bool isEmpty() const { return !m_open; }

private:
    std::atomic<std::uint64_t> *m_open = nullptr;
};

// What a server does with a socket it has accepted. Lives on the server's thread.
class Connection {
public:
    static constexpr SteadyClock::time_point Never = SteadyClock::time_point::max();

    Connection() = default;
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;
    virtual ~Connection() = default;

    // The deadline has passed.
    virtual void expire() = 0;
    // The server is shutting down: end as soon as it can be done politely.
    virtual void finish() = 0;
    // End now.
    virtual void abort() = 0;

    SteadyClock::time_point deadline() const { return m_deadline; }

    // Where the ConnectionTable keeps it; for the table only.
    std::size_t place() const { return m_place; }
    void setPlace(std::size_t place) { m_place = place; }

protected:
    void setDeadline(SteadyClock::time_point deadline) { m_deadline = deadline; }
    void setDeadline(std::chrono::milliseconds span) { m_deadline = SteadyClock::now() + span; }

private:
    SteadyClock::time_point m_deadline = Never;
    std::size_t m_place = 0;
};

// The connections of a server. It owns them, so that one that waits for its answer lives although
// no socket operation holds it.
class ConnectionTable {
public:
    void add(std::shared_ptr<Connection> connection);
    // Does nothing when it is not in the table.
    void remove(const Connection *connection);
    std::size_t size() const { return m_connections.size(); }

    // Calls expire() on every connection whose deadline is not after `now`.
    void expire(SteadyClock::time_point now);
    void finishAll();
    void abortAll();
    // `emptied` is called, once, when the last connection goes; at once if there is none.
    void whenEmpty(std::function<void()> emptied);

private:
    void reportIfEmpty();

    std::vector<std::shared_ptr<Connection>> m_connections;
    std::function<void()> m_emptied;
};

} // namespace Pagedesk::Server
