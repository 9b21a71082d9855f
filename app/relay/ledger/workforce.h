// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/people.h"
#include "models/wire/people.h"

// What is told of people, their devices and invites, and what is changed of them.
namespace Pagedesk::Relay {

Result<QList<Wire::DeviceEntry>> devicesOf(Connection &connection, const OperatorId &person);
Result<QList<Wire::InviteEntry>> openInvites(Connection &connection, qint64 now);

// Changes the operator's row; the id says which. Also for new teams: the row gets a new number.
Result<> updateOperator(Connection &connection, const Operator &person);
Result<> revokeDevice(Connection &connection, const DeviceId &id, qint64 now);
Result<std::optional<OperatorId>> ownerOf(Connection &connection, const DeviceId &id);
Result<> voidInvite(Connection &connection, const QString &id);

// Admins with a device they can still use.
Result<qint64> workingAdmins(Connection &connection);
// Whether somebody is an admin, be it one who was only invited.
Result<bool> hasAdmin(Connection &connection);

// The invite of the workspace's first admin: one at a time.
Result<> replaceFirstInvite(Connection &connection, const Invite &invite);
Result<std::optional<Invite>> firstInvite(Connection &connection, const QString &id);
Result<> takeFirstTry(Connection &connection, const QString &id);
Result<> removeFirstInvites(Connection &connection);

// Notes when devices were last seen.
Result<> noteSeen(Connection &connection, const QList<DeviceId> &devices, qint64 now);

} // namespace Pagedesk::Relay
