// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/http.h"

#include <QString>

namespace Pagedesk::Relay {

// A page for a person's browser: no scripts, nothing from elsewhere, not kept by anybody. `words`
// is HTML; what others have said is escaped by the caller.
Server::Response htmlPage(int status, const QString &title, const QString &words);

} // namespace Pagedesk::Relay
