// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/jobs.h"

#include <algorithm>
#include <array>
#include <span>

namespace Pagedesk::Relay {

// How long to wait before the second, third, … try of a job.
struct RetrySchedule {
    std::span<const qint64> pausesMs;
    bool forever = false; // the last pause again and again, else the job is parked after it
};

namespace Schedules {

inline constexpr std::array<qint64, 7> UsualMs{
    2'000, 10'000, 60'000, 300'000, 1'800'000, 7'200'000, 21'600'000};
// Somebody sits there and waits.
inline constexpr std::array<qint64, 3> AwaitedMs{2'000, 5'000, 15'000};
// Work that a Page needs as long as it is connected: never given up, and gentle with Meta.
inline constexpr std::array<qint64, 5> LastingMs{5'000, 30'000, 120'000, 600'000, 1'800'000};

} // namespace Schedules

constexpr RetrySchedule retrySchedule(JobKind kind)
{
    switch (kind) {
    case JobKind::History:
    case JobKind::Check:
    case JobKind::Subscription:
    case JobKind::Inspection:
    case JobKind::Wake:
        return {Schedules::LastingMs, true};
    case JobKind::TakeThread:
        return {Schedules::AwaitedMs, false};
    case JobKind::Profile:
    case JobKind::Media:
    case JobKind::Thumbnail:
    case JobKind::Match:
        break;
    }
    return {Schedules::UsualMs, false};
}

// The pause after so many tries that failed before this one, ms; 0: give up.
constexpr qint64 retryPause(JobKind kind, int failedBefore)
{
    const RetrySchedule schedule = retrySchedule(kind);
    const auto index = static_cast<size_t>(std::max(failedBefore, 0));
    if (index < schedule.pausesMs.size())
        return schedule.pausesMs[index];
    return schedule.forever ? schedule.pausesMs.back() : 0;
}

} // namespace Pagedesk::Relay
