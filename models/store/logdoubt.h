// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/query.h"

namespace Pagedesk {

// After a failed sync nobody knows which pages of the write-ahead log are on the disk, and to sync
// once more proves nothing: the system may have dropped them and report success. So nothing is
// written any more until what was committed before has been copied into the database and synced
// there, and the log has begun anew.
// A program may end before that. Then the log is read by the next one as the system remembers it,
// with what was never synced; a file beside the database tells it to write the log once more.
class LogDoubt {
public:
    LogDoubt(Connection &connection, const QString &databasePath);

    // Looks whether the last call on the connection was a sync that failed.
    void noteFailure();
    bool isThere() const { return m_isThere; }
    // Storage while the disk still refuses.
    Result<> resolve();
    // The log must stay as it is: pages copied from it may be missing in the database.
    void keepLog() { m_keepsLog = true; }
    // Takes care of a log that was left in doubt. Call before anything is written.
    Result<> resolveLeftover();

private:
    void begin();
    void end();

    Connection &m_connection;
    const QString m_log;
    const QString m_note;
    bool m_isThere = false;
    bool m_keepsLog = false;
};

} // namespace Pagedesk
