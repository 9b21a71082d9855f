// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/load/loadgenerator.h"

namespace Pagedesk::Tests {

class World;

// `count` customer messages of `people` customers, from number `first`, in signed bodies of many.
QList<PreparedRequest> prepareBatches(int first, int count, int people);

// Brings so many messages into the relay's ledger, by the way Meta does; false when it refuses.
bool fillLedger(World &world, int messages, int people);

} // namespace Pagedesk::Tests
