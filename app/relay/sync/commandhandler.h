// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/people.h"
#include "models/wire/frames.h"

namespace Pagedesk::Relay {

// Applies one command of a desktop inside one transaction with its result, after the gate. A
// command that was done before answers its first result. An Error is only returned when nothing
// could be stored; what the command itself met is in the result.
Result<Wire::CommandResult> applyCommand(Connection &connection, const Wire::Command &command,
    const DeviceId &device, qint64 now, Ledger::Touched &touched);

} // namespace Pagedesk::Relay
