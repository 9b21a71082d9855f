// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/people.h"

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/rows.h"
#include "app/relay/ledger/teams.h"

namespace Pagedesk::Relay {

namespace {

Operator operatorFrom(const Row &row)
{
    Operator person;
    person.id = {row.text(0)};
    person.name = row.text(1);
    person.role = roleFromNumber(row.integer(2)).value_or(Role::Agent);
    person.active = row.flag(3);
    person.seq = row.integer(4);
    return person;
}

Result<> done(const Result<qint64> &changed)
{
    if (!changed)
        return failure(changed.error());
    return {};
}

Result<QList<Operator>> withTeams(Connection &connection, Result<QList<Operator>> people)
{
    if (!people)
        return people;
    for (Operator &person : *people) {
        const auto teams = teamsOf(connection, person.id);
        if (!teams)
            return failure(teams.error());
        person.teams = *teams;
    }
    return people;
}

Result<std::optional<Operator>> withTeams(
    Connection &connection, Result<std::optional<Operator>> person)
{
    if (!person || !*person)
        return person;
    const auto teams = teamsOf(connection, (*person)->id);
    if (!teams)
        return failure(teams.error());
    (*person)->teams = *teams;
    return person;
}

Result<std::optional<Device>> withRights(
    Connection &connection, Result<std::optional<Device>> device)
{
    if (!device || !*device)
        return device;
    const auto teams = teamsOf(connection, (*device)->owner.id);
    if (!teams)
        return failure(teams.error());
    (*device)->owner.teams = *teams;
    const auto pages = pageScopeOf(connection, (*device)->owner);
    if (!pages)
        return failure(pages.error());
    (*device)->pages = *pages;
    return device;
}

Device deviceFrom(const Row &row)
{
    return {{row.text(5)}, operatorFrom(row)};
}

Result<qint64> nextSeq(Connection &connection)
{
    return takeSeqs(connection, QString::fromLatin1(WorkspaceStream), 1);
}

} // namespace

Result<> insertOperator(Connection &connection, const Operator &person, qint64 now)
{
    constexpr const char *Sql = "INSERT INTO operator (id, name, role, active, created_at, seq) "
                                "VALUES (?, ?, ?, 1, ?, ?)";
    const auto seq = nextSeq(connection);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(
        Sql, {person.id.value, person.name, static_cast<int>(person.role), now, *seq}));
}

Result<QList<Operator>> allOperators(Connection &connection)
{
    constexpr const char *Sql
        = "SELECT id, name, role, active, seq FROM operator ORDER BY created_at, id";
    return withTeams(connection, connection.all(Sql, {}, operatorFrom));
}

Result<QList<Operator>> operatorsAfter(Connection &connection, qint64 after, qint64 upTo, int limit)
{
    constexpr const char *Sql = "SELECT id, name, role, active, seq FROM operator "
                                "WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?";
    return withTeams(connection, connection.all(Sql, {after, upTo, limit}, operatorFrom));
}

Result<QList<Operator>> operatorsBelow(Connection &connection, qint64 before, int limit)
{
    constexpr const char *Sql = "SELECT id, name, role, active, seq FROM operator "
                                "WHERE seq < ? ORDER BY seq DESC LIMIT ?";
    return withTeams(connection, connection.all(Sql, {before, limit}, operatorFrom));
}

Result<bool> revokeOperator(Connection &connection, const OperatorId &id, qint64 now)
{
    constexpr const char *Deactivate
        = "UPDATE operator SET active = 0, seq = ? WHERE id = ? AND active = 1";
    constexpr const char *RevokeDevices
        = "UPDATE device SET revoked_at = ? WHERE operator_id = ? AND revoked_at = 0";
    constexpr const char *VoidInvites
        = "UPDATE invite SET tries_left = 0 WHERE operator_id = ? AND used_at = 0";
    const auto seq = nextSeq(connection);
    if (!seq)
        return failure(seq.error());
    const auto changed = connection.exec(Deactivate, {*seq, id.value});
    if (!changed)
        return failure(changed.error());
    if (*changed == 0)
        return false;
    if (const auto revoked = connection.exec(RevokeDevices, {now, id.value}); !revoked)
        return failure(revoked.error());
    if (const auto voided = connection.exec(VoidInvites, {id.value}); !voided)
        return failure(voided.error());
    return true;
}

Result<> insertInvite(Connection &connection, const Invite &invite)
{
    constexpr const char *Sql
        = "INSERT INTO invite (id, operator_id, secret_hash, expires_at, tries_left, used_at) "
          "VALUES (?, ?, ?, ?, ?, 0)";
    return done(connection.exec(Sql,
        {invite.id, invite.operatorId.value, invite.secretHash, invite.expiresAt,
            invite.triesLeft}));
}

Result<std::optional<Invite>> inviteById(Connection &connection, const QString &id)
{
    constexpr const char *Sql = "SELECT id, operator_id, secret_hash, expires_at, tries_left, "
                                "used_at FROM invite WHERE id = ?";
    return connection.one(Sql, {id}, [](const Row &row) {
        return Invite{row.text(0), {row.text(1)}, row.bytes(2), row.integer(3), row.number(4),
            row.integer(5)};
    });
}

Result<> takeTry(Connection &connection, const QString &inviteId)
{
    constexpr const char *Sql = "UPDATE invite SET tries_left = tries_left - 1 WHERE id = ?";
    return done(connection.exec(Sql, {inviteId}));
}

Result<> useInvite(Connection &connection, const QString &inviteId, qint64 now)
{
    constexpr const char *Sql = "UPDATE invite SET used_at = ? WHERE id = ?";
    return done(connection.exec(Sql, {now, inviteId}));
}

Result<> insertDevice(Connection &connection, const NewDevice &device, qint64 now)
{
    constexpr const char *Sql = "INSERT INTO device (id, operator_id, name, platform, token_hash, "
                                "paired_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?, 0)";
    return done(connection.exec(Sql,
        {device.id.value, device.owner.value, device.name, device.platform, device.tokenHash,
            now}));
}

Result<std::optional<Device>> activeDevice(Connection &connection, const QByteArray &tokenHash)
{
    constexpr const char *Sql = "SELECT o.id, o.name, o.role, o.active, o.seq, d.id FROM device d "
                                "JOIN operator o ON o.id = d.operator_id "
                                "WHERE d.token_hash = ? AND d.revoked_at = 0 AND o.active = 1";
    return withRights(connection, connection.one(Sql, {tokenHash}, deviceFrom));
}

Result<std::optional<Device>> activeDeviceById(Connection &connection, const DeviceId &id)
{
    constexpr const char *Sql = "SELECT o.id, o.name, o.role, o.active, o.seq, d.id FROM device d "
                                "JOIN operator o ON o.id = d.operator_id "
                                "WHERE d.id = ? AND d.revoked_at = 0 AND o.active = 1";
    return withRights(connection, connection.one(Sql, {id.value}, deviceFrom));
}

Result<std::optional<Operator>> operatorById(Connection &connection, const OperatorId &id)
{
    constexpr const char *Sql = "SELECT id, name, role, active, seq FROM operator WHERE id = ?";
    return withTeams(connection, connection.one(Sql, {id.value}, operatorFrom));
}

Result<QString> setting(Connection &connection, const QString &name)
{
    constexpr const char *Sql = "SELECT value FROM setting WHERE name = ?";
    const auto value = connection.one(Sql, {name}, [](const Row &row) { return row.text(0); });
    if (!value)
        return failure(value.error());
    return value->value_or(QString());
}

Result<> setSetting(Connection &connection, const QString &name, const QString &value)
{
    constexpr const char *Sql = "INSERT INTO setting (name, value) VALUES (?, ?) "
                                "ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    return done(connection.exec(Sql, {name, value}));
}

} // namespace Pagedesk::Relay
