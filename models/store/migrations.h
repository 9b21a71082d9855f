// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/query.h"

#include <span>

namespace Pagedesk {

// One step of a schema: a file in the resources whose statements end with ';' and an empty line.
struct Migration {
    int version;
    const char *file; // ":/sql/replica/001_first.sql"
};

// Brings a database to the newest version of `migrations` (rising versions), each step in a
// transaction of its own. NewerVersion: the database was written by a newer program and is left
// as it is. Damaged: it is not a database.
Result<> migrate(Connection &connection, std::span<const Migration> migrations);

// The version a database has; 0 for a fresh one.
Result<int> schemaVersion(Connection &connection);

constexpr bool versionsRise(std::span<const Migration> migrations)
{
    int last = 0;
    for (const Migration &migration : migrations) {
        if (migration.version <= last)
            return false;
        last = migration.version;
    }
    return true;
}

} // namespace Pagedesk
