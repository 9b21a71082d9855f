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
    using Group = std::vector<std::unique_ptr<Write>>;

    explicit GroupWriter(Connection &connection)
        : m_connection(connection)
    {
    }
    void write(const Group &group);

private:
    Result<> writeTogether(const Group &group);
    Result<> writeAlone(Write &write);

    Connection &m_connection;
};

} // namespace Pagedesk
