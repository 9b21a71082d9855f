// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Pagedesk {

// Meta's reply windows in milliseconds (Messenger Platform, "Send messages" and policy pages,
// read 2026-09-28). They stand here and not with the other limits because they are a domain rule.
constexpr qint64 StandardWindowMs = qint64(24) * 60 * 60 * 1000;
constexpr qint64 HumanAgentWindowMs = 7 * StandardWindowMs;

} // namespace Pagedesk
