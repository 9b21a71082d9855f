// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/datewords.h"

#include <QCoreApplication>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DateWords)
};

constexpr qsizetype LongestText = 60;
constexpr int EarliestYear = 2000; // Messenger is younger

bool isSame(const QString &typed, const QString &word)
{
    return typed.compare(word, Qt::CaseInsensitive) == 0;
}

std::optional<QDate> dayByName(const QString &typed, const QDate &today, const QLocale &locale)
{
    if (isSame(typed, Words::tr("today")))
        return today;
    if (isSame(typed, Words::tr("yesterday")))
        return today.addDays(-1);
    for (int back = 0; back < 7; ++back) {
        const QDate day = today.addDays(-back);
        const bool isNamed = isSame(typed, locale.dayName(day.dayOfWeek()))
            || isSame(typed, locale.dayName(day.dayOfWeek(), QLocale::ShortFormat));
        if (isNamed)
            return day;
    }
    return std::nullopt;
}

// The order of day and month in numbers, as the locale writes them.
bool isMonthFirst(const QLocale &locale)
{
    const QString format = locale.dateFormat(QLocale::ShortFormat);
    return format.indexOf(u'M') < format.indexOf(u'd');
}

QStringList formats(const QLocale &locale)
{
    QStringList all{locale.dateFormat(QLocale::ShortFormat), locale.dateFormat(QLocale::LongFormat),
        u"yyyy-MM-dd"_s, u"yyyy-M-d"_s, u"d.M.yyyy"_s, u"d MMM yyyy"_s, u"d MMMM yyyy"_s,
        u"d. MMMM yyyy"_s, u"MMM d yyyy"_s, u"MMMM d yyyy"_s, u"MMM d, yyyy"_s, u"MMMM d, yyyy"_s};
    all.append(isMonthFirst(locale) ? u"M/d/yyyy"_s : u"d/M/yyyy"_s);
    return all;
}

QStringList formatsWithoutYear(const QLocale &locale)
{
    return {u"d.M."_s, u"d.M"_s, u"d MMM"_s, u"d MMMM"_s, u"d. MMMM"_s, u"MMM d"_s, u"MMMM d"_s,
        isMonthFirst(locale) ? u"M/d"_s : u"d/M"_s};
}

} // namespace

std::optional<QDate> dateFromWords(const QString &words, const QDate &today, const QLocale &locale)
{
    const QString typed = words.left(LongestText).simplified();
    if (typed.isEmpty())
        return std::nullopt;
    if (const auto named = dayByName(typed, today, locale))
        return named;
    for (const QLocale &one : {locale, QLocale::c()}) {
        for (const QString &format : formats(locale)) {
            QDate day = one.toDate(typed, format);
            // A short year is of this century.
            if (day.isValid() && day.year() >= 1900 && day.year() < EarliestYear
                && !format.contains(u"yyyy"))
                day = day.addYears(100);
            if (day.isValid() && day.year() >= EarliestYear)
                return day;
        }
        for (const QString &format : formatsWithoutYear(locale)) {
            // A leap year, so that each day of a year can be read.
            const QDate read = one.toDate(typed + u" 2000"_s, format + u" yyyy"_s);
            if (!read.isValid())
                continue;
            for (int year = today.year(); year > today.year() - 8; --year) {
                const QDate day(year, read.month(), read.day());
                if (day.isValid() && day <= today)
                    return day;
            }
        }
    }
    return std::nullopt;
}

} // namespace Pagedesk::Ui
