// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/commandline.h"

// The maintenance commands that look after the ledger as a whole.
namespace Pagedesk::Relay::Maintenance {

Result<> backup(const CommandLine &line);
Result<> restore(const CommandLine &line);
Result<> printAudit(const CommandLine &line);
// A line for each check; Damaged when there is a fault.
Result<> verify(const CommandLine &line);
// Rebuilds what the events say in a scratch ledger and compares; Damaged when they differ.
Result<> replay(const CommandLine &line);
Result<> rotateMasterKey(const CommandLine &line);

} // namespace Pagedesk::Relay::Maintenance
