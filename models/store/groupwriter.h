// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/database.h"

#include <deque>
#include <vector>

namespace Pagedesk {

// Runs a group of writes in one transaction on the writing thread and tells each its result.
// Should one of them fail, every one is run again in a transaction of its own, so that no write
// spoils its neighbours.
class GroupWriter {
public:
    struct Entry {
        Database::Work work;
        Database::Committed committed;
    };

    explicit GroupWriter(Connection &connection)
        : m_connection(connection)
    {
    }
    void write(std::vector<Entry> &group);

private:
    Result<> writeTogether(std::vector<Entry> &group);
    Result<> writeAlone(const Entry &entry);
    void rollBack();

    Connection &m_connection;
};

} // namespace Pagedesk
