// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/sync/contactcommands.h"

namespace Pagedesk::Relay {

// Somebody wants a conversation that another app holds: Meta is asked by a job. Rejected, with a
// failureKindName(), while nothing can be sent for the Page anyway.
Result<> apply(CommandContext &context, const Wire::TakeThread &take);

} // namespace Pagedesk::Relay
