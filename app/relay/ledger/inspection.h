// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/query.h"
#include "models/wire/frames.h"

namespace Pagedesk::Relay {

// Everything that is known of how a message came or went; without a message when there is none.
// Holds about half a frame of raw events at most, the oldest first.
Result<Wire::Inspection> readInspection(
    Connection &connection, const Wire::InspectRequest &request);

} // namespace Pagedesk::Relay
