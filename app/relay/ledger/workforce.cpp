// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/workforce.h"

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/rows.h"

namespace Pagedesk::Relay {

namespace {

Result<> done(const Result<qint64> &changed)
{
    if (!changed)
        return failure(changed.error());
    return {};
}

Result<qint64> countOf(Connection &connection, const char *sql)
{
    const auto count = connection.one(sql, {}, [](const Row &row) { return row.integer(0); });
    if (!count)
        return failure(count.error());
    return count->value_or(0);
}

} // namespace

Result<QList<Wire::DeviceEntry>> devicesOf(Connection &connection, const OperatorId &person)
{
    constexpr const char *Sql = "SELECT id, name, platform, paired_at, last_seen_at FROM device "
                                "WHERE operator_id = ? AND revoked_at = 0 ORDER BY paired_at, id";
    return connection.all(Sql, {person.value}, [](const Row &row) {
        Wire::DeviceEntry device;
        device.id = {row.text(0)};
        device.name = row.text(1);
        device.platform = row.text(2);
        device.pairedAt = row.integer(3);
        device.lastSeenAt = row.integer(4);
        return device;
    });
}

Result<QList<Wire::InviteEntry>> openInvites(Connection &connection, qint64 now)
{
    constexpr const char *Sql
        = "SELECT id, operator_id, expires_at, tries_left FROM invite "
          "WHERE used_at = 0 AND tries_left > 0 AND expires_at > ? ORDER BY expires_at, id";
    return connection.all(Sql, {now}, [](const Row &row) {
        return Wire::InviteEntry{row.text(0), {row.text(1)}, row.integer(2), row.number(3)};
    });
}

Result<> updateOperator(Connection &connection, const Operator &person)
{
    constexpr const char *Sql = "UPDATE operator SET name = ?, role = ?, seq = ? WHERE id = ?";
    const auto seq = takeSeqs(connection, QString::fromLatin1(WorkspaceStream), 1);
    if (!seq)
        return failure(seq.error());
    return done(
        connection.exec(Sql, {person.name, static_cast<int>(person.role), *seq, person.id.value}));
}

Result<> revokeDevice(Connection &connection, const DeviceId &id, qint64 now)
{
    constexpr const char *Sql = "UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at = 0";
    return done(connection.exec(Sql, {now, id.value}));
}

Result<std::optional<OperatorId>> ownerOf(Connection &connection, const DeviceId &id)
{
    constexpr const char *Sql = "SELECT operator_id FROM device WHERE id = ? AND revoked_at = 0";
    return connection.one(Sql, {id.value}, [](const Row &row) { return OperatorId{row.text(0)}; });
}

Result<> voidInvite(Connection &connection, const QString &id)
{
    constexpr const char *Sql = "UPDATE invite SET tries_left = 0 WHERE id = ? AND used_at = 0";
    return done(connection.exec(Sql, {id}));
}

Result<qint64> workingAdmins(Connection &connection)
{
    constexpr const char *Sql
        = "SELECT count(*) FROM operator WHERE role = 3 AND active = 1 AND EXISTS "
          "(SELECT 1 FROM device WHERE device.operator_id = operator.id AND revoked_at = 0)";
    return countOf(connection, Sql);
}

Result<bool> hasAdmin(Connection &connection)
{
    constexpr const char *Sql = "SELECT count(*) FROM operator WHERE role = 3 AND active = 1";
    const auto count = countOf(connection, Sql);
    if (!count)
        return failure(count.error());
    return *count > 0;
}

Result<> replaceFirstInvite(Connection &connection, const Invite &invite)
{
    constexpr const char *Sql = "INSERT INTO first_admin_invite (id, secret_hash, expires_at, "
                                "tries_left) VALUES (?, ?, ?, ?)";
    if (auto removed = removeFirstInvites(connection); !removed)
        return removed;
    return done(
        connection.exec(Sql, {invite.id, invite.secretHash, invite.expiresAt, invite.triesLeft}));
}

Result<std::optional<Invite>> firstInvite(Connection &connection, const QString &id)
{
    constexpr const char *Sql
        = "SELECT id, secret_hash, expires_at, tries_left FROM first_admin_invite WHERE id = ?";
    return connection.one(Sql, {id}, [](const Row &row) {
        return Invite{row.text(0), {}, row.bytes(1), row.integer(2), row.number(3), 0};
    });
}

Result<> takeFirstTry(Connection &connection, const QString &id)
{
    constexpr const char *Sql
        = "UPDATE first_admin_invite SET tries_left = tries_left - 1 WHERE id = ?";
    return done(connection.exec(Sql, {id}));
}

Result<> removeFirstInvites(Connection &connection)
{
    constexpr const char *Sql = "DELETE FROM first_admin_invite";
    return done(connection.exec(Sql));
}

Result<> noteSeen(Connection &connection, const QList<DeviceId> &devices, qint64 now)
{
    constexpr const char *Sql = "UPDATE device SET last_seen_at = ? WHERE id = ?";
    for (const DeviceId &device : devices) {
        if (auto noted = connection.exec(Sql, {now, device.value}); !noted)
            return failure(noted.error());
    }
    return {};
}

} // namespace Pagedesk::Relay
