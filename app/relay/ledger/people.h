// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/permissions.h"
#include "models/store/query.h"

// Operators, their invites and their devices.
namespace Pagedesk::Relay {

struct Invite {
    QString id;
    OperatorId operatorId;
    QByteArray secretHash;
    qint64 expiresAt = 0; // ms UTC
    int triesLeft = 0;
    qint64 usedAt = 0; // ms UTC, 0 when not used
};

struct Device {
    DeviceId id;
    Operator owner;
    PageScope pages = {}; // the owner's
};

Result<> insertOperator(Connection &connection, const Operator &person, qint64 now);
Result<QList<Operator>> allOperators(Connection &connection);
Result<QList<Operator>> operatorsAfter(
    Connection &connection, qint64 after, qint64 upTo, int limit);
Result<QList<Operator>> operatorsBelow(Connection &connection, qint64 before, int limit);
// Ends an operator's rights: inactive, every device and invite void. False when there is no such
// operator or it was revoked before.
Result<bool> revokeOperator(Connection &connection, const OperatorId &id, qint64 now);

Result<> insertInvite(Connection &connection, const Invite &invite);
Result<std::optional<Invite>> inviteById(Connection &connection, const QString &id);
Result<> takeTry(Connection &connection, const QString &inviteId);
Result<> useInvite(Connection &connection, const QString &inviteId, qint64 now);

// A device that is being paired.
struct NewDevice {
    DeviceId id;
    OperatorId owner;
    QString name;
    QString platform;
    QByteArray tokenHash;
};
Result<> insertDevice(Connection &connection, const NewDevice &device, qint64 now);
// The device with this token hash, unless it or its operator was revoked.
Result<std::optional<Device>> activeDevice(Connection &connection, const QByteArray &tokenHash);
// The same by its id.
Result<std::optional<Device>> activeDeviceById(Connection &connection, const DeviceId &id);

Result<std::optional<Operator>> operatorById(Connection &connection, const OperatorId &id);

Result<QString> setting(Connection &connection, const QString &name); // empty when unset
Result<> setSetting(Connection &connection, const QString &name, const QString &value);

} // namespace Pagedesk::Relay
