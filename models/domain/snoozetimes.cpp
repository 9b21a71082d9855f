// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/snoozetimes.h"

#include <QDateTime>

#include <algorithm>

namespace Pagedesk {

namespace {

constexpr int MorningHour = 9;
constexpr int LastHour = 21; // later than this is not worth coming back today
constexpr qint64 LaterMs = qint64(3) * 60 * 60 * 1000;

qint64 morningOf(const QDate &day, const QTimeZone &zone)
{
    return QDateTime(day, QTime(MorningHour, 0), zone).toMSecsSinceEpoch();
}

// The next full hour on the clock, three hours from now or a little later.
QDateTime laterThan(qint64 now, const QTimeZone &zone)
{
    const QDateTime later = QDateTime::fromMSecsSinceEpoch(now + LaterMs, zone);
    const QTime time = later.time();
    const int past = (time.minute() * 60 + time.second()) * 1000 + time.msec();
    return past == 0 ? later : later.addMSecs(60 * 60 * 1000 - past);
}

} // namespace

QList<SnoozeTime> snoozeTimes(qint64 now, const QTimeZone &zone)
{
    using Name = SnoozeTime::Name;
    QList<SnoozeTime> times;
    const auto add = [&times](Name name, qint64 at) {
        const bool isThere = std::any_of(
            times.cbegin(), times.cend(), [at](const SnoozeTime &time) { return time.at == at; });
        if (!isThere)
            times.append({name, at});
    };
    const QDate today = QDateTime::fromMSecsSinceEpoch(now, zone).date();
    const QDateTime later = laterThan(now, zone);
    if (later.date() == today && later.time().hour() <= LastHour)
        add(Name::LaterToday, later.toMSecsSinceEpoch());
    add(Name::TomorrowMorning, morningOf(today.addDays(1), zone));
    add(Name::Monday, morningOf(today.addDays(8 - today.dayOfWeek()), zone));
    add(Name::NextWeek, morningOf(today.addDays(7), zone));
    return times;
}

} // namespace Pagedesk
