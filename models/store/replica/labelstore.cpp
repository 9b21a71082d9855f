// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/labelstore.h"

#include "models/store/replica/steps.h"

namespace Pagedesk {

namespace {

constexpr const char *All
    = "SELECT id, name, colour, active, seq FROM label ORDER BY name COLLATE NOCASE, id";
constexpr const char *Upsert
    = "INSERT INTO label (id, name, colour, active, seq) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET name = excluded.name, colour = excluded.colour, "
      "active = excluded.active, seq = excluded.seq WHERE excluded.seq > label.seq";
constexpr const char *Remove = "DELETE FROM label WHERE id = ?";
constexpr const char *RemoveAll = "DELETE FROM label";

} // namespace

Result<QList<Label>> LabelStore::all(Connection &connection)
{
    return connection.all(All, {}, [](const Row &row) {
        return Label{{row.text(0)}, row.text(1), row.text(2), row.flag(3), row.integer(4)};
    });
}

Result<> LabelStore::apply(Connection &connection, const Label &label)
{
    return done(connection.exec(
        Upsert, {label.id.value, label.name, label.colour, int(label.active), label.seq}));
}

Result<> LabelStore::remove(Connection &connection, const LabelId &id)
{
    return done(connection.exec(Remove, {id.value}));
}

Result<> LabelStore::removeAll(Connection &connection)
{
    return done(connection.exec(RemoveAll));
}

} // namespace Pagedesk
