// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/database.h"
#include "models/store/logdoubt.h"

#include <memory>
#include <span>
#include <utility>

namespace Pagedesk {

// Runs a group of writes in one transaction on the writing thread and tells each its result.
// Should one of them fail, each half is tried again by itself, down to the one that cannot be
// written: no write spoils its neighbours, and a thousand of them do not wait for a sync each.
// When it is the machine that refuses, a full disk for instance, all are told so at once.
class GroupWriter {
public:
    using Group = std::span<const std::unique_ptr<Write>>; // not empty

    GroupWriter(Connection &connection, LogDoubt &doubt)
        : m_connection(connection)
        , m_doubt(doubt)
    {
    }
    void write(Group group);
    // Call now and then while nobody writes.
    void idle();
    // Whether a write has found the disk full since the last time this was asked.
    bool takeLackOfRoom() { return std::exchange(m_lacksRoom, false); }

private:
    Result<> writeTogether(Group group);

    Connection &m_connection;
    LogDoubt &m_doubt;
    bool m_lacksRoom = false;
};

} // namespace Pagedesk
