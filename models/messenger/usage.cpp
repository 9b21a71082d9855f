// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/usage.h"

#include "models/messenger/json.h"

#include <algorithm>

namespace Pagedesk {

namespace {

constexpr double MostPercent = 10'000;
constexpr qint64 MostMinutes = 24 * 60;

// Percent has been seen with a fraction.
int percentFrom(const JsonValue &value)
{
    return static_cast<int>(std::clamp(value.toDouble().value_or(0), 0.0, MostPercent));
}

int minutesFrom(const JsonValue &value)
{
    return static_cast<int>(std::clamp<qint64>(value.toInt64().value_or(0), 0, MostMinutes));
}

} // namespace

CallUsage readUsage(const QByteArray &header)
{
    CallUsage usage;
    if (header.isEmpty())
        return usage;
    const auto document = JsonDocument::parse(header);
    if (!document)
        return usage;
    document->root().visit([&usage](const JsonValue &value) {
        const auto key = value.key();
        if (key == "call_count" || key == "total_time" || key == "total_cputime")
            usage.percent = std::max(usage.percent, percentFrom(value));
        else if (key == "estimated_time_to_regain_access")
            usage.regainMinutes = std::max(usage.regainMinutes, minutesFrom(value));
    });
    return usage;
}

} // namespace Pagedesk
