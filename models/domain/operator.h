// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

#include <QList>
#include <QStringView>

#include <optional>

namespace Pagedesk {

using TeamId = Id<struct TeamTag>;

// Numbers are stored: never change one.
enum class Role { Agent = 1, Supervisor = 2, Admin = 3 };

// A person who works with the inbox.
struct Operator {
    OperatorId id;
    QString name;
    Role role = Role::Agent;
    bool active = true; // false once revoked
    qint64 seq = 0; // position in the workspace stream
    QList<TeamId> teams = {}; // by id

    bool operator==(const Operator &) const = default;
};

// A group of operators. Who belongs to it stands with the operators.
struct Team {
    TeamId id;
    QString name;
    bool active = true; // false once removed
    qint64 seq = 0; // position in the workspace stream

    bool operator==(const Team &) const = default;
};

QString roleName(Role role);
std::optional<Role> roleFromName(QStringView name);
std::optional<Role> roleFromNumber(qint64 number);

} // namespace Pagedesk
