// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/replica/replicachanges.h"

namespace Pagedesk {

// What exists nowhere else but in the replica.
struct Rescued {
    QHash<ConversationId, QString> drafts;
    QList<StoredCommand> commands;
    QList<Message> messages; // that only this desktop knows
};

// Reads what can still be read of a damaged replica; changes nothing in it.
Rescued rescueFrom(const QString &path);

// Puts it into a fresh replica. A reply whose command could not be read is shown as failed, so
// that its writer sees it and can send it again.
Result<> restore(ReplicaWriter &writer, const Rescued &rescued);

} // namespace Pagedesk
