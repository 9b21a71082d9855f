// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "models/base/ids.h"

namespace Pagedesk::Relay {

// What came for a Page since the last time it was counted.
struct EventCount {
    PageId page;
    qint64 repeated = 0;
    qint64 lastAt = 0; // ms UTC of the newest
    qint64 lastNumber = 0;
};

// The number of the last event that was counted.
Result<qint64> countedEvents(Connection &connection);
// The events above `after`, by Page.
Result<QList<EventCount>> countEvents(Connection &connection, qint64 after);

// Adds to the health of the Pages what was counted above `base`, unless somebody has done so
// meanwhile, and says how many events are delayed; a Page that is not named has none.
Result<> noteCounts(Connection &connection, qint64 base, const QList<EventCount> &counts,
    const QHash<QString, int> &delayed, Ledger::Touched &touched);

} // namespace Pagedesk::Relay
