// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/world.h"

namespace Pagedesk::Sandbox {

// Conversations of which no webhook has told anybody.
struct PastOrder {
    QString pageId;
    int conversations = 0;
    int messages = 0; // of each
    qint64 untilAt = 0; // ms UTC: everything is older
};

// Writes them: the customers 27000000000000001 and up, each with "Past <customer>.<message>" by
// customer and Page in turn, a minute apart, and every conversation a minute older than the one
// before it. The same order again adds nothing. How many messages there are.
int writePast(World &world, const PastOrder &order);

} // namespace Pagedesk::Sandbox
