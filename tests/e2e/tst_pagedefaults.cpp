// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/pageadministration.h"
#include "tests/e2e/peopleclient.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"

#include <QDateTime>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Patience = 20'000;
const PageId Bakery{u"70044"_s};
const QString AwayText = u"We are closed now 🌙 and answer from nine on."_s;

BusinessHours always()
{
    BusinessHours hours;
    hours.zone = u"UTC"_s;
    for (QList<HoursSpan> &day : hours.week)
        day = {{0, 24 * 60}};
    return hours;
}

// Neither today nor around it.
BusinessHours closedNow()
{
    BusinessHours hours;
    hours.zone = u"UTC"_s;
    const int today = QDateTime::currentDateTimeUtc().date().dayOfWeek();
    hours.week.at(std::size_t((today + 2) % 7)) = {{9 * 60, 17 * 60}};
    return hours;
}

} // namespace

// What a Page's settings make of a customer's message, from the sandbox over the relay to a
// desktop.
class TestPageDefaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), m_world->why().constData());
        m_desk = std::make_unique<TestDesk>(m_world->folder() + u"/ada"_s);
        QVERIFY(m_desk->start());
        m_administration = std::make_unique<PageAdministration>(m_desk->channel, m_desk->clock);
        PAGEDESK_SUCCEEDS(m_desk->pair(m_world->invite(u"Ada"_s, u"admin"_s)));
        QVERIFY(m_desk->waitFor(ConnectionState::Live));
    }
    void cleanup()
    {
        m_administration.reset();
        m_desk.reset();
        m_world.reset();
    }

    void aNewConversationGoesToTheTeam()
    {
        const TeamId evening = makeTeam(u"Evening"_s);
        PageSettings settings;
        settings.defaultTeam = evening;
        set(settings);
        m_world->customerWrites(Customer, u"Are you open?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().team, evening, Patience);
        QCOMPARE(see().assignee, OperatorId());
        QTRY_COMPARE_WITH_TIMEOUT(notices(), QList{Notice::AssignedTeam}, Patience);
        const Message line = lines().first();
        QCOMPARE(line.details.subject, u"Evening"_s);
        QCOMPARE(line.authorName, QString()); // nobody did it
        QCOMPARE(see().lastText, u"Are you open?"_s);
        QCOMPARE(see().unread, 1);
        // Whoever writes on is where they were.
        m_world->customerWrites(Customer, u"Hello?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().unread, 2, Patience);
        QCOMPARE(notices().size(), 1);
    }

    void onlyWhatNobodyHasIsGivenAgain()
    {
        m_world->customerWrites(Customer, u"One"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().unread, 1, Patience);
        const TeamId evening = makeTeam(u"Evening"_s);
        PageSettings settings;
        settings.defaultTeam = evening;
        set(settings);
        // It is open and stays where it is: with nobody.
        m_world->customerWrites(Customer, u"Two"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().unread, 2, Patience);
        QVERIFY(see().team.isEmpty());
        // Somebody has it: theirs, also when the customer opens it again.
        const OperatorId self = m_desk->session.self().id;
        await(m_desk->conversations.take(id(), self));
        await(m_desk->conversations.change(id(), {.state = ConversationState::Resolved}));
        QTRY_COMPARE_WITH_TIMEOUT(notices().size(), 2, Patience);
        m_world->customerWrites(Customer, u"Three"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().state, ConversationState::Open, Patience);
        QCOMPARE(see().assignee, self);
        QVERIFY(see().team.isEmpty());
        // Nobody has it.
        await(m_desk->conversations.putBack(id(), self));
        await(m_desk->conversations.change(id(), {.state = ConversationState::Resolved}));
        QTRY_COMPARE_WITH_TIMEOUT(notices().size(), 4, Patience);
        m_world->customerWrites(Customer, u"Four"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().team, evening, Patience);
        QCOMPARE(see().state, ConversationState::Open);
        QTRY_COMPARE_WITH_TIMEOUT(notices().size(), 5, Patience);
        QCOMPARE(notices().last(), Notice::AssignedTeam);
    }

    void aRemovedTeamIsAsGoodAsNone()
    {
        const TeamId evening = makeTeam(u"Evening"_s);
        PageSettings settings;
        settings.defaultTeam = evening;
        set(settings);
        PAGEDESK_SUCCEEDS(Testing::await(m_desk->people.removeTeam(evening)));
        m_world->customerWrites(Customer, u"Are you open?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().unread, 1, Patience);
        QVERIFY(see().team.isEmpty());
        QVERIFY(lines().isEmpty());
    }

    void theSameEventGivesItOnce()
    {
        PageSettings settings;
        settings.defaultTeam = makeTeam(u"Evening"_s);
        set(settings);
        const QByteArray body
            = World::textEvent(Customer, u"m_once"_s, u"Hello"_s, m_desk->clock.now());
        for (int i = 0; i < 3; ++i)
            QCOMPARE(m_world->deliver(body).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(notices(), QList{Notice::AssignedTeam}, Patience);
        m_world->relay.kill();
        QVERIFY(m_world->startRelay());
        QCOMPARE(m_world->deliver(body).status, 200);
        QVERIFY(m_desk->waitFor(ConnectionState::Live));
        QCOMPARE(notices().size(), 1);
    }

    void nobodyIsThere()
    {
        awayWith(closedNow());
        m_world->customerWrites(Customer, u"Are you open?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_world->copiesAtCustomer(Customer, AwayText), 1, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(answers().size(), 1, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(isSent(answers().first()), Patience);
        const Message answer = answers().first();
        QCOMPARE(answer.author, Author::Assistant);
        QCOMPARE(answer.authorName, QString());
        // The customer still waits for a person.
        QCOMPARE(see().unread, 1);
        QVERIFY(see().waitingSince > 0);
        QCOMPARE(see().state, ConversationState::Open);
        // Once, whatever they write until it opens, and however often the relay is started.
        m_world->customerWrites(Customer, u"Hello?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().unread, 2, Patience);
        m_world->relay.kill();
        QVERIFY(m_world->startRelay());
        m_world->customerWrites(Customer, u"Anybody?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().unread, 3, Patience);
        QCOMPARE(answers().size(), 1);
        QCOMPARE(m_world->copiesAtCustomer(Customer, AwayText), 1);
        // Somebody else is told too.
        m_world->customerWrites(Other, u"Hi"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_world->copiesAtCustomer(Other, AwayText), 1, Patience);
    }

    void somebodyIsThere_data()
    {
        QTest::addColumn<bool>("hours"); // closed
        QTest::addColumn<bool>("reply");
        QTest::newRow("open") << false << true;
        QTest::newRow("not wanted") << true << false;
    }
    void somebodyIsThere()
    {
        QFETCH(const bool, hours);
        QFETCH(const bool, reply);
        awayWith(hours ? closedNow() : always(), reply);
        m_world->customerWrites(Customer, u"Are you open?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().unread, 1, Patience);
        m_world->customerWrites(Customer, u"Hello?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().unread, 2, Patience);
        QVERIFY(answers().isEmpty());
        QCOMPARE(m_world->copiesAtCustomer(Customer, AwayText), 0);
    }

    // Somebody works late: nothing speaks between them and the customer.
    void whoAnswersLateIsNotSpokenOver()
    {
        m_world->customerWrites(Customer, u"Are you open?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().unread, 1, Patience);
        PAGEDESK_SUCCEEDS(Testing::await(m_desk->outbox.send(id(), u"Yes, for you."_s, {})));
        QTRY_COMPARE_WITH_TIMEOUT(
            m_world->copiesAtCustomer(Customer, u"Yes, for you."_s), 1, Patience);
        awayWith(closedNow());
        m_world->customerWrites(Customer, u"Great"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().unread, 1, Patience);
        QVERIFY(answers().isEmpty());
    }

    // Meta does not answer, and the relay dies: it is not sent a second time.
    void anAnswerOfUnknownFateIsNotRepeated()
    {
        awayWith(closedNow());
        m_world->fault({{u"target"_s, u"send"_s}, {u"fault"_s, u"commit_then_fail"_s},
            {u"mode"_s, u"timeout"_s}});
        m_world->customerWrites(Customer, u"Are you open?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(answers().size(), 1, Patience);
        m_world->relay.kill();
        QVERIFY(m_world->startRelay());
        m_world->customerWrites(Customer, u"Hello?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(see().unread, 2, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(isSent(answers().first()), 3 * Patience);
        QCOMPARE(answers().size(), 1);
        QCOMPARE(m_world->copiesAtCustomer(Customer, AwayText), 1);
    }

    // One that could not leave while the Page was closed says nothing once it is open.
    void aLateAnswerIsNotSent()
    {
        m_world->fault({{u"target"_s, u"send"_s}, {u"fault"_s, u"error"_s}, {u"code"_s, 613},
            {u"count"_s, -1}});
        awayWith(closedNow());
        m_world->customerWrites(Customer, u"Are you open?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(answers().size(), 1, Patience);
        awayWith(always());
        http("DELETE", m_world->sandboxUrl(u"/_sandbox/faults"_s));
        QTRY_COMPARE_WITH_TIMEOUT(answers().first().state, DeliveryState::Failed, 6 * Patience);
        QCOMPARE(answers().first().failure, FailureKind::Cancelled);
        QCOMPARE(m_world->copiesAtCustomer(Customer, AwayText), 0);
    }

private:
    static inline const QString Customer = u"24000000000000001"_s;
    static inline const QString Other = u"24000000000000017"_s;

    static void await(Task<> task) { PAGEDESK_SUCCEEDS(Testing::await(std::move(task))); }
    static ConversationId id() { return {Bakery.value + u'-' + Customer}; }
    static bool isSent(const Message &message)
    {
        return message.state == DeliveryState::Sent || message.state == DeliveryState::Delivered
            || message.state == DeliveryState::Read;
    }
    Conversation see() { return m_desk->conversation(id()).value_or(Conversation()); }
    void set(const PageSettings &settings)
    {
        PAGEDESK_SUCCEEDS(Testing::await(m_administration->setSettings({Bakery, settings, {}})));
    }
    void awayWith(const BusinessHours &hours, bool reply = true)
    {
        PageSettings settings;
        settings.hours = hours;
        settings.awayReply = reply;
        settings.awayText = AwayText;
        set(settings);
    }
    TeamId makeTeam(const QString &name)
    {
        Wire::SaveTeam team;
        team.name = name;
        team.members = {m_desk->session.self().id};
        const auto now = Testing::await(m_desk->people.saveTeam(team));
        return now && !now->teams.isEmpty() ? now->teams.first().team.id : TeamId();
    }
    QList<Message> lines()
    {
        QList<Message> lines;
        for (const Message &message : m_desk->thread(id())) {
            if (message.author == Author::System)
                lines.append(message);
        }
        return lines;
    }
    QList<Notice> notices()
    {
        QList<Notice> notices;
        for (const Message &line : lines())
            notices.append(line.details.notice);
        return notices;
    }
    QList<Message> answers()
    {
        QList<Message> answers;
        for (const Message &message : m_desk->thread(id())) {
            if (message.author == Author::Assistant)
                answers.append(message);
        }
        return answers;
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<TestDesk> m_desk;
    std::unique_ptr<PageAdministration> m_administration;
};

QTEST_GUILESS_MAIN(TestPageDefaults)
#include "tst_pagedefaults.moc"
