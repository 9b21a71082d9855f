// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/operatorstore.h"

#include "models/store/replica/steps.h"

namespace Pagedesk {

namespace {

constexpr const char *All = "SELECT id, name, role, active, seq, teams FROM operator ORDER BY id";
constexpr const char *Upsert
    = "INSERT INTO operator (id, name, role, active, seq, teams) VALUES (?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, "
      "active = excluded.active, seq = excluded.seq, teams = excluded.teams "
      "WHERE excluded.seq > operator.seq";
constexpr const char *Remove = "DELETE FROM operator WHERE id = ?";
constexpr const char *RemoveAll = "DELETE FROM operator";
constexpr const char *AllTeams
    = "SELECT id, name, active, seq FROM team WHERE active = 1 ORDER BY name, id";
constexpr const char *UpsertTeam
    = "INSERT INTO team (id, name, active, seq) VALUES (?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET name = excluded.name, active = excluded.active, "
      "seq = excluded.seq WHERE excluded.seq > team.seq";
constexpr const char *RemoveTeam = "DELETE FROM team WHERE id = ?";
constexpr const char *RemoveAllTeams = "DELETE FROM team";

Operator operatorFrom(const Row &row)
{
    Operator person{{row.text(0)}, row.text(1),
        roleFromNumber(row.integer(2)).value_or(Role::Agent), row.flag(3), row.integer(4)};
    for (const QString &team : row.text(5).split(u' ', Qt::SkipEmptyParts))
        person.teams.append({team});
    return person;
}

QString teamsToText(const QList<TeamId> &teams)
{
    QStringList ids;
    for (const TeamId &team : teams)
        ids.append(team.value);
    return ids.join(u' ');
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
            person.seq, teamsToText(person.teams)}));
}

Result<> OperatorStore::remove(Connection &connection, const OperatorId &id)
{
    return done(connection.exec(Remove, {id.value}));
}

Result<> OperatorStore::removeAll(Connection &connection)
{
    return inOrder([&] { return done(connection.exec(RemoveAll)); },
        [&] { return done(connection.exec(RemoveAllTeams)); });
}

Result<QList<Team>> OperatorStore::teams(Connection &connection)
{
    return connection.all(AllTeams, {}, [](const Row &row) {
        return Team{{row.text(0)}, row.text(1), row.flag(2), row.integer(3)};
    });
}

Result<> OperatorStore::apply(Connection &connection, const Team &team)
{
    return done(
        connection.exec(UpsertTeam, {team.id.value, team.name, int(team.active), team.seq}));
}

Result<> OperatorStore::remove(Connection &connection, const TeamId &id)
{
    return done(connection.exec(RemoveTeam, {id.value}));
}

} // namespace Pagedesk
