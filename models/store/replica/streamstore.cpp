// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/streamstore.h"

#include "models/store/replica/steps.h"

#include <algorithm>

namespace Pagedesk {

namespace {

constexpr const char *All
    = "SELECT name, head, tail, listed, listed_at, listed_id FROM stream ORDER BY name";
constexpr const char *Find
    = "SELECT name, head, tail, listed, listed_at, listed_id FROM stream WHERE name = ?";
constexpr const char *Save
    = "INSERT INTO stream (name, head, tail, listed, listed_at, listed_id) "
      "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET head = excluded.head, "
      "tail = excluded.tail, listed = excluded.listed, listed_at = excluded.listed_at, "
      "listed_id = excluded.listed_id";
constexpr const char *Remove = "DELETE FROM stream WHERE name = ?";

StreamProgress progressFrom(const Row &row)
{
    const int listed = std::clamp(row.number(3), 0, 2);
    return {row.text(0), row.integer(1), row.integer(2),
        static_cast<StreamProgress::Listed>(listed), row.integer(4), {row.text(5)}};
}

} // namespace

Result<QList<StreamProgress>> StreamStore::all(Connection &connection)
{
    return connection.all(All, {}, progressFrom);
}

Result<std::optional<StreamProgress>> StreamStore::find(Connection &connection, const QString &name)
{
    return connection.one(Find, {name}, progressFrom);
}

Result<> StreamStore::save(Connection &connection, const StreamProgress &progress)
{
    return done(connection.exec(Save,
        {progress.name, progress.head, progress.tail, static_cast<int>(progress.listed),
            progress.listedAt, progress.listedId.value}));
}

Result<> StreamStore::remove(Connection &connection, const QString &name)
{
    return done(connection.exec(Remove, {name}));
}

} // namespace Pagedesk
