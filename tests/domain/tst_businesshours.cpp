// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/businesshours.h"
#include "models/domain/pagesettings.h"

#include <QDateTime>
#include <QTest>
#include <QTimeZone>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr HoursSpan Day{9 * 60, 17 * 60};

// Monday to Friday, nine to five, in Berlin.
BusinessHours office()
{
    BusinessHours hours;
    hours.zone = u"Europe/Berlin"_s;
    for (std::size_t day = 0; day < 5; ++day)
        hours.week.at(day) = {Day};
    return hours;
}

qint64 berlin(const QString &text)
{
    return QDateTime(QDate::fromString(text.left(10), Qt::ISODate),
        QTime::fromString(text.mid(11), u"HH:mm"_s), QTimeZone("Europe/Berlin"))
        .toMSecsSinceEpoch();
}

} // namespace

class TestBusinessHours : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoIsThere_data()
    {
        QTest::addColumn<QString>("now");
        QTest::addColumn<bool>("open");
        QTest::addColumn<QString>("since");
        QTest::addColumn<QString>("until");
        const auto row
            = [](const char *name, const QString &now, bool open, const QString &since,
                  const QString &until) { QTest::newRow(name) << now << open << since << until; };
        // The second of November 2026 is a Monday.
        row("open", u"2026-11-02 12:00"_s, true, u"2026-11-02 09:00"_s, u"2026-11-02 17:00"_s);
        row("opens", u"2026-11-02 09:00"_s, true, u"2026-11-02 09:00"_s, u"2026-11-02 17:00"_s);
        row("closes", u"2026-11-02 17:00"_s, false, u"2026-11-02 17:00"_s, u"2026-11-03 09:00"_s);
        row("early", u"2026-11-03 08:59"_s, false, u"2026-11-02 17:00"_s, u"2026-11-03 09:00"_s);
        row("weekend", u"2026-11-08 03:00"_s, false, u"2026-11-06 17:00"_s, u"2026-11-09 09:00"_s);
        // The clock is set back in the night to the 25th of October 2026 and forward on 28 March.
        row("winter begins", u"2026-10-25 12:00"_s, false, u"2026-10-23 17:00"_s,
            u"2026-10-26 09:00"_s);
        row("summer begins", u"2027-03-28 12:00"_s, false, u"2027-03-26 17:00"_s,
            u"2027-03-29 09:00"_s);
        row("day off", u"2026-12-25 12:00"_s, false, u"2026-12-23 17:00"_s, u"2026-12-28 09:00"_s);
    }
    void whoIsThere()
    {
        QFETCH(const QString, now);
        QFETCH(const bool, open);
        QFETCH(const QString, since);
        QFETCH(const QString, until);
        BusinessHours hours = office();
        hours.daysOff = {QDate(2026, 12, 24), QDate(2026, 12, 25)};
        const OpenState state = openState(hours, berlin(now));
        QCOMPARE(state.open, open);
        QCOMPARE(state.since, berlin(since));
        QCOMPARE(state.until, berlin(until));
    }

    void overMidnight()
    {
        BusinessHours bar;
        bar.zone = u"Europe/Berlin"_s;
        bar.week.at(4) = {{20 * 60, 24 * 60}}; // Friday
        bar.week.at(5) = {{0, 2 * 60}, {20 * 60, 24 * 60}};
        const OpenState late = openState(bar, berlin(u"2026-11-07 01:00"_s));
        QVERIFY(late.open);
        QCOMPARE(late.since, berlin(u"2026-11-06 20:00"_s));
        QCOMPARE(late.until, berlin(u"2026-11-07 02:00"_s));
        const OpenState before = openState(bar, berlin(u"2026-11-06 23:00"_s));
        QCOMPARE(before.since, late.since);
        QCOMPARE(before.until, late.until);
        const OpenState between = openState(bar, berlin(u"2026-11-07 12:00"_s));
        QVERIFY(!between.open);
        QCOMPARE(between.since, late.until);
        QCOMPARE(between.until, berlin(u"2026-11-07 20:00"_s));
    }

    void zones_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<bool>("known");
        for (const char *zone : {"Europe/Berlin", "Etc/UTC", "UTC", "US/Eastern", "Asia/Calcutta",
                 "America/Argentina/Ushuaia"})
            QTest::newRow(zone) << QString::fromLatin1(zone) << true;
        for (const char *zone : {"Atlantis", "Mars/Base", "europe/berlin", "../passwd",
                 "Europe/../../passwd", "", "<X>3"})
            QTest::addRow("not %s", zone) << QString::fromLatin1(zone) << false;
    }
    void zones()
    {
        QFETCH(const QString, zone);
        BusinessHours hours = office();
        hours.zone = zone;
        const bool isKept = hours.isKept(); // not without a zone
        QTEST(isKept && hoursProblem(hours).isEmpty(), "known");
    }

    void alwaysAndNever()
    {
        QVERIFY(openState({}, 1).open); // no hours
        BusinessHours hours = office();
        hours.zone = u"Nowhere/Land"_s;
        QVERIFY(openState(hours, berlin(u"2026-11-08 03:00"_s)).open);
        QVERIFY(hoursProblem(hours).contains(u"Nowhere/Land is not known"_s));
        BusinessHours never;
        never.zone = u"UTC"_s;
        const OpenState closed = openState(never, 1'790'000'000'000);
        QVERIFY(!closed.open && closed.since == 0 && closed.until == 0);
        BusinessHours always = never;
        for (QList<HoursSpan> &day : always.week)
            day = {{0, 24 * 60}};
        const OpenState open = openState(always, 1'790'000'000'000);
        QVERIFY(open.open && open.since == 0 && open.until == 0);
    }

    // The closed period is the same for everybody who looks at any moment of it.
    void aClosedPeriodHasOneBeginning()
    {
        const BusinessHours hours = office();
        const qint64 begin = berlin(u"2026-11-06 17:00"_s);
        const qint64 end = berlin(u"2026-11-09 09:00"_s);
        for (qint64 at = begin; at < end; at += 7 * 60'000) {
            const OpenState state = openState(hours, at);
            QVERIFY(!state.open);
            QCOMPARE(state.since, begin);
            QCOMPARE(state.until, end);
        }
    }

    void daysAreReadAsTheyAreWritten_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("read"); // "no": it cannot be
        QTest::newRow("closed") << QString() << QString();
        QTest::newRow("short") << u"9-17"_s << u"09:00-17:00"_s;
        QTest::newRow("two") << u" 9:00 – 12.30 ,13-18"_s << u"09:00-12:30, 13:00-18:00"_s;
        QTest::newRow("all day") << u"0-24"_s << u"00:00-24:00"_s;
        QTest::newRow("half") << u"9-"_s << u"no"_s;
        QTest::newRow("backwards") << u"17-9"_s << u"no"_s;
        QTest::newRow("overlap") << u"9-12, 11-13"_s << u"no"_s;
        QTest::newRow("touching") << u"9-12, 12-13"_s << u"no"_s;
        QTest::newRow("no time") << u"9-25"_s << u"no"_s;
        QTest::newRow("no minute") << u"9:60-10"_s << u"no"_s;
        QTest::newRow("five") << u"1-2,3-4,5-6,7-8,9-10"_s << u"no"_s;
        QTest::newRow("words") << u"nine to five"_s << u"no"_s;
    }
    void daysAreReadAsTheyAreWritten()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, read);
        const auto spans = daySpansFromText(text);
        QCOMPARE(spans.has_value(), read != u"no");
        if (spans)
            QCOMPARE(daySpansText(*spans), read);
    }

    void daysOff()
    {
        const auto days = daysOffFromText(u"2026-12-31, 2026-12-24 to 2026-12-26,2026-12-25"_s);
        QVERIFY(days);
        QCOMPARE(daysOffText(*days), u"2026-12-24, 2026-12-25, 2026-12-26, 2026-12-31"_s);
        QVERIFY(daysOffFromText({}) == QList<QDate>());
        for (const QString &wrong : {u"24.12."_s, u"2026-02-30"_s, u"2026-12-26 to 2026-12-24"_s,
                 u"2026-01-01 to 2026-12-31"_s, u"a to b to c"_s})
            QVERIFY2(!daysOffFromText(wrong), qPrintable(wrong));
    }

    void anAnswerNeedsItsTextAndHours()
    {
        PageSettings settings;
        settings.awayText = u"Closed"_s;
        QCOMPARE(awayProblem(settings), QString());
        QVERIFY(!settings.answersAway());
        settings.awayReply = true;
        QVERIFY(awayProblem(settings).contains(u"hours"_s));
        settings.hours = office();
        QCOMPARE(awayProblem(settings), QString());
        QVERIFY(settings.answersAway());
        settings.awayText.clear();
        QVERIFY(awayProblem(settings).contains(u"text"_s));
        settings.awayText = u"x"_s.repeated(PageSettings::MostAwayCharacters + 1);
        QVERIFY(awayProblem(settings).contains(u"at most"_s));
    }
};

QTEST_APPLESS_MAIN(TestBusinessHours)
#include "tst_businesshours.moc"
