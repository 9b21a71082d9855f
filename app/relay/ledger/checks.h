// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/query.h"

#include <QStringList>

namespace Pagedesk::Relay {

// What one check of `verify` has found.
struct CheckOutcome {
    QString name; // "every message has its conversation"
    qint64 looked = 0; // at so many rows
    qint64 faults = 0;
    QStringList examples = {}; // ids of the first faults; never texts
    QString note = {}; // to be said when nothing is wrong

    void add(const QString &id)
    {
        constexpr qsizetype Most = 10;
        ++faults;
        if (examples.size() < Most)
            examples.append(id);
    }
};

// Runs `read` so that it sees the ledger as it is at one moment.
Result<> inSnapshot(Connection &connection, const std::function<Result<>()> &read);

// SQLite's own checks, then every relation between rows that the schema does not enforce. For a
// snapshot.
Result<QList<CheckOutcome>> checkRows(Connection &connection);

// The hash of every attachment and picture that the ledger says was captured, with the id of what
// needs it. `visit` is called once for each use.
Result<> eachBlob(Connection &connection,
    const std::function<void(const QString &hash, const QString &id)> &visit);

} // namespace Pagedesk::Relay
