// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/query.h"
#include "models/wire/frames.h"

namespace Pagedesk::Relay {

// What a command with this id has answered before, or nothing.
Result<std::optional<Wire::CommandResult>> commandResult(
    Connection &connection, const CommandId &id);
Result<> keepCommandResult(
    Connection &connection, const Wire::CommandResult &result, const DeviceId &device, qint64 now);

} // namespace Pagedesk::Relay
