// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QDate>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <array>
#include <optional>

namespace Pagedesk {

// A part of a day, in minutes of its clock. 24 * 60 is its end.
struct HoursSpan {
    int from = 0;
    int to = 0; // after `from`

    bool operator==(const HoursSpan &) const = default;
};

// When somebody answers on a Page.
struct BusinessHours {
    static constexpr qsizetype MostSpans = 4; // of one day
    static constexpr qsizetype MostDaysOff = 60;
    static constexpr qsizetype MostZoneCharacters = 64;

    QString zone; // "Europe/Berlin"; empty: there are no hours, and nothing depends on them
    std::array<QList<HoursSpan>, 7> week; // Monday first; a day without any is closed
    QList<QDate> daysOff; // closed all day; in order

    bool isKept() const { return !zone.isEmpty(); }
    bool operator==(const BusinessHours &) const = default;
};

struct OpenState {
    bool open = true;
    qint64 since = 0; // ms UTC: when it opened or closed; 0: not within the last year
    qint64 until = 0; // ms UTC: when that ends; 0: not within the next year
};
// Always open where there are no hours, or this computer does not know the time zone.
OpenState openState(const BusinessHours &hours, qint64 now);

// What cannot be kept, as a sentence; empty when nothing is wrong.
QString hoursProblem(const BusinessHours &hours);

// A day as one writes it: "09:00-12:30, 13:30-18:00"; empty: closed. Reading takes "9-12" and a
// dash of any length too; nothing: it cannot be read, or the spans overlap.
QString daySpansText(const QList<HoursSpan> &spans);
std::optional<QList<HoursSpan>> daySpansFromText(const QString &text);
// "2026-12-24, 2026-12-25"; with "2026-12-24 to 2026-12-26" for several when it is read.
QString daysOffText(const QList<QDate> &days);
std::optional<QList<QDate>> daysOffFromText(const QString &text);

QJsonObject hoursToJson(const BusinessHours &hours);
Result<BusinessHours> hoursFromJson(const QJsonObject &object);

} // namespace Pagedesk
