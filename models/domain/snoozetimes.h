// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QTimeZone>

namespace Pagedesk {

// A time to come back to a conversation, as people say it.
struct SnoozeTime {
    enum class Name { LaterToday, TomorrowMorning, Monday, NextWeek };

    Name name = Name::LaterToday;
    qint64 at = 0; // ms UTC

    bool operator==(const SnoozeTime &) const = default;
};

// What can be chosen at `now`, soonest first; each moment once. Mornings begin at 9, in `zone`.
QList<SnoozeTime> snoozeTimes(qint64 now, const QTimeZone &zone);

} // namespace Pagedesk
