// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/operatorstore.h"

#include "models/store/replica/steps.h"

namespace Pagedesk {

namespace {

constexpr const char *All = "SELECT id, name, role, active, seq FROM operator ORDER BY id";
constexpr const char *Upsert
    = "INSERT INTO operator (id, name, role, active, seq) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, "
      "active = excluded.active, seq = excluded.seq WHERE excluded.seq > operator.seq";
constexpr const char *Remove = "DELETE FROM operator WHERE id = ?";
constexpr const char *RemoveAll = "DELETE FROM operator";

Operator operatorFrom(const Row &row)
{
    return {{row.text(0)}, row.text(1), roleFromNumber(row.integer(2)).value_or(Role::Agent),
        row.flag(3), row.integer(4)};
}

} // namespace

Result<QList<Operator>> OperatorStore::all(Connection &connection)
{
    return connection.all(All, {}, operatorFrom);
}

Result<> OperatorStore::apply(Connection &connection, const Operator &person)
{
    return done(connection.exec(Upsert,
        {person.id.value, person.name, static_cast<int>(person.role), int(person.active),
            person.seq}));
}

Result<> OperatorStore::remove(Connection &connection, const OperatorId &id)
{
    return done(connection.exec(Remove, {id.value}));
}

Result<> OperatorStore::removeAll(Connection &connection)
{
    return done(connection.exec(RemoveAll));
}

} // namespace Pagedesk
