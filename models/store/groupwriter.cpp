// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/groupwriter.h"

#include "models/base/logging.h"

#include <sqlite3.h>

namespace Pagedesk {

namespace {

constexpr const char *Begin = "BEGIN IMMEDIATE";
constexpr const char *Commit = "COMMIT";
constexpr const char *Rollback = "ROLLBACK";

} // namespace

void GroupWriter::write(std::vector<Entry> &group)
{
    if (group.size() > 1) {
        if (writeTogether(group)) {
            for (const Entry &entry : group)
                entry.committed({});
            return;
        }
    }
    for (const Entry &entry : group)
        entry.committed(writeAlone(entry));
}

Result<> GroupWriter::writeTogether(std::vector<Entry> &group)
{
    if (const auto begun = m_connection.exec(Begin); !begun)
        return failure(begun.error());
    for (const Entry &entry : group) {
        if (const auto done = entry.work(m_connection); !done) {
            rollBack();
            return done;
        }
    }
    if (const auto done = m_connection.exec(Commit); !done) {
        rollBack();
        return failure(done.error());
    }
    return {};
}

Result<> GroupWriter::writeAlone(const Entry &entry)
{
    if (const auto begun = m_connection.exec(Begin); !begun)
        return failure(begun.error());
    auto done = entry.work(m_connection);
    if (done) {
        if (const auto committed = m_connection.exec(Commit); !committed)
            done = failure(committed.error());
    }
    if (!done)
        rollBack();
    return done;
}

void GroupWriter::rollBack()
{
    // A full disk or a failed sync has already ended the transaction.
    if (sqlite3_get_autocommit(m_connection.sqliteHandle()) != 0)
        return;
    if (const auto undone = m_connection.exec(Rollback); !undone)
        qCWarning(logStore) << "rollback failed:" << undone.error().detail;
}

} // namespace Pagedesk
