// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/permissions.h"

namespace Pagedesk {

bool isAllowed(Role role, Action action)
{
    switch (action) {
    case Action::ReadPages:
    case Action::Reply:
    case Action::MarkRead:
    case Action::ChangeConversationState:
    case Action::ManageSelf:
    case Action::EditContacts:
        return role == Role::Agent || role == Role::Supervisor || role == Role::Admin;
    case Action::ManageLabels:
        return role == Role::Supervisor || role == Role::Admin;
    case Action::ManagePages:
    case Action::ManagePeople:
        return role == Role::Admin;
    }
    return false;
}

} // namespace Pagedesk
