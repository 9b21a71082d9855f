// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/ledger.h"
#include "models/base/clock.h"

namespace Pagedesk::Relay {

// Opens a conversation whose snooze is over; one that was opened, or snoozed anew, meanwhile stays
// as it is.
Task<> wakeConversation(Ledger &ledger, const Clock &clock, const Job &job);

} // namespace Pagedesk::Relay
