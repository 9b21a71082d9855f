// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/replica/replicachanges.h"
#include "models/wire/frames.h"

namespace Pagedesk {

// Puts rows of a stream into the replica: each only if it is newer than what is there, since a
// live change may overtake a page of history.
Result<> applyEntities(
    ReplicaWriter &writer, const QString &stream, const QList<Wire::Entity> &entities);

} // namespace Pagedesk
