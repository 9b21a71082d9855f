// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operator.h"

namespace Pagedesk {

// What somebody can ask of the relay. Everything that is not allowed here is refused.
enum class Action {
    ReadPages, // follow streams, read history, fetch media
    Reply,
    MarkRead,
    ChangeConversationState,
    ManagePages, // log in at Facebook, connect Pages
};

bool isAllowed(Role role, Action action);

} // namespace Pagedesk
