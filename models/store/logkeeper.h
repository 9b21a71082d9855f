// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/query.h"

#include <QDeadlineTimer>

#include <atomic>
#include <functional>
#include <memory>

namespace Pagedesk {

// Copies the write-ahead log into the database, so that it begins anew now and then. Most of that
// happens on another thread, while writing goes on. Belongs to the writing thread.
class LogKeeper {
public:
    // Runs work with a connection of its own on another thread.
    using Elsewhere = std::function<void(std::function<void(Connection &)>)>;

    LogKeeper(Connection &writer, Elsewhere elsewhere);

    // After each commit.
    void care();
    // After a write found the disk full: the log holds many pages more than once.
    void makeRoom();
    // At the end, when nobody else uses the database.
    void finish();
    // A sync failed: what was copied may be lost in the database and is still in the log, and
    // SQLite would not copy it again. The log stays whole until a new start reads it from its
    // beginning.
    bool mustKeepLog() const { return m_shared->copying == Copying::Failed; }

    // SQLite copies the log once more when the last connection is closed, and deletes it. Not so
    // after this was called for each connection.
    static void leaveLog(Connection &connection);

    // Copies as much of the log as nobody reads, while others may write. `guard` is another
    // connection to the same database, used for nothing else meanwhile. False when a sync failed.
    //
    // SQLite before 3.51.3 (https://www.sqlite.org/wal.html, "The WAL-Reset Bug") can lose what was
    // committed: a copy that begins while a commit lets the log begin anew takes the old length for
    // the new log's, and the pages up to there are never copied. A log does not begin anew while
    // somebody reads in it, and nothing of it is copied while somebody reads the database beside
    // it: the guard does one or the other from before the copy begins.
    static bool copyBeside(Connection &connection, Connection &guard);

private:
    enum class Copying { No, Yes, Nearly, Failed };

    // What the other thread uses too, one after the other.
    struct Shared {
        std::atomic<Copying> copying = Copying::No;
        std::unique_ptr<Connection> guard;
    };

    void copyAll();
    void copyOnTheSide();
    bool isRoomShort() const;
    static int notePages(void *keeper, sqlite3 *, const char *, int pages);

    Connection &m_writer;
    const Elsewhere m_elsewhere;
    QDeadlineTimer m_nextRoom; // when a full disk is a reason to empty the log again
    int m_pages = 0; // of the log after the last commit
    int m_nextCopy = 0; // how many it must have before it is copied again
    const std::shared_ptr<Shared> m_shared;
};

} // namespace Pagedesk
