// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/logkeeper.h"

#include <sqlite3.h>

#include <sys/statvfs.h>

namespace Pagedesk {

namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

// Pages of the log after which another thread copies it, and after which the writing thread does so
// itself, whoever reads. A page that changes often is copied once, so a longer log is less work; it
// is also what a start after a crash reads again.
constexpr int CopyPages = 16'000; // 64 MiB of 4 KiB pages
constexpr int ForcedCopyPages = 32'000; // twice as many take half a second to read again
constexpr int CopyAgainPages = 1'000; // what a copy that was not enough is worth trying again for
constexpr int Passes = 3; // each leaves a fraction of what the one before it left
constexpr int SmallLogPages = 256; // no reason to copy it, however short room is
constexpr quint64 PageBytes = 4096;

bool isFailedSync(int code)
{
    return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

// Copies as far as `mode` allows; false when a sync failed. A busy log is no error: it is tried
// again after later commits.
bool copy(Connection &connection, int mode)
{
    return !isFailedSync(
        sqlite3_wal_checkpoint_v2(connection.sqliteHandle(), nullptr, mode, nullptr, nullptr));
}

// SQLite syncs the database only when all of the log is in it. Whoever copies the last pages would
// wait for all those that were copied before. False when the sync failed.
bool syncFile(Connection &connection)
{
    sqlite3_file *file = nullptr;
    const int code = sqlite3_file_control(
        connection.sqliteHandle(), "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void *>(&file));
    return code != SQLITE_OK || !file || !file->pMethods
        || file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) == SQLITE_OK;
}

} // namespace

LogKeeper::LogKeeper(Connection &writer, Elsewhere elsewhere)
    : m_writer(writer)
    , m_elsewhere(std::move(elsewhere))
    , m_shared(std::make_shared<Shared>())
{
    const char *path = sqlite3_db_filename(writer.sqliteHandle(), "main");
    if (auto guard = Connection::open(QString::fromUtf8(path)))
        m_shared->guard = std::move(*guard);
    sqlite3_wal_hook(writer.sqliteHandle(), &LogKeeper::notePages, this);
}

bool LogKeeper::copyBeside(Connection &connection, Connection &guard)
{
    constexpr const char *Read = "SELECT count(*) FROM sqlite_schema";
    if (!guard.run(u"BEGIN"_s))
        return true;
    bool fine = true;
    if (guard.one(Read, {}, [](const Row &row) { return row.integer(0); }))
        fine = copy(connection, SQLITE_CHECKPOINT_PASSIVE);
    guard.rollBack();
    return fine;
}

int LogKeeper::notePages(void *keeper, sqlite3 *, const char *, int pages)
{
    static_cast<LogKeeper *>(keeper)->m_pages = pages;
    return SQLITE_OK;
}

void LogKeeper::care()
{
    if (m_pages > ForcedCopyPages || (m_pages > SmallLogPages && isRoomShort())) {
        copyAll();
    } else if (m_pages > CopyPages) {
        copyOnTheSide();
    } else {
        // It has begun anew, perhaps before its last pages had to be copied here.
        m_nextCopy = 0;
        Copying nearly = Copying::Nearly;
        m_shared->copying.compare_exchange_strong(nearly, Copying::No);
    }
}

// The log begins anew when a write finds all of it copied. While the other thread copies, more is
// written: that little is copied here, between two writes.
void LogKeeper::copyOnTheSide()
{
    if (!m_shared->guard)
        return; // copied by the writing thread, when the log is twice as long
    const Copying was = m_shared->copying;
    if (was == Copying::Nearly) {
        const bool fine = copyBeside(m_writer, *m_shared->guard);
        m_shared->copying = fine ? Copying::No : Copying::Failed;
        m_nextCopy = m_pages + CopyAgainPages; // unless a reader still needs the log
    } else if (was == Copying::No && m_pages > m_nextCopy) {
        m_shared->copying = Copying::Yes;
        m_elsewhere([shared = m_shared](Connection &connection) {
            bool fine = true;
            for (int pass = 0; fine && pass < Passes; ++pass)
                fine = copyBeside(connection, *shared->guard) && syncFile(connection);
            shared->copying = fine ? Copying::Nearly : Copying::Failed;
        });
    }
}

// With the write lock: nobody else's commit can let the log begin anew meanwhile.
void LogKeeper::copyAll()
{
    if (mustKeepLog() || m_shared->copying == Copying::Yes)
        return;
    if (copy(m_writer, SQLITE_CHECKPOINT_TRUNCATE))
        m_pages = 0;
    else
        m_shared->copying = Copying::Failed;
}

void LogKeeper::makeRoom()
{
    if (!m_nextRoom.hasExpired())
        return; // those who are refused need not wait for it
    copyAll();
    m_nextRoom.setRemainingTime(1s);
}

void LogKeeper::finish()
{
    m_shared->guard.reset();
    Copying asked = Copying::Yes; // of a thread that has ended
    m_shared->copying.compare_exchange_strong(asked, Copying::No);
    copyAll();
    if (mustKeepLog())
        leaveLog(m_writer);
}

void LogKeeper::leaveLog(Connection &connection)
{
    sqlite3_db_config(connection.sqliteHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

// Whether the log takes as much as is left on the disk: copied later it might not fit any more.
bool LogKeeper::isRoomShort() const
{
    struct statvfs disk { };
    const char *path = sqlite3_db_filename(m_writer.sqliteHandle(), "main");
    return path && ::statvfs(path, &disk) == 0
        && quint64(disk.f_bavail) * disk.f_frsize < quint64(m_pages) * PageBytes;
}

} // namespace Pagedesk
