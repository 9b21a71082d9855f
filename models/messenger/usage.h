// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Pagedesk {

// How much of a call limit is used, as Meta's headers tell it.
struct CallUsage {
    int percent = 0; // the highest of calls and times; may pass 100
    int regainMinutes = 0; // until calls are allowed again; 0: they are

    bool operator==(const CallUsage &) const = default;
};

// Reads X-App-Usage or X-Business-Use-Case-Usage, which has been seen as object and as array; of
// several entries the worst counts. Nothing is used when the header is missing or cannot be read.
// Source: Graph API, "Rate limits", 2026-03-23.
CallUsage readUsage(const QByteArray &header);

} // namespace Pagedesk
