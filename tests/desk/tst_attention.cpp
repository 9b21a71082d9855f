// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/attention.h"
#include "tests/support/rows.h"

#include <QSignalSpy>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

const OperatorId Self{u"op-1"_s};
const OperatorId Other{u"op-2"_s};

Conversation written(const QString &person, qint64 at, const OperatorId &assignee = {})
{
    Conversation one = conversation(u"1"_s, person, at, 1);
    one.lastMessageAt = at;
    one.lastDirection = Direction::In;
    one.unread = 1;
    one.assignee = assignee;
    return one;
}

Conversation read(Conversation one)
{
    one.unread = 0;
    return one;
}

} // namespace

class TestAttention : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_clock.set(Noon);
        m_attention = std::make_unique<Attention>(m_clock);
        m_attention->setSelf({Self, u"Amal"_s, Role::Agent, true, 1, {{u"team-1"_s}}});
        m_told.clear();
        connect(m_attention.get(), &Attention::alerted, this, [this](const QList<Alert> &alerts) {
            QStringList told;
            for (const Alert &alert : alerts)
                told.append(alert.conversation.contact.psid.value);
            m_told.append(told);
            m_last = alerts;
        });
    }

    void whatWasKnownAtTheStartIsNoNews()
    {
        m_attention->begin({written(u"a"_s, Noon - 5000)});
        m_attention->take({written(u"b"_s, Noon - 4000)}); // came before it was up to date
        m_attention->setLive(true);
        Conversation labelled = written(u"a"_s, Noon - 5000);
        labelled.labels = {u"vip"_s};
        m_attention->take({labelled, written(u"c"_s, Noon)});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"c"_s}}));
    }
    void aBurstIsToldOnceAndTheNewestOfEach()
    {
        begin();
        m_attention->take({written(u"a"_s, Noon + 1)});
        m_attention->take({written(u"b"_s, Noon + 2)});
        m_attention->take({written(u"a"_s, Noon + 3)});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"b"_s, u"a"_s}}));
        QCOMPARE(m_last.last().conversation.lastMessageAt, Noon + 3);
    }
    void theSameMessageIsToldOnce()
    {
        begin();
        m_attention->take({written(u"a"_s, Noon + 1)});
        QTRY_COMPARE(m_told.size(), 1);
        m_attention->take({written(u"a"_s, Noon + 1)}); // a label, say
        m_attention->take({written(u"b"_s, Noon + 2)});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"a"_s}, {u"b"_s}}));
    }
    void ourOwnRepliesAreNoNews()
    {
        begin();
        Conversation ours = written(u"a"_s, Noon + 1);
        ours.lastDirection = Direction::Out;
        m_attention->take({ours, written(u"b"_s, Noon + 2)});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"b"_s}}));
    }
    void whatIsBeforeTheEyesIsNotTold()
    {
        begin();
        m_attention->setLooking(true, written(u"a"_s, Noon).id);
        m_attention->take({written(u"a"_s, Noon + 1), written(u"b"_s, Noon + 2)});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"b"_s}}));
        m_attention->setLooking(false, written(u"a"_s, Noon).id); // another program
        m_attention->take({written(u"a"_s, Noon + 3)});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"b"_s}, {u"a"_s}}));
    }
    void whatWasReadMeanwhileIsNotToldOrTakenBack()
    {
        begin();
        QSignalSpy settled(m_attention.get(), &Attention::settled);
        m_attention->take({written(u"a"_s, Noon + 1), written(u"b"_s, Noon + 2)});
        m_attention->take({read(written(u"a"_s, Noon + 1))});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"b"_s}}));
        m_attention->take({read(written(u"b"_s, Noon + 2))});
        QCOMPARE(settled.size(), 2);
        QCOMPARE(settled.last().at(0).value<ConversationId>(), written(u"b"_s, Noon).id);
        m_attention->take({read(written(u"b"_s, Noon + 2))});
        QCOMPARE(settled.size(), 2);
    }

    void onlyWhatIsWantedIsTold_data()
    {
        QTest::addColumn<AlertSettings::About>("about");
        QTest::addColumn<QStringList>("told");
        using About = AlertSettings::About;
        const QString mark = u"end"_s;
        QTest::newRow("everything")
            << About::Everything
            << QStringList{u"mine"_s, u"others"_s, u"nobody"_s, u"our-team"_s, u"their-team"_s};
        QTest::newRow("mine and unassigned")
            << About::MineAndUnassigned << QStringList{u"mine"_s, u"nobody"_s, u"our-team"_s};
        QTest::newRow("mine") << About::Mine << QStringList{u"mine"_s};
    }
    void onlyWhatIsWantedIsTold()
    {
        QFETCH(const AlertSettings::About, about);
        QFETCH(const QStringList, told);
        AlertSettings settings;
        settings.about = about;
        m_attention->setSettings(settings);
        begin();
        Conversation ourTeam = written(u"our-team"_s, Noon + 4);
        ourTeam.team = {u"team-1"_s};
        Conversation theirTeam = written(u"their-team"_s, Noon + 5);
        theirTeam.team = {u"team-2"_s};
        m_attention->take(
            {written(u"mine"_s, Noon + 1, Self), written(u"others"_s, Noon + 2, Other),
                written(u"nobody"_s, Noon + 3), ourTeam, theirTeam});
        QTRY_COMPARE(m_told, (QList<QStringList>{told}));
    }
    void nothingIsTold()
    {
        AlertSettings settings;
        settings.about = AlertSettings::About::Nothing;
        m_attention->setSettings(settings);
        begin();
        m_attention->take({written(u"a"_s, Noon + 1, Self)});
        m_attention->setSettings({});
        m_attention->take({written(u"b"_s, Noon + 2, Self)});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"b"_s}}));
    }

    void quietHours_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<QTime>("time");
        QTest::addColumn<bool>("quiet");
        QTest::newRow("inside") << 600 << 720 << QTime(11, 0) << true;
        QTest::newRow("begins") << 600 << 720 << QTime(10, 0) << true;
        QTest::newRow("ends") << 600 << 720 << QTime(12, 0) << false;
        QTest::newRow("before") << 600 << 720 << QTime(9, 59) << false;
        QTest::newRow("over midnight, late") << 1200 << 480 << QTime(23, 59) << true;
        QTest::newRow("over midnight, early") << 1200 << 480 << QTime(0, 0) << true;
        QTest::newRow("over midnight, by day") << 1200 << 480 << QTime(8, 0) << false;
        QTest::newRow("none") << 600 << 600 << QTime(10, 0) << false;
    }
    void quietHours()
    {
        QFETCH(const int, from);
        QFETCH(const int, to);
        QFETCH(const QTime, time);
        AlertSettings settings;
        settings.quietFrom = from;
        settings.quietTo = to;
        QVERIFY(!settings.isQuietAt(time));
        settings.hasQuietHours = true;
        QTEST(settings.isQuietAt(time), "quiet");
    }
    void quietHoursAreKept()
    {
        const QTime now = QDateTime::fromMSecsSinceEpoch(Noon).time();
        AlertSettings settings;
        settings.hasQuietHours = true;
        settings.quietFrom = now.hour() * 60;
        settings.quietTo = (now.hour() * 60 + 60) % AlertSettings::MinutesOfDay;
        m_attention->setSettings(settings);
        begin();
        m_attention->take({written(u"a"_s, Noon + 1)});
        m_clock.set(Noon + 60 * 60 * 1000);
        m_attention->take({written(u"b"_s, Noon + 2)});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"b"_s}}));
    }

    void whatIsGivenToThePersonIsTold()
    {
        begin();
        m_attention->setLooking(true, {});
        m_attention->take({read(written(u"seen"_s, Noon - 2000, Self))}); // in the window
        m_attention->setLooking(false, {});
        m_attention->take({read(written(u"a"_s, Noon - 1000, Self))});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"a"_s}}));
        QCOMPARE(m_last.constFirst().reason, Alert::Reason::Given);
        m_attention->take({read(written(u"a"_s, Noon - 1000, Self)), written(u"b"_s, Noon + 1)});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"a"_s}, {u"b"_s}}));
    }
    void theEndOfASnoozeIsTold()
    {
        begin();
        Conversation asleep = read(written(u"a"_s, Noon - 1000, Self));
        m_attention->setLooking(true, {});
        asleep.state = ConversationState::Snoozed;
        m_attention->take({asleep});
        asleep.state = ConversationState::Open;
        m_attention->take({asleep});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"a"_s}}));
        QCOMPARE(m_last.constFirst().reason, Alert::Reason::Woken);
    }
    void anotherWorkspaceBeginsAnew()
    {
        begin();
        m_attention->reset();
        m_attention->take({written(u"a"_s, Noon + 5)});
        m_attention->setLive(true);
        m_attention->take({written(u"b"_s, Noon + 6)});
        QTRY_COMPARE(m_told, (QList<QStringList>{{u"b"_s}}));
    }

private:
    void begin()
    {
        m_attention->begin({written(u"old"_s, Noon)});
        m_attention->setLive(true);
    }

    ManualClock m_clock{Noon};
    std::unique_ptr<Attention> m_attention;
    QList<QStringList> m_told;
    QList<Alert> m_last;
};

QTEST_GUILESS_MAIN(TestAttention)
#include "tst_attention.moc"
