// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/connection.h"

namespace Pagedesk::Server {

void ConnectionTable::add(std::shared_ptr<Connection> connection)
{
    connection->setPlace(m_connections.size());
    m_connections.push_back(std::move(connection));
}

void ConnectionTable::remove(const Connection *connection)
{
    const std::size_t place = connection->place();
    if (place >= m_connections.size() || m_connections[place].get() != connection)
        return;
    // The removed one dies only after the table is whole again: its end may call back.
    const std::shared_ptr<Connection> removed = std::exchange(m_connections[place], nullptr);
    if (place + 1 != m_connections.size()) {
        m_connections[place] = std::move(m_connections.back());
        m_connections[place]->setPlace(place);
    }
    m_connections.pop_back();
    reportIfEmpty();
}

void ConnectionTable::expire(SteadyClock::time_point now)
{
    std::vector<std::shared_ptr<Connection>> expired;
    for (const auto &connection : m_connections) {
        if (connection->deadline() <= now)
            expired.push_back(connection);
    }
    for (const auto &connection : expired)
        connection->expire();
}

void ConnectionTable::finishAll()
{
    const auto all = m_connections; // finish() removes from the table
    for (const auto &connection : all)
        connection->finish();
}

void ConnectionTable::abortAll()
{
    const auto all = m_connections;
    for (const auto &connection : all)
        connection->abort();
}

void ConnectionTable::whenEmpty(std::function<void()> emptied)
{
    m_emptied = std::move(emptied);
    reportIfEmpty();
}

void ConnectionTable::reportIfEmpty()
{
    if (m_connections.empty() && m_emptied)
        std::exchange(m_emptied, nullptr)();
}

} // namespace Pagedesk::Server
