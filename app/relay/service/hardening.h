// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Pagedesk::Relay {

// Keeps what is in memory there: no core dumps, and no other process of the same user may look.
// Not with sanitizers, whose leak check looks.
void hideMemory();

} // namespace Pagedesk::Relay
