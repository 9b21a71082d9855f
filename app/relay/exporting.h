// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/query.h"

#include <cstdio>

namespace Pagedesk::Relay {

// JSON lines for scripts; the fields are fixed. Storage when `out` cannot be written.
Result<> printEvents(Connection &connection, qint64 afterId, const QString &pageId, std::FILE *out);
Result<> printExport(
    Connection &connection, const QString &pageId, const QString &conversationId, std::FILE *out);

} // namespace Pagedesk::Relay
