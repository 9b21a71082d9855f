// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <chrono>

namespace Pagedesk {

// How long to wait before trying again: longer each time, and not all desktops at once.
struct RetrySchedule {
    std::chrono::milliseconds first{500};
    std::chrono::milliseconds longest{30'000};
    double growth = 2;
    double jitter = 0.3; // the share of a pause that chance decides

    // The pause after `failures` (from 1) in a row; `chance` is a random number from 0 to 1.
    std::chrono::milliseconds pause(int failures, double chance) const
    {
        double length = static_cast<double>(first.count());
        const auto cap = static_cast<double>(longest.count());
        for (int i = 1; i < failures && length < cap; ++i)
            length *= growth;
        length = std::min(length, cap) * (1 - jitter * std::clamp(chance, 0.0, 1.0));
        return std::chrono::milliseconds(static_cast<qint64>(length));
    }
};

} // namespace Pagedesk
