// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/tombstones.h"

#include "models/store/replica/steps.h"

namespace Pagedesk {

namespace {

constexpr const char *Add = "INSERT INTO tombstone (kind, id, stream, seq) VALUES (?, ?, ?, ?) "
                            "ON CONFLICT (kind, id) DO UPDATE SET seq = max(seq, excluded.seq)";
constexpr const char *Covers
    = "SELECT count(*) FROM tombstone WHERE kind = ? AND id = ? AND seq >= ?";
constexpr const char *RemoveStream = "DELETE FROM tombstone WHERE stream = ?";

} // namespace

Result<> Tombstones::add(Connection &connection, const QString &kind, const QString &id,
    const QString &stream, qint64 seq)
{
    return done(connection.exec(Add, {kind, id, stream, seq}));
}

Result<bool> Tombstones::covers(
    Connection &connection, const char *kind, const QString &id, qint64 seq)
{
    const auto found = connection.one(
        Covers, {QString::fromLatin1(kind), id, seq}, [](const Row &row) { return row.flag(0); });
    if (!found)
        return failure(found.error());
    return found->value_or(false);
}

Result<> Tombstones::removeStream(Connection &connection, const QString &stream)
{
    return done(connection.exec(RemoveStream, {stream}));
}

} // namespace Pagedesk
