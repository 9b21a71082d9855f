// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/checks.h"

namespace Pagedesk::Relay {

// Everything `verify` looks at: the ledger as it is at one moment, the attachments in the folder,
// and whether the Page tokens open. Damaged, Storage or NotFound when the ledger cannot be read.
Result<QList<CheckOutcome>> verifyFolder(const QString &folder);

} // namespace Pagedesk::Relay
