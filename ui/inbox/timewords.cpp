// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/timewords.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TimeWords)
};

constexpr qint64 MinuteMs = 60 * 1000;
constexpr qint64 MinutesPerHour = 60;
constexpr qint64 MinutesPerDay = 24 * MinutesPerHour;

QString clockTime(const QDateTime &time)
{
    return QLocale().toString(time.time(), QLocale::ShortFormat);
}

QString dayAndMonth(const QDate &day, const QDate &today)
{
    return QLocale().toString(day, day.year() == today.year() ? u"d MMM"_s : u"d MMM yyyy"_s);
}

// Whole minutes, so that something is always left until nothing is.
qint64 minutesOf(qint64 milliseconds)
{
    return std::max<qint64>(1, (milliseconds + MinuteMs - 1) / MinuteMs);
}

} // namespace

QString listTime(qint64 at, qint64 now)
{
    if (at <= 0)
        return {};
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(at);
    const QDate today = QDateTime::fromMSecsSinceEpoch(now).date();
    const qint64 days = time.date().daysTo(today);
    if (days <= 0)
        return clockTime(time);
    if (days == 1)
        return Words::tr("Yesterday");
    if (days < 7)
        return QLocale().dayName(time.date().dayOfWeek(), QLocale::ShortFormat);
    return dayAndMonth(time.date(), today);
}

QString momentText(qint64 at, qint64 now)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(at);
    const QDate today = QDateTime::fromMSecsSinceEpoch(now).date();
    if (time.date() == today)
        return clockTime(time);
    if (time.date().daysTo(today) == 1)
        return Words::tr("yesterday at %1").arg(clockTime(time));
    return Words::tr("%1 at %2", "day, time").arg(dayAndMonth(time.date(), today), clockTime(time));
}

QString exactTime(qint64 at)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(at), QLocale::LongFormat);
}

QString shortSpan(qint64 milliseconds)
{
    const qint64 minutes = minutesOf(milliseconds);
    if (minutes < MinutesPerHour)
        return Words::tr("%1 min").arg(minutes);
    return Words::tr("%1 h %2", "hours, minutes of two digits")
        .arg(minutes / MinutesPerHour)
        .arg(minutes % MinutesPerHour, 2, 10, QChar(u'0'));
}

QString longSpan(qint64 milliseconds)
{
    const qint64 minutes = minutesOf(milliseconds);
    if (minutes < MinutesPerHour)
        return Words::tr("%1 min").arg(minutes);
    if (minutes >= 2 * MinutesPerDay)
        return Words::tr("%n days", nullptr, static_cast<int>(minutes / MinutesPerDay));
    if (minutes % MinutesPerHour == 0)
        return Words::tr("%1 h").arg(minutes / MinutesPerHour);
    return Words::tr("%1 h %2 min").arg(minutes / MinutesPerHour).arg(minutes % MinutesPerHour);
}

} // namespace Pagedesk::Ui
