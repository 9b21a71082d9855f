// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Pagedesk {

// What a stranger's picture may cost us. Checked before anything is decoded.
struct ImageLimits {
    static constexpr int Side = 16384; // pixels
    static constexpr qint64 Pixels = 40'000'000;
    static constexpr int AllocationMiB = 160;
};

} // namespace Pagedesk
