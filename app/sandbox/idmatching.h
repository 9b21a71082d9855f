// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/caller.h"

namespace Pagedesk::Sandbox {

// GET /PSID/ids_for_pages: the ids by which the Pages of one business know a human being. With the
// app's token and its proof; `page` limits it to one Page. Source: Graph API,
// "User/ids_for_pages", as the SDKs describe it, 2026.
GraphResult idsForPages(const GraphRequest &request, const Caller &caller, World &world);

} // namespace Pagedesk::Sandbox
