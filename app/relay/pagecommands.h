// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/commandline.h"

namespace Pagedesk::Relay::Maintenance {

// Asks Meta about one connected Page or all of them, with the stored token, and says in words what
// is wrong. Rejected for wrong usage, NotFound when something is wrong.
Result<> pageCheck(const CommandLine &line);
Result<> pageRemove(const CommandLine &line);

} // namespace Pagedesk::Relay::Maintenance
