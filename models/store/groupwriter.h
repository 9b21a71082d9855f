// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/database.h"

#include <memory>
#include <span>

namespace Pagedesk {

// Runs a group of writes in one transaction on the writing thread and tells each its result.
// Should one of them fail, each half is tried again by itself, down to the one that cannot be
// written: no write spoils its neighbours, and a thousand of them do not wait for a sync each.
class GroupWriter {
public:
    using Group = std::span<const std::unique_ptr<Write>>; // not empty

    explicit GroupWriter(Connection &connection)
        : m_connection(connection)
    {
    }
    void write(Group group);

private:
    Result<> writeTogether(Group group);
    Result<> writeAlone(Write &write);

    Connection &m_connection;
};

} // namespace Pagedesk
