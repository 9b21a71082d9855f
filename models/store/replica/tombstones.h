// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/query.h"

namespace Pagedesk {

// Rows that are gone. A row that arrives later with an older position stays gone.
class Tombstones {
public:
    static Result<> add(Connection &connection, const QString &kind, const QString &id,
        const QString &stream, qint64 seq);
    // Whether the row was deleted at `seq` or after it.
    static Result<bool> covers(
        Connection &connection, const char *kind, const QString &id, qint64 seq);
    static Result<> removeStream(Connection &connection, const QString &stream);
};

} // namespace Pagedesk
