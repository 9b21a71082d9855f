// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"
#include "models/store/replica/replicachanges.h"

namespace Pagedesk {

// The Pages in the replica.
class PageStore {
public:
    static Result<QList<Page>> all(Connection &connection);
    static Result<std::optional<Page>> find(Connection &connection, const PageId &id);

    // Keeps the row if it is newer than what is stored.
    static Result<> apply(ReplicaWriter &writer, const Page &page);
    // Removes it; the program hears of a Page in the state Removed.
    static Result<> remove(ReplicaWriter &writer, const PageId &id);
};

} // namespace Pagedesk
