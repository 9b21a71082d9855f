// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/query.h"

// Ledgers as files, for backups: what is here is for SQLite alone.
namespace Pagedesk::Relay {

// Writes the ledger in `folder` as it is at one moment to a new file; nobody who writes to it has
// to wait. Storage when the disk is full; what was begun is left to the caller.
Result<> copyLedger(const QString &folder, const QString &to);

// Numbers every row of every stream anew, above all that was given out before. After an older
// state was put in place desktops have seen higher numbers: they fetch all of it again, instead of
// taking new rows for ones they have.
Result<> renumberStreams(Connection &connection);

} // namespace Pagedesk::Relay
