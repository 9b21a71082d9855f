// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "models/wire/frames.h"

namespace Pagedesk::Relay {

// Does what an admin has decided about a Page, and makes the work due that follows from it. What is
// different now, in the words of settingsChanges(); empty when nothing is. NotFound: there is no
// such Page. Rejected: the detail is a sentence for people.
Result<QString> changePageSettings(Connection &connection, const Wire::SetPageSettings &wanted,
    qint64 now, Ledger::Touched &touched);

} // namespace Pagedesk::Relay
