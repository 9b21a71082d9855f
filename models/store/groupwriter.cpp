// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/groupwriter.h"

#include <sqlite3.h>

namespace Pagedesk {

void GroupWriter::write(Group group)
{
    const auto done = m_doubt.isThere() ? m_doubt.resolve() : Result<>();
    const auto written = done ? writeTogether(group) : done;
    if (written || group.size() == 1 || written.error().retryAfter) {
        for (const auto &write : group)
            write->finish(written);
    } else {
        const size_t half = group.size() / 2;
        write(group.first(half));
        write(group.subspan(half));
    }
}

void GroupWriter::idle()
{
    if (m_doubt.isThere())
        (void)m_doubt.resolve(); // else at the next write, which is told
}

Result<> GroupWriter::writeTogether(Group group)
{
    auto done = m_connection.begin();
    for (auto write = group.begin(); done && write != group.end(); ++write)
        done = (*write)->run(m_connection);
    if (done)
        done = m_connection.commit();
    if (!done) {
        m_doubt.noteFailure();
        const int code = sqlite3_errcode(m_connection.sqliteHandle());
        m_lacksRoom = m_lacksRoom || (code & 0xff) == SQLITE_FULL;
        m_connection.rollBack();
    }
    return done;
}

} // namespace Pagedesk
