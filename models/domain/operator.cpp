// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/operator.h"

#include "models/domain/names.h"

namespace Pagedesk {

namespace {

constexpr NameTable<Role, 3> RoleNames{{
    {Role::Agent, "agent"},
    {Role::Supervisor, "supervisor"},
    {Role::Admin, "admin"},
}};

} // namespace

QString roleName(Role role)
{
    return nameOf(RoleNames, role);
}

std::optional<Role> roleFromName(QStringView name)
{
    return fromName(RoleNames, name);
}

std::optional<Role> roleFromNumber(qint64 number)
{
    return fromNumber(RoleNames, number);
}

} // namespace Pagedesk
