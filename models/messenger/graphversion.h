// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

namespace Pagedesk {

// When a version of the Graph API ends, ms UTC: 0 while that is not announced, and 1 for one that
// is not in the table of limits any more.
qint64 graphVersionEndsAt(QLatin1StringView name);

} // namespace Pagedesk
