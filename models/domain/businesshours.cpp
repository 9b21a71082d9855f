// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/businesshours.h"

#include "models/base/jsonfields.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QStringList>
#include <QTimeZone>

#include <algorithm>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int DayMinutes = 24 * 60;
constexpr int MostDaysLookedAt = 366;

// One stretch in which somebody is there, in ms UTC.
struct Stretch {
    qint64 from = 0;
    qint64 to = 0;
};

qint64 momentOf(QDate day, int minute, const QTimeZone &zone)
{
    // The end of a day is the beginning of the next one, however long the day was.
    const QDate date = minute == DayMinutes ? day.addDays(1) : day;
    const QTime time = minute == DayMinutes ? QTime(0, 0) : QTime(minute / 60, minute % 60);
    return QDateTime(date, time, zone).toMSecsSinceEpoch();
}

QList<Stretch> stretchesOf(const BusinessHours &hours, QDate day, const QTimeZone &zone)
{
    QList<Stretch> stretches;
    if (hours.daysOff.contains(day))
        return stretches;
    for (const HoursSpan &span : hours.week.at(std::size_t(day.dayOfWeek() - 1))) {
        const Stretch one{momentOf(day, span.from, zone), momentOf(day, span.to, zone)};
        if (one.from < one.to) // what a change of the clock has swallowed is none
            stretches.append(one);
    }
    return stretches;
}

// When what is there at `at` ends: one stretch may go on in the next, over midnight too.
qint64 endOf(const BusinessHours &hours, qint64 at, QDate day, const QTimeZone &zone)
{
    qint64 end = at;
    for (int ahead = -1; ahead <= MostDaysLookedAt; ++ahead) {
        const qint64 before = end;
        for (const Stretch &one : stretchesOf(hours, day.addDays(ahead), zone)) {
            if (one.from <= end && end < one.to)
                end = one.to;
        }
        if (ahead >= 1 && end == before)
            return end;
    }
    return 0;
}

qint64 beginningOf(const BusinessHours &hours, qint64 at, QDate day, const QTimeZone &zone)
{
    qint64 begin = at;
    for (int back = -1; back <= MostDaysLookedAt; ++back) {
        const qint64 before = begin;
        const QList<Stretch> stretches = stretchesOf(hours, day.addDays(-back), zone);
        for (auto one = stretches.crbegin(); one != stretches.crend(); ++one) {
            if (one->from < begin && begin <= one->to)
                begin = one->from;
        }
        if (back >= 1 && begin == before)
            return begin;
    }
    return 0;
}

qint64 nextOpening(const BusinessHours &hours, qint64 now, QDate day, const QTimeZone &zone)
{
    for (int ahead = -1; ahead <= MostDaysLookedAt; ++ahead) {
        for (const Stretch &one : stretchesOf(hours, day.addDays(ahead), zone)) {
            if (one.from > now)
                return one.from;
        }
    }
    return 0;
}

qint64 lastClosing(const BusinessHours &hours, qint64 now, QDate day, const QTimeZone &zone)
{
    for (int back = -1; back <= MostDaysLookedAt; ++back) {
        const QList<Stretch> stretches = stretchesOf(hours, day.addDays(-back), zone);
        for (auto one = stretches.crbegin(); one != stretches.crend(); ++one) {
            if (one->to <= now)
                return one->to;
        }
    }
    return 0;
}

std::optional<int> minuteFrom(const QString &text)
{
    static const QRegularExpression Form(u"^(\\d{1,2})(?:[:.](\\d{2}))?$"_s);
    const auto match = Form.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    const int hour = match.captured(1).toInt();
    const int minute = match.captured(2).toInt();
    const int all = hour * 60 + minute;
    return minute < 60 && all <= DayMinutes ? std::optional(all) : std::nullopt;
}

QString minuteText(int minute)
{
    return u"%1:%2"_s.arg(minute / 60, 2, 10, QChar(u'0')).arg(minute % 60, 2, 10, QChar(u'0'));
}

bool areInOrder(const QList<HoursSpan> &spans)
{
    int end = -1;
    for (const HoursSpan &span : spans) {
        if (span.from <= end || span.from < 0 || span.from >= span.to || span.to > DayMinutes)
            return false;
        end = span.to;
    }
    return spans.size() <= BusinessHours::MostSpans;
}

// Qt lists only the zones of countries, leaving out Etc/UTC or US/Eastern, and takes any single
// word for a zone of its own without an offset.
bool isZone(const QString &id)
{
    static const QRegularExpression Form(u"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){1,2}$"_s);
    const QByteArray name = id.toLatin1();
    return QTimeZone::availableTimeZoneIds().contains(name)
        || (Form.match(id).hasMatch() && QTimeZone(name).isValid());
}

} // namespace

OpenState openState(const BusinessHours &hours, qint64 now)
{
    const QTimeZone zone(hours.zone.toLatin1());
    if (!hours.isKept() || !zone.isValid())
        return {};
    const QDate day = QDateTime::fromMSecsSinceEpoch(now, zone).date();
    for (int near = -1; near <= 0; ++near) {
        for (const Stretch &one : stretchesOf(hours, day.addDays(near), zone)) {
            if (one.from <= now && now < one.to)
                return {
                    true, beginningOf(hours, one.to, day, zone), endOf(hours, one.from, day, zone)};
        }
    }
    return {false, lastClosing(hours, now, day, zone), nextOpening(hours, now, day, zone)};
}

QString hoursProblem(const BusinessHours &hours)
{
    if (!hours.isKept())
        return {};
    if (hours.zone.size() > BusinessHours::MostZoneCharacters || !isZone(hours.zone))
        return u"The time zone %1 is not known. It is written like Europe/Berlin."_s.arg(
            hours.zone.left(BusinessHours::MostZoneCharacters));
    if (!std::all_of(hours.week.begin(), hours.week.end(), areInOrder))
        return u"The times of a day overlap or are too many."_s;
    if (hours.daysOff.size() > BusinessHours::MostDaysOff) {
        return u"There are %1 days off; at most %2 are possible."_s.arg(hours.daysOff.size())
            .arg(BusinessHours::MostDaysOff);
    }
    return {};
}

QString daySpansText(const QList<HoursSpan> &spans)
{
    QStringList parts;
    for (const HoursSpan &span : spans)
        parts.append(minuteText(span.from) + u'-' + minuteText(span.to));
    return parts.join(u", "_s);
}

std::optional<QList<HoursSpan>> daySpansFromText(const QString &text)
{
    static const QRegularExpression Dash(u"\\s*[-\u2010-\u2015\u2212]\\s*"_s);
    QList<HoursSpan> spans;
    const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        if (part.trimmed().isEmpty())
            continue;
        const QStringList ends = part.trimmed().split(Dash);
        const auto from = ends.size() == 2 ? minuteFrom(ends.first()) : std::nullopt;
        const auto to = ends.size() == 2 ? minuteFrom(ends.last()) : std::nullopt;
        if (!from || !to)
            return std::nullopt;
        spans.append({*from, *to});
    }
    return areInOrder(spans) ? std::optional(spans) : std::nullopt;
}

QString daysOffText(const QList<QDate> &days)
{
    QStringList parts;
    for (const QDate day : days)
        parts.append(day.toString(Qt::ISODate));
    return parts.join(u", "_s);
}

std::optional<QList<QDate>> daysOffFromText(const QString &text)
{
    QList<QDate> days;
    const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QStringList ends = part.simplified().split(u" to "_s);
        const QDate from = QDate::fromString(ends.first().trimmed(), Qt::ISODate);
        const QDate to = QDate::fromString(ends.last().trimmed(), Qt::ISODate);
        if (part.trimmed().isEmpty())
            continue;
        if (ends.size() > 2 || !from.isValid() || !to.isValid() || from > to
            || from.daysTo(to) >= BusinessHours::MostDaysOff)
            return std::nullopt;
        for (QDate day = from; day <= to; day = day.addDays(1)) {
            if (!days.contains(day))
                days.append(day);
        }
    }
    std::sort(days.begin(), days.end());
    return days.size() <= BusinessHours::MostDaysOff ? std::optional(days) : std::nullopt;
}

QJsonObject hoursToJson(const BusinessHours &hours)
{
    QJsonObject object;
    if (!hours.isKept())
        return object;
    putText(object, "zone"_L1, hours.zone);
    QJsonArray week;
    for (const QList<HoursSpan> &spans : hours.week)
        week.append(daySpansText(spans));
    object.insert("week"_L1, week);
    putText(object, "off"_L1, daysOffText(hours.daysOff));
    return object;
}

Result<BusinessHours> hoursFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"page.settings.hours"_s);
    BusinessHours read;
    read.zone = in.text("zone"_L1, FieldReader::Need::Required);
    const QJsonArray week = in.list("week"_L1);
    if (week.size() != qsizetype(read.week.size()))
        in.fail("week"_L1, "has not seven days");
    for (qsizetype i = 0; i < std::min(week.size(), qsizetype(read.week.size())); ++i) {
        const auto spans = daySpansFromText(week.at(i).toString());
        if (!spans || !week.at(i).isString())
            in.fail("week"_L1, "holds what is no day's hours");
        read.week.at(std::size_t(i)) = spans.value_or(QList<HoursSpan>());
    }
    const auto off = daysOffFromText(in.text("off"_L1));
    if (!off)
        in.fail("off"_L1, "holds what is no day");
    read.daysOff = off.value_or(QList<QDate>());
    return in.result(read);
}

} // namespace Pagedesk
