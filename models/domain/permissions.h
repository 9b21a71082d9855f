// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operator.h"

#include <QSet>

namespace Pagedesk {

// What somebody can ask of the relay. Everything that is not allowed here is refused.
enum class Action {
    ReadPages, // follow streams, read history, fetch media
    Reply,
    MarkRead,
    ChangeConversationState, // and who has it, its priority, its labels
    ManageLabels, // make, rename and remove the workspace's labels
    EditContacts, // correct profiles, fields, notes, merge people
    ManagePages, // log in at Facebook, connect Pages
    ManageSelf, // one's own name and devices
    ManagePeople, // invite, change and revoke others, make teams
};

bool isAllowed(Role role, Action action);

// The Pages somebody may work on.
struct PageScope {
    bool all = true;
    QSet<PageId> pages = {}; // when not all

    bool allows(const PageId &page) const { return all || pages.contains(page); }
    bool operator==(const PageScope &) const = default;
};

} // namespace Pagedesk
