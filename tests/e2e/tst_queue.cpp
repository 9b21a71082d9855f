// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/workspaceroster.h"
#include "tests/e2e/peopleclient.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/wireclient.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Patience = 20'000;
constexpr qint64 DayMs = 24LL * 60 * 60 * 1000;

// A desktop of somebody.
struct Person {
    explicit Person(const QString &profile)
        : desk(profile)
        , roster(desk.replica, desk.commands)
        , refused(&desk.conversations, &Conversations::refused)
    {
    }

    OperatorId id() const { return desk.session.self().id; }
    Conversation see(const ConversationId &id)
    {
        return desk.conversation(id).value_or(Conversation());
    }
    Result<> change(
        const ConversationId &id, const ConversationChange &change, const QString &comment = {})
    {
        return Testing::await(desk.conversations.change(id, change, comment));
    }
    // The lines about decisions in the order of the thread.
    QList<Message> lines(const ConversationId &id)
    {
        QList<Message> lines;
        for (const Message &message : desk.thread(id)) {
            if (message.author == Author::System)
                lines.append(message);
        }
        return lines;
    }
    QList<Notice> notices(const ConversationId &id)
    {
        QList<Notice> notices;
        for (const Message &line : lines(id))
            notices.append(line.details.notice);
        return notices;
    }
    bool isIdle() { return Testing::await(desk.replica.read<int>(&waiting)).value_or(-1) == 0; }

    TestDesk desk;
    WorkspaceRoster roster;
    QSignalSpy refused;

private:
    static Result<int> waiting(Connection &connection)
    {
        const auto count = connection.one(
            "SELECT count(*) FROM command", {}, [](const Row &row) { return row.number(0); });
        if (!count)
            return failure(count.error());
        return count->value_or(0);
    }
};

} // namespace

// Working the queue with several desktops on a real relay.
class TestQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), m_world->why().constData());
        m_admin.emplace(m_world->relayUrl(), m_world->deviceToken(u"Root"_s, u"admin"_s));
        m_ada = join(u"Ada"_s, u"supervisor"_s);
        m_ben = join(u"Ben"_s, u"agent"_s);
        m_id = customerWrites(u"Are you open?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->see(m_id).unread, 1, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).unread, 1, Patience);
    }
    void cleanup()
    {
        m_ada.reset();
        m_ben.reset();
        m_admin.reset();
        m_world.reset();
    }

    void takingAndPuttingBack()
    {
        await(m_ada->desk.conversations.take(m_id, m_ada->id()));
        QCOMPARE(m_ada->see(m_id).assignee, m_ada->id()); // at once
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).assignee, m_ada->id(), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->notices(m_id), QList{Notice::Taken}, Patience);
        QCOMPARE(m_ben->lines(m_id).first().authorName, u"Ada"_s);
        // Somebody who can see that it is taken is told so without asking the relay.
        const auto second = Testing::await(m_ben->desk.conversations.take(m_id, m_ben->id()));
        QVERIFY(!second && second.error().kind == Error::Kind::Conflict);
        QVERIFY(second.error().detail.endsWith(m_ada->id().value));
        QVERIFY(!Testing::await(m_ben->desk.conversations.putBack(m_id, m_ben->id())));
        await(m_ada->desk.conversations.putBack(m_id, m_ada->id()));
        QTRY_VERIFY_WITH_TIMEOUT(m_ben->see(m_id).assignee.isEmpty(), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_ben->notices(m_id), (QList{Notice::Taken, Notice::PutBack}), Patience);
    }

    // Both press the key while neither can know of the other; the relay is started anew between.
    void twoTakeAtOnce()
    {
        m_world->relay.kill();
        QVERIFY(m_ada->desk.waitFor(ConnectionState::Offline));
        QVERIFY(m_ben->desk.waitFor(ConnectionState::Offline));
        await(m_ada->desk.conversations.take(m_id, m_ada->id()));
        await(m_ben->desk.conversations.take(m_id, m_ben->id()));
        QCOMPARE(m_ada->see(m_id).assignee, m_ada->id());
        QCOMPARE(m_ben->see(m_id).assignee, m_ben->id());
        QVERIFY(m_world->startRelay());
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->refused.size() + m_ben->refused.size(), 1, Patience);
        const bool adaWon = m_ada->refused.isEmpty();
        Person &loser = adaWon ? *m_ben : *m_ada;
        const OperatorId winner = adaWon ? m_ada->id() : m_ben->id();
        const auto error = loser.refused.first().at(1).value<Error>();
        QCOMPARE(error.kind, Error::Kind::Conflict);
        QCOMPARE(error.detail, u"held_by_other "_s + winner.value);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->see(m_id).assignee, winner, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).assignee, winner, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(loser.notices(m_id), QList{Notice::Taken}, Patience);
        QCOMPARE(exported().value(u"assignee"_s).toString(), winner.value);
    }

    void transferWithAComment()
    {
        QVERIFY(m_ada->change(m_id, {.assignee = m_ben->id()}, u"speaks Thai, please help 🌲"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->notices(m_id), QList{Notice::Assigned}, Patience);
        const Message line = m_ben->lines(m_id).first();
        QCOMPARE(line.details.subject, u"Ben"_s);
        QCOMPARE(line.authorName, u"Ada"_s);
        QCOMPARE(line.text, u"speaks Thai, please help 🌲"_s);
        QCOMPARE(line.direction, Direction::Note);
        // The list still shows what the customer wrote, and the customer has seen none of it.
        QCOMPARE(m_ben->see(m_id).lastText, u"Are you open?"_s);
        QCOMPARE(m_ben->see(m_id).unread, 1);
        QVERIFY(
            !http("GET", m_world->sandboxUrl(u"/_sandbox/customers/"_s + Customer + u"/messages"_s))
                 .body.contains("Thai"));
        // Without the relay it can still be read.
        m_world->relay.kill();
        QVERIFY(m_ben->desk.waitFor(ConnectionState::Offline));
        QCOMPARE(m_ben->lines(m_id).first().text, u"speaks Thai, please help 🌲"_s);
    }

    void onlyWhoMayWorkOnThePage()
    {
        const OperatorId lena = limited(u"Lena"_s, {u"70055"_s});
        QVERIFY(!lena.isEmpty());
        verifyRefused({.assignee = lena}, QueueRefusal::AssigneeWithoutPage);
        verifyRefused({.assignee = OperatorId{u"nobody"_s}}, QueueRefusal::AssigneeGone);
        QCOMPARE(
            m_admin->post(u"revoke"_s, Wire::encode(Wire::PersonNamed{m_ben->id()})).status, 200);
        verifyRefused({.assignee = m_ben->id()}, QueueRefusal::AssigneeGone);
        verifyRefused({.team = TeamId{u"none"_s}}, QueueRefusal::TeamGone);
        verifyRefused({.addLabel = {u"none"_s}}, QueueRefusal::LabelGone);
        verifyRefused({.state = ConversationState::Snoozed}, QueueRefusal::SnoozeTime);
        verifyRefused({.state = ConversationState::Snoozed,
                          .snoozedUntil = m_ada->desk.clock.now() + 400 * DayMs},
            QueueRefusal::SnoozeTime);
        QVERIFY(m_ada->notices(m_id).isEmpty());
        QVERIFY(exported().value(u"assignee"_s).toString().isEmpty());
    }

    void teamsAndTheirQueue()
    {
        const TeamId empty = team(u"Night"_s);
        const TeamId evening = team(u"Evening"_s);
        put(m_ben->id(), evening);
        verifyRefused({.assignee = OperatorId(), .team = empty}, QueueRefusal::TeamWithoutPage);
        QVERIFY(m_ada->change(m_id, {.assignee = OperatorId(), .team = evening}));
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).team, evening, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_ben->roster.roster().holderOf(m_ben->see(m_id)), u"Evening"_s, Patience);
        await(m_ben->desk.conversations.take(m_id, m_ben->id()));
        QTRY_COMPARE_WITH_TIMEOUT(
            m_ada->roster.roster().holderOf(m_ada->see(m_id)), u"Ben"_s, Patience);
        await(m_ben->desk.conversations.putBack(m_id, m_ben->id()));
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->see(m_id).assignee.isEmpty(), Patience);
        QCOMPARE(m_ada->see(m_id).team, evening); // still in the team's queue
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->notices(m_id),
            (QList{Notice::AssignedTeam, Notice::Taken, Notice::PutBack}), Patience);
        QCOMPARE(m_ada->lines(m_id).last().details.subject, u"Evening"_s);
    }

    void aSnoozeEndsByItself()
    {
        const qint64 until = m_ada->desk.clock.now() + 1500;
        QVERIFY(m_ada->change(m_id, {.state = ConversationState::Snoozed, .snoozedUntil = until}));
        QCOMPARE(m_ada->see(m_id).snoozedUntil, until);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_ben->notices(m_id), (QList{Notice::Snoozed, Notice::Woken}), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).state, ConversationState::Open, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->see(m_id).state, ConversationState::Open, Patience);
        QCOMPARE(m_ben->see(m_id).snoozedUntil, 0);
        QCOMPARE(m_ben->lines(m_id).first().details.until, until);
        const Message woken = m_ben->lines(m_id).last();
        QVERIFY(woken.sentAt >= until);
        QVERIFY(woken.authorName.isEmpty());
    }

    void aSnoozeEndsAlthoughTheRelayWasDown()
    {
        const qint64 until = m_ada->desk.clock.now() + 8000;
        QVERIFY(m_ada->change(m_id, {.state = ConversationState::Snoozed, .snoozedUntil = until}));
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).state, ConversationState::Snoozed, Patience);
        m_world->relay.kill();
        QVERIFY(m_ben->desk.waitFor(ConnectionState::Offline));
        QTRY_VERIFY_WITH_TIMEOUT(m_ben->desk.clock.now() > until, Patience);
        QCOMPARE(m_ben->see(m_id).state, ConversationState::Snoozed);
        QVERIFY(m_world->startRelay());
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).state, ConversationState::Open, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_ben->notices(m_id), (QList{Notice::Snoozed, Notice::Woken}), Patience);
    }

    // A later snooze takes the place of an earlier one, also of its end.
    void snoozedAnew()
    {
        const qint64 soon = m_ada->desk.clock.now() + 3000;
        QVERIFY(m_ada->change(m_id, {.state = ConversationState::Snoozed, .snoozedUntil = soon}));
        QVERIFY(m_ada->change(
            m_id, {.state = ConversationState::Snoozed, .snoozedUntil = soon + DayMs}));
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).snoozedUntil, soon + DayMs, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_ben->desk.clock.now() > soon + 1000, Patience);
        QCOMPARE(m_ben->see(m_id).state, ConversationState::Snoozed);
        QVERIFY(!m_ben->notices(m_id).contains(Notice::Woken));
    }

    void aCustomerEndsASnooze()
    {
        const qint64 until = m_ada->desk.clock.now() + DayMs;
        QVERIFY(m_ada->change(m_id, {.state = ConversationState::Snoozed, .snoozedUntil = until}));
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).state, ConversationState::Snoozed, Patience);
        customerWrites(u"Hello?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).state, ConversationState::Open, Patience);
        QCOMPARE(m_ben->see(m_id).snoozedUntil, 0);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->see(m_id).state, ConversationState::Open, Patience);
        // The time it was for is of no use to the next snooze.
        QVERIFY(m_ada->change(m_id, {.state = ConversationState::Pending}));
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).state, ConversationState::Pending, Patience);
        QCOMPARE(m_ben->see(m_id).snoozedUntil, 0);
    }

    void aClosingNoteStaysInside()
    {
        QVERIFY(
            m_ada->change(m_id, {.state = ConversationState::Resolved}, u"refund 4711 agreed"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).state, ConversationState::Resolved, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->notices(m_id), QList{Notice::Resolved}, Patience);
        QCOMPARE(m_ben->lines(m_id).first().text, u"refund 4711 agreed"_s);
        // What was said is in no log of who did what.
        QVERIFY(m_world->relay.errors().indexOf("4711") < 0);
        customerWrites(u"Thanks"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).state, ConversationState::Open, Patience);
    }

    void labelsOfTheWorkspace()
    {
        const LabelId vip = m_ada->roster.newLabelId();
        await(m_ada->roster.saveLabel({vip, u" VIP  guest "_s, u"#1f6feb"_s}, m_id));
        QVERIFY(m_ada->change(m_id, {.addLabel = vip}));
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).labels, QStringList{vip.value}, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->roster.roster().labels.size(), 1, Patience);
        QCOMPARE(m_ben->roster.roster().labels.first().name, u"VIP guest"_s);
        QCOMPARE(exported().value(u"labels"_s).toArray().first().toString(), u"VIP guest"_s);
        // Any agent may use it, but not make one.
        QVERIFY(m_ben->change(m_id, {.removeLabel = vip}));
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->see(m_id).labels.isEmpty(), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_ada->notices(m_id), (QList{Notice::Labelled, Notice::Unlabelled}), Patience);
        QCOMPARE(m_ada->lines(m_id).last().details.subject, u"VIP guest"_s);
        await(m_ben->roster.saveLabel({m_ben->roster.newLabelId(), u"Mine"_s, {}}, m_id));
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->refused.size(), 1, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->roster.roster().labels.size(), 1, Patience);
        // A second one of the same name, a wrong colour, no name.
        for (const Label &wrong : {Label{m_ada->roster.newLabelId(), u"vip guest"_s, {}},
                 Label{m_ada->roster.newLabelId(), u"x"_s, u"red"_s},
                 Label{m_ada->roster.newLabelId(), u"  "_s, {}}}) {
            const auto before = m_ada->refused.size();
            await(m_ada->roster.saveLabel(wrong, m_id));
            QTRY_COMPARE_WITH_TIMEOUT(m_ada->refused.size(), before + 1, Patience);
        }
        // Removed: no conversation shows it any more.
        QVERIFY(m_ada->change(m_id, {.addLabel = vip}));
        await(m_ada->roster.saveLabel({vip, u"VIP guest"_s, {}, false}, m_id));
        QTRY_VERIFY_WITH_TIMEOUT(m_ben->roster.roster().labels.isEmpty(), Patience);
        QVERIFY(m_ben->roster.roster().labelsOf(m_ben->see(m_id)).isEmpty());
    }

    void priorityAndUnread()
    {
        QVERIFY(m_ada->change(m_id, {.priority = Priority::Urgent}));
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).priority, Priority::Urgent, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->notices(m_id), QList{Notice::Prioritised}, Patience);
        QCOMPARE(m_ben->lines(m_id).first().details.subject, u"urgent"_s);
        await(m_ada->desk.conversations.markRead(m_id, m_ada->desk.clock.now()));
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).unread, 0, Patience);
        QVERIFY(m_ben->change(m_id, {.markUnread = true}));
        QCOMPARE(m_ben->see(m_id).unread, 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->see(m_id).unread, 1, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_ben->isIdle(), Patience);
        QCOMPARE(m_ben->see(m_id).unread, 1);
        QCOMPARE(m_ben->notices(m_id).size(), 1); // nothing that the thread tells
    }

    // A whole afternoon on the train: in its order, once each, also when the relay dies between.
    void everythingWaitsForTheRelay()
    {
        m_world->relay.kill();
        QVERIFY(m_ada->desk.waitFor(ConnectionState::Offline));
        await(m_ada->desk.conversations.take(m_id, m_ada->id()));
        QVERIFY(m_ada->change(m_id, {.priority = Priority::High}));
        QVERIFY(m_ada->change(m_id, {.state = ConversationState::Pending}));
        QVERIFY(m_ada->change(m_id, {.state = ConversationState::Resolved}, u"done"_s));
        QVERIFY(m_ada->change(m_id, {.state = ConversationState::Open}));
        QVERIFY(m_ada->change(m_id, {.assignee = m_ben->id()}, u"yours"_s));
        const Conversation shown = m_ada->see(m_id);
        QCOMPARE(shown.assignee, m_ben->id());
        QCOMPARE(shown.priority, Priority::High);
        QCOMPARE(shown.state, ConversationState::Open);
        QVERIFY(m_world->startRelay());
        QVERIFY(m_ada->desk.waitFor(ConnectionState::Live));
        m_world->relay.kill(); // answers may be lost: the same commands are asked again
        QVERIFY(m_world->startRelay());
        const QList expected{Notice::Taken, Notice::Prioritised, Notice::Pending, Notice::Resolved,
            Notice::Reopened, Notice::Assigned};
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->notices(m_id), expected, 2 * Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->isIdle(), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->notices(m_id), expected, Patience);
        QCOMPARE(m_ben->see(m_id).assignee, m_ben->id());
        QCOMPARE(m_ada->refused.size(), 0);
    }

    // Who hears of the result first would show for a moment what was before.
    void whatACommandChangedComesBeforeItsResult()
    {
        const auto token = m_world->deviceToken(u"Cleo"_s, u"admin"_s);
        const Label label{{u"0190a0b0-0000-7000-8000-0000000000aa"_s}, u"VIP"_s, {}};
        const QList<Wire::CommandBody> bodies{
            Wire::ChangeConversation{m_id, {.priority = Priority::High}},
            Wire::EditContact{m_id, {{ContactField::Name, {}, u"The tall one"_s}}},
            Wire::MarkRead{m_id, m_ada->desk.clock.now()}, Wire::SaveLabel{label},
            Wire::ChangeConversation{m_id, {.priority = Priority::High}}, // changes nothing
        };
        QList<Wire::Command> commands;
        for (const Wire::CommandBody &body : bodies)
            commands.append({{newUuid(m_ada->desk.clock.now())}, body});
        // As somebody who hears everything from the beginning, and once more: answers were lost.
        for (const bool again : {false, true}) {
            WireClient client(m_world->relayUrl(), token);
            client.want(QString::fromLatin1(World::PageId));
            client.want(u"workspace"_s);
            QStringList heard;
            connect(&client, &WireClient::changed, this,
                [&heard](const Wire::Changes &changes) { heard += rowsIn(changes); });
            connect(&client, &WireClient::answered, this,
                [&heard](const Wire::CommandResult &result) { heard.append(result.id.value); });
            client.open();
            for (const Wire::Command &command : commands)
                client.send(command);
            QTRY_VERIFY_WITH_TIMEOUT(heard.contains(commands.last().id.value), Patience);
            const QStringList rows{u"high"_s, u"tall"_s, u"read"_s, u"VIP"_s};
            for (int i = 0; i < rows.size(); ++i) {
                const auto answered = heard.indexOf(commands.at(i).id.value);
                QVERIFY2(heard.indexOf(rows.at(i)) >= 0 && heard.indexOf(rows.at(i)) < answered,
                    qPrintable(
                        u"%1 again %2: %3"_s.arg(rows.at(i)).arg(again).arg(heard.join(u' '))));
            }
        }
    }

    // The list and the card never fall back to what was there before, not for a moment.
    void nothingVanishesForAMoment()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->isIdle(), Patience);
        QStringList wrong;
        int seen = 0;
        const auto look = [&](const QList<Conversation> &changed) {
            for (const Conversation &each : changed) {
                ++seen;
                if (each.id == m_id && each.priority != Priority::Urgent)
                    wrong.append(QString::number(static_cast<int>(each.priority)));
            }
        };
        QVERIFY(m_ben->change(m_id, {.priority = Priority::Low}));
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->see(m_id).priority, Priority::Low, Patience);
        // The row on this desktop is newer than what the change was made from.
        m_world->customerWrites(Customer, u"And tomorrow?"_s);
        QVERIFY(m_ada->change(m_id, {.priority = Priority::Urgent}));
        connect(&m_ada->desk.replica, &Replica::changed, this,
            [&look](const ReplicaChanges &changes) { look(changes.conversations); });
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->isIdle(), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->see(m_id).priority, Priority::Urgent, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->see(m_id).unread, 2, Patience);
        disconnect(&m_ada->desk.replica, &Replica::changed, this, nullptr);
        QVERIFY(seen > 0);
        QCOMPARE(wrong, QStringList());
    }

private:
    static inline const QString Customer = u"24000000000000001"_s;

    // Words for the rows that the commands of this test make.
    static QStringList rowsIn(const Wire::Changes &changes)
    {
        QStringList rows;
        for (const Wire::Entity &entity : changes.entities) {
            if (const auto *conversation = std::get_if<Conversation>(&entity)) {
                if (conversation->priority == Priority::High)
                    rows.append(u"high"_s);
                if (conversation->unread == 0)
                    rows.append(u"read"_s);
            }
            if (const auto *card = std::get_if<ContactCard>(&entity);
                card && card->corrections.name == u"The tall one")
                rows.append(u"tall"_s);
            if (const auto *label = std::get_if<Label>(&entity))
                rows.append(label->name);
        }
        return rows;
    }
    static void await(Task<> task) { QVERIFY(Testing::await(std::move(task)).has_value()); }

    std::unique_ptr<Person> join(const QString &name, const QString &role)
    {
        auto person = std::make_unique<Person>(m_world->folder() + u'/' + name);
        if (!person->desk.start() || !person->desk.pair(m_world->invite(name, role))
            || !person->desk.waitFor(ConnectionState::Live))
            return {};
        person->roster.load();
        return person;
    }
    ConversationId customerWrites(const QString &text)
    {
        m_world->customerWrites(Customer, text);
        return {QString::fromLatin1(World::PageId) + u'-' + Customer};
    }
    QJsonObject exported()
    {
        for (const QJsonObject &line : m_world->lines({u"export"_s})) {
            if (line.value(u"type"_s) == u"conversation"_s && line.value(u"id"_s) == m_id.value)
                return line;
        }
        return {};
    }
    // Asked of the relay by Ada, who is told why not; and everything is as it was.
    void verifyRefused(const ConversationChange &change, QueueRefusal refusal)
    {
        const Conversation before = m_ada->see(m_id);
        const auto count = m_ada->refused.size();
        QVERIFY(m_ada->change(m_id, change));
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->refused.size(), count + 1, Patience);
        QCOMPARE(m_ada->refused.last().at(1).value<Error>().detail, queueRefusalName(refusal));
        QCOMPARE(m_ada->see(m_id), before);
    }
    // Somebody for these Pages only; their id.
    OperatorId limited(const QString &name, const QStringList &pages)
    {
        Wire::InvitePerson person{name, Role::Agent, {false, {}}, {}};
        for (const QString &page : pages)
            person.grant.pages.append({page});
        const auto invited
            = Wire::decodeInvitation(m_admin->post(u"invite"_s, Wire::encode(person)).body);
        return invited ? invited->person : OperatorId();
    }
    TeamId team(const QString &name)
    {
        m_admin->post(u"team"_s, Wire::encode(Wire::SaveTeam{{}, name, {}, {}}));
        for (const Wire::TeamEntry &each : m_admin->list().teams) {
            if (each.team.name == name)
                return each.team.id;
        }
        return {};
    }
    void put(const OperatorId &person, const TeamId &team)
    {
        const Wire::ChangePerson change{person, Role::Agent, {}, {team}};
        QCOMPARE(m_admin->post(u"change"_s, Wire::encode(change)).status, 200);
    }

    std::unique_ptr<World> m_world;
    std::optional<PeopleClient> m_admin;
    std::unique_ptr<Person> m_ada;
    std::unique_ptr<Person> m_ben;
    ConversationId m_id;
};

QTEST_GUILESS_MAIN(TestQueue)
#include "tst_queue.moc"
