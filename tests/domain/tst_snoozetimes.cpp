// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/conversationchange.h"
#include "models/domain/snoozetimes.h"

#include <QDateTime>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

using Name = SnoozeTime::Name;

QDateTime at(const QString &iso, const QTimeZone &zone)
{
    QDateTime moment = QDateTime::fromString(iso, Qt::ISODate);
    moment.setTimeZone(zone);
    return moment;
}

// "Later today 2026-11-04T18:00:00", one each.
QStringList told(const QString &now, const QByteArray &zoneId)
{
    static const QHash<Name, QString> Names{{Name::LaterToday, u"later"_s},
        {Name::TomorrowMorning, u"tomorrow"_s}, {Name::Monday, u"monday"_s},
        {Name::NextWeek, u"week"_s}};
    const QTimeZone zone(zoneId);
    QStringList lines;
    for (const SnoozeTime &time : snoozeTimes(at(now, zone).toMSecsSinceEpoch(), zone)) {
        lines.append(Names.value(time.name) + u' '
            + QDateTime::fromMSecsSinceEpoch(time.at, zone).toString(u"yyyy-MM-dd HH:mm"_s));
    }
    return lines;
}

} // namespace

class TestSnoozeTimes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offers_data()
    {
        QTest::addColumn<QString>("now");
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QStringList>("expected");
        const QByteArray berlin("Europe/Berlin");
        QTest::newRow("a Wednesday")
            << u"2026-11-04T14:09:00"_s << berlin
            << QStringList{u"later 2026-11-04 18:00"_s, u"tomorrow 2026-11-05 09:00"_s,
                   u"monday 2026-11-09 09:00"_s, u"week 2026-11-11 09:00"_s};
        QTest::newRow("a full hour stays one")
            << u"2026-11-04T15:00:00"_s << berlin
            << QStringList{u"later 2026-11-04 18:00"_s, u"tomorrow 2026-11-05 09:00"_s,
                   u"monday 2026-11-09 09:00"_s, u"week 2026-11-11 09:00"_s};
        QTest::newRow("a Monday: the next one, and once")
            << u"2026-11-02T08:00:00"_s << berlin
            << QStringList{u"later 2026-11-02 11:00"_s, u"tomorrow 2026-11-03 09:00"_s,
                   u"monday 2026-11-09 09:00"_s};
        QTest::newRow("a Sunday: tomorrow is Monday")
            << u"2026-11-08T10:30:00"_s << berlin
            << QStringList{u"later 2026-11-08 14:00"_s, u"tomorrow 2026-11-09 09:00"_s,
                   u"week 2026-11-15 09:00"_s};
        QTest::newRow("late: not today any more")
            << u"2026-11-04T18:01:00"_s << berlin
            << QStringList{u"tomorrow 2026-11-05 09:00"_s, u"monday 2026-11-09 09:00"_s,
                   u"week 2026-11-11 09:00"_s};
        QTest::newRow("the last moment of today")
            << u"2026-11-04T18:00:00"_s << berlin
            << QStringList{u"later 2026-11-04 21:00"_s, u"tomorrow 2026-11-05 09:00"_s,
                   u"monday 2026-11-09 09:00"_s, u"week 2026-11-11 09:00"_s};
        QTest::newRow("after midnight")
            << u"2026-11-04T00:30:00"_s << berlin
            << QStringList{u"later 2026-11-04 04:00"_s, u"tomorrow 2026-11-05 09:00"_s,
                   u"monday 2026-11-09 09:00"_s, u"week 2026-11-11 09:00"_s};
        QTest::newRow("the end of a month")
            << u"2027-01-31T12:00:00"_s << berlin
            << QStringList{u"later 2027-01-31 15:00"_s, u"tomorrow 2027-02-01 09:00"_s,
                   u"week 2027-02-07 09:00"_s};
        QTest::newRow("the end of a leap February")
            << u"2028-02-28T12:00:00"_s << berlin
            << QStringList{u"later 2028-02-28 15:00"_s, u"tomorrow 2028-02-29 09:00"_s,
                   u"monday 2028-03-06 09:00"_s};
        QTest::newRow("the end of a year")
            << u"2026-12-31T12:00:00"_s << berlin
            << QStringList{u"later 2026-12-31 15:00"_s, u"tomorrow 2027-01-01 09:00"_s,
                   u"monday 2027-01-04 09:00"_s, u"week 2027-01-07 09:00"_s};
        // Clocks go back on the 25th, and forward on 2027-03-28: mornings are mornings.
        QTest::newRow("before winter time")
            << u"2026-10-24T12:00:00"_s << berlin
            << QStringList{u"later 2026-10-24 15:00"_s, u"tomorrow 2026-10-25 09:00"_s,
                   u"monday 2026-10-26 09:00"_s, u"week 2026-10-31 09:00"_s};
        QTest::newRow("in the night of summer time")
            << u"2027-03-28T00:30:00"_s << berlin
            << QStringList{u"later 2027-03-28 05:00"_s, u"tomorrow 2027-03-29 09:00"_s,
                   u"week 2027-04-04 09:00"_s};
        QTest::newRow("a zone of half hours")
            << u"2026-11-04T14:09:00"_s << QByteArray("Asia/Kolkata")
            << QStringList{u"later 2026-11-04 18:00"_s, u"tomorrow 2026-11-05 09:00"_s,
                   u"monday 2026-11-09 09:00"_s, u"week 2026-11-11 09:00"_s};
    }
    void offers()
    {
        QFETCH(QString, now);
        QFETCH(QByteArray, zone);
        QFETCH(QStringList, expected);
        QCOMPARE(told(now, zone), expected);
    }

    // 9 o'clock in winter time is an hour later in UTC than it was the day before.
    void anHourMoreWhenClocksGoBack()
    {
        const QTimeZone berlin("Europe/Berlin");
        const QList<SnoozeTime> times
            = snoozeTimes(at(u"2026-10-24T12:00:00"_s, berlin).toMSecsSinceEpoch(), berlin);
        QCOMPARE(
            times.at(1).at, at(u"2026-10-25T08:00:00"_s, QTimeZone::utc()).toMSecsSinceEpoch());
    }

    // Every hour of two years, in zones that change their clocks at odd times: always ahead,
    // rising, each moment once.
    void alwaysAhead()
    {
        for (const QByteArray &id : {QByteArray("Europe/Berlin"), QByteArray("America/Santiago"),
                 QByteArray("Australia/Lord_Howe"), QByteArray("Asia/Kathmandu")}) {
            const QTimeZone zone(id);
            const qint64 begin = at(u"2026-01-01T00:20:00"_s, QTimeZone::utc()).toMSecsSinceEpoch();
            for (qint64 hour = 0; hour < 2 * 365 * 24; ++hour) {
                qint64 last = begin + hour * 3'600'000;
                const QList<SnoozeTime> times = snoozeTimes(last, zone);
                QVERIFY(times.size() >= 2);
                for (const SnoozeTime &time : times) {
                    QVERIFY2(time.at > last, id.constData());
                    last = time.at;
                }
            }
        }
    }

    void changesAreMade()
    {
        Conversation conversation;
        conversation.lastCustomerAt = 5;
        const ConversationChange snooze{.state = ConversationState::Snoozed,
            .snoozedUntil = 9,
            .assignee = OperatorId{u"op"_s},
            .priority = Priority::Low,
            .addLabel = {u"l1"_s},
            .markUnread = true};
        QVERIFY(!isSo(conversation, snooze));
        applyChange(conversation, snooze);
        QVERIFY(isSo(conversation, snooze));
        QCOMPARE(conversation.snoozedUntil, 9);
        QCOMPARE(conversation.unread, 1);
        applyChange(conversation, {.addLabel = {u"l1"_s}});
        QCOMPARE(conversation.labels.size(), 1);
        applyChange(conversation, {.state = ConversationState::Pending, .snoozedUntil = 9});
        QCOMPARE(conversation.snoozedUntil, 0);
        applyChange(conversation, {.assignee = OperatorId(), .removeLabel = {u"l1"_s}});
        QVERIFY(conversation.assignee.isEmpty());
        QVERIFY(conversation.labels.isEmpty());
        QCOMPARE(conversation.priority, Priority::Low);
    }

    void changesAreRead()
    {
        const ConversationChange nobody{.assignee = OperatorId()};
        QCOMPARE(changeFromText(changeToText(nobody)), nobody);
        QCOMPARE(changeFromText(changeToText({})), ConversationChange());
        QCOMPARE(changeFromText(u"nonsense"_s), ConversationChange());
        QVERIFY(!changeFromJson({{u"state"_s, u"asleep"_s}}));
        QVERIFY(!changeFromJson({{u"priority"_s, 3}}));
        QVERIFY(!changeFromJson({{u"snoozedUntilAt"_s, -1}}));
    }
};

QTEST_GUILESS_MAIN(TestSnoozeTimes)
#include "tst_snoozetimes.moc"
