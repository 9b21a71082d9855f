// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/commandstore.h"
#include "models/store/replica/labelstore.h"
#include "models/store/replica/operatorstore.h"
#include "models/store/replica/originstore.h"
#include "tests/ui/windowfixture.h"
#include "ui/inbox/conversationlistview.h"
#include "ui/inbox/labelstrip.h"
#include "ui/inbox/navbutton.h"
#include "ui/theme/tag.h"
#include "ui/thread/threadview.h"

#include <QApplication>
#include <QDateTimeEdit>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

#include <algorithm>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

const OperatorId Leila{u"op-leila"_s};
const OperatorId Ben{u"op-ben"_s};
const TeamId Evening{u"team-evening"_s};
const LabelId Vip{u"label-vip"_s};

Result<> seedRoster(ReplicaWriter &writer)
{
    writer.changes.roster = true;
    Connection &connection = writer.connection;
    return inOrder(
        [&] {
            return OriginStore::save(connection, {u"relay"_s, Leila, u"Leila"_s});
        },
        [&] {
            return OperatorStore::apply(
                connection, Operator{Leila, u"Leila"_s, Role::Supervisor, true, 1});
        },
        [&] {
            return OperatorStore::apply(
                connection, Operator{Ben, u"Ben & Co <b>"_s, Role::Agent, true, 2});
        },
        [&] {
            return OperatorStore::apply(connection, Team{Evening, u"Evening"_s, true, 3});
        },
        [&] {
            return LabelStore::apply(connection, {Vip, u"VIP"_s, u"#1f6feb"_s, true, 4});
        });
}

} // namespace

// The controls of the queue in the real window, by mouse and by keys, without a relay.
class TestQueueControls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(
            u"^(?!\\s*OpenType support missing|This plugin does not support)"_s));
        m_fixture = std::make_unique<WindowFixture>();
        QVERIFY(window().replica.write(&seedRoster));
        QVERIFY(window().show());
        QTRY_COMPARE(window().inbox.conversations().roster().self, Leila);
        QVERIFY(window().open(Sample::Amina));
    }
    void cleanup() { m_fixture.reset(); }

    void takesAndPutsBack()
    {
        QCOMPARE(button("take").text(), u"Take"_s);
        QCOMPARE(button("holder").accessibleName(), u"Assigned to nobody"_s);
        QTest::mouseClick(&button("take"), Qt::LeftButton);
        QTRY_COMPARE(button("take").text(), u"Put back"_s);
        QCOMPARE(button("holder").accessibleName(), u"Assigned to Leila"_s);
        QCOMPARE(stored().assignee, Leila);
        QTRY_COMPARE(window().inbox.counts().mine, 1);
        press(Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(button("take").text(), u"Take"_s);
        QVERIFY(stored().assignee.isEmpty());
        press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(stored().assignee, Leila);
        press(Qt::Key_5, Qt::ControlModifier);
        QVERIFY(window().child<NavButton>("view5")->isChecked());
        QTRY_COMPARE(rows().model()->rowCount(), 1);
    }

    void takesOverFromAnotherApp()
    {
        QAction *action = nullptr;
        for (QAction *each : window().window->actions()) {
            if (each->objectName() == u"take-over")
                action = each;
        }
        QVERIFY(action != nullptr && !action->isEnabled());
        Conversation held = stored();
        held.ownerApp = u"263902037430900"_s;
        held.seq += 100;
        QVERIFY(window().replica.write(
            [held](ReplicaWriter &writer) { return ConversationStore::apply(writer, held); }));
        QTRY_VERIFY(button("takeOver").isVisible());
        QVERIFY(action->isEnabled());
        QVERIFY(label("threadDetails").contains(u"the Page inbox at Facebook"_s));
        press(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(!button("takeOver").isEnabled());
        QCOMPARE(button("takeOver").text(), u"Taking over…"_s);
        press(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier); // once more, and nothing happens
        QVERIFY(stored().takingSince > 0);
        const auto commands = window().replica.read(&CommandStore::all);
        QVERIFY(commands);
        QCOMPARE(
            std::count_if(commands->begin(), commands->end(),
                [](const StoredCommand &each) { return each.kind == CommandKind::TakeThread; }),
            1);
        held.ownerApp.clear();
        held.seq += 1;
        QVERIFY(window().replica.write(
            [held](ReplicaWriter &writer) { return ConversationStore::apply(writer, held); }));
        QTRY_VERIFY(!button("takeOver").isVisible());
        QVERIFY(!action->isEnabled());
    }

    void givesWithAComment()
    {
        choose("assignMenu", u"Ben && Co <b>"_s);
        auto *field = window().child<QLineEdit>("queueField");
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, u"speaks Thai"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(stored().assignee, Ben);
        QVERIFY(!window().child<QWidget>("queueBar")->isVisible());
        QTRY_VERIFY(!button("take").isVisible()); // somebody else has it
        QCOMPARE(button("holder").text(), u"Ben && Co <b>"_s);
        QVERIFY(spoken().contains(u"with Ben & Co <b>"_s));
        const auto commands = window().replica.read(&CommandStore::all);
        QVERIFY(commands && commands->constLast().frame.contains("speaks Thai"));
        // A team, and a question that is not answered.
        choose("assignMenu", u"Evening"_s);
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!window().child<QWidget>("queueBar")->isVisible());
        QCOMPARE(stored().assignee, Ben);
        choose("assignMenu", u"Evening"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(stored().team, Evening);
        QVERIFY(stored().assignee.isEmpty());
    }

    // What was begun about one conversation is not done to the next.
    void aQuestionGoesWithItsConversation()
    {
        choose("assignMenu", u"Ben && Co <b>"_s);
        QVERIFY(window().child<QWidget>("queueBar")->isVisible());
        QVERIFY(window().open(Sample::Jonas));
        QVERIFY(!window().child<QWidget>("queueBar")->isVisible());
        QVERIFY(window().conversation(Sample::Jonas).assignee.isEmpty());
    }

    void snoozesAndSaysWhenTheWindowEnds()
    {
        const QStringList choices = textsOf("snoozeMenu");
        // Amina's window ends in 1 h 40.
        QVERIFY2(choices.at(0).startsWith(u"Later today · 18:00"_s), qPrintable(choices.at(0)));
        QVERIFY(choices.at(0).contains(u"the reply window ends before: 15:49"_s));
        QVERIFY(choices.at(1).startsWith(u"Tomorrow morning · tomorrow at 09:00"_s));
        choose("snoozeMenu", choices.at(1));
        QTRY_COMPARE(stored().state, ConversationState::Snoozed);
        QTRY_COMPARE(label("threadDetails"), u"Bloom Bakery · snoozed until tomorrow at 09:00"_s);
        QVERIFY(spoken().contains(u"until tomorrow at 09:00"_s));
        QVERIFY(window().open(Sample::Wang));
        QTRY_VERIFY(!names().contains(u"Amina Mansour"_s));
        press(Qt::Key_8, Qt::ControlModifier);
        QTRY_VERIFY(names().contains(u"Amina Mansour"_s));
        QVERIFY(!names().contains(u"Jonas Lindqvist"_s));
        QVERIFY(window().open(Sample::Amina));
        choose("snoozeMenu", u"Wake it up"_s);
        QTRY_COMPARE(stored().state, ConversationState::Open);
    }

    void snoozesUntilAMoment()
    {
        choose("snoozeMenu", u"Date and time…"_s);
        auto *moment = window().child<QDateTimeEdit>("queueMoment");
        QTRY_VERIFY(moment->isVisible());
        QVERIFY(!label("queueRemark").isEmpty());
        moment->setDateTime(QDateTime::fromMSecsSinceEpoch(SampleNow + 30 * MinuteMs));
        QCOMPARE(label("queueRemark"), QString());
        QTest::mouseClick(&button("queueYes"), Qt::LeftButton);
        QTRY_COMPARE(stored().snoozedUntil, SampleNow + 30 * MinuteMs);
        // One that is over changes nothing and says so.
        choose("snoozeMenu", u"Date and time…"_s);
        moment->setDateTime(QDateTime::fromMSecsSinceEpoch(SampleNow - HourMs));
        QTest::mouseClick(&button("queueYes"), Qt::LeftButton);
        QTRY_VERIFY(label("notice").contains(u"This moment is over"_s));
        QCOMPARE(stored().snoozedUntil, SampleNow + 30 * MinuteMs);
    }

    void resolvesWithANote()
    {
        press(Qt::Key_E, Qt::ControlModifier | Qt::AltModifier);
        auto *field = window().child<QLineEdit>("queueField");
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, u"refunded"_s);
        QTest::mouseClick(&button("queueYes"), Qt::LeftButton);
        QTRY_COMPARE(stored().state, ConversationState::Resolved);
        const auto commands = window().replica.read(&CommandStore::all);
        QVERIFY(commands && commands->constLast().frame.contains("refunded"));
        press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(stored().state, ConversationState::Pending);
        QTRY_COMPARE(label("threadDetails"), u"Bloom Bakery · pending"_s);
    }

    void priorityAndLabels()
    {
        choose("priorityMenu", u"Urgent"_s);
        QTRY_COMPARE(stored().priority, Priority::Urgent);
        QTRY_VERIFY(window().child<Tag>("threadPriority")->isVisible());
        QCOMPARE(window().child<Tag>("threadPriority")->text(), u"Urgent"_s);
        QVERIFY(!window().child<LabelStrip>("threadLabels")->isVisible());
        choose("labelMenu", u"VIP"_s);
        QTRY_COMPARE(stored().labels, QStringList{Vip.value});
        QTRY_VERIFY(window().child<LabelStrip>("threadLabels")->isVisible());
        QCOMPARE(window().child<LabelStrip>("threadLabels")->accessibleName(), u"Labels: VIP"_s);
        QVERIFY(spoken().contains(u"priority Urgent, label VIP"_s));
        choose("labelMenu", u"New label…"_s);
        auto *field = window().child<QLineEdit>("queueField");
        QVERIFY(!button("queueYes").isEnabled()); // not without a name
        QTest::keyClicks(field, u"Angry"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(
            window().child<LabelStrip>("threadLabels")->accessibleName(), u"Labels: Angry, VIP"_s);
        choose("labelMenu", u"VIP"_s);
        QTRY_COMPARE(
            window().child<LabelStrip>("threadLabels")->accessibleName(), u"Labels: Angry"_s);
    }

    // Not read again by the window that shows it, before it was opened anew.
    void staysUnread()
    {
        QCOMPARE(stored().unread, 0);
        press(Qt::Key_U, Qt::ControlModifier);
        QTRY_COMPARE(stored().unread, 1);
        QTest::qWait(600); // longer than reading takes
        QCOMPARE(stored().unread, 1);
        QVERIFY(window().open(Sample::Rosa));
        QVERIFY(window().open(Sample::Amina));
        QTRY_COMPARE(stored().unread, 0);
    }

    void keysOpenTheMenus()
    {
        const QList<std::pair<Qt::Key, QString>> keys{{Qt::Key_G, u"assignMenu"_s},
            {Qt::Key_S, u"snoozeMenu"_s}, {Qt::Key_I, u"priorityMenu"_s}};
        for (const auto &[key, name] : keys) {
            press(key, Qt::ControlModifier | Qt::ShiftModifier);
            QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
            QCOMPARE(QApplication::activePopupWidget()->objectName(), name);
            QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
            QTRY_VERIFY(QApplication::activePopupWidget() == nullptr);
        }
    }

    // Everything is in the menu that stays.
    void foldsItsButtons()
    {
        window().window->resize(820, 700);
        QTRY_VERIFY(!button("take").isVisible());
        QVERIFY(!button("holder").isVisible());
        QVERIFY(!button("snooze").isVisible());
        QVERIFY(button("more").isVisible());
        QVERIFY(button("more").menu()->actions().size() >= 9);
    }

    void saysWhoWasFaster()
    {
        // She belongs to the relay that is asked.
        window().desk.self = {Leila, u"Leila"_s, Role::Supervisor, true, 1};
        const QUrl relay = window().relay->url();
        QVERIFY(window().desk.identity.save({relay, u"Bakery"_s, window().desk.self}));
        QVERIFY(window().replica.write([relay](ReplicaWriter &writer) {
            return OriginStore::save(
                writer.connection, {relay.toString(QUrl::FullyEncoded), Leila, u"Leila"_s});
        }));
        QVERIFY(window().goLive());
        QTest::mouseClick(&button("take"), Qt::LeftButton);
        CommandId command;
        const auto asked = window().relay->expectCommand<Wire::ChangeConversation>(&command);
        QVERIFY(asked && asked->ifHeldBy && asked->ifHeldBy->isEmpty());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"command .* was refused"_s));
        window().relay->say(Wire::CommandResult{command,
            Error{Error::Kind::Conflict,
                queueRefusalName(QueueRefusal::HeldByOther) + u' ' + Ben.value}});
        QTRY_COMPARE(label("notice"), u"Ben & Co <b> has this conversation."_s);
        QTRY_COMPARE(button("take").text(), u"Take"_s);
        QVERIFY(stored().assignee.isEmpty());
    }

private:
    WindowFixture &window() { return *m_fixture; }
    QPushButton &button(const char *name) { return *window().child<QPushButton>(name); }
    QString label(const char *name) { return window().child<QLabel>(name)->text(); }
    ConversationListView &rows() { return *window().child<ConversationListView>("rows"); }
    Conversation stored() { return window().conversation(Sample::Amina); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers)
    {
        QTest::keyClick(window().window.get(), key, modifiers);
    }
    QStringList names()
    {
        QStringList names;
        for (int row = 0; row < rows().model()->rowCount(); ++row)
            names.append(rows().model()->index(row, 0).data().toString());
        return names;
    }
    // What is said of Amina's row.
    QString spoken()
    {
        for (int row = 0; row < rows().model()->rowCount(); ++row) {
            const QModelIndex index = rows().model()->index(row, 0);
            if (index.data().toString() == u"Amina Mansour")
                return index.data(Qt::AccessibleTextRole).toString();
        }
        return {};
    }
    QMenu *menu(const char *name)
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (widget->objectName() == QLatin1StringView(name))
                return qobject_cast<QMenu *>(widget);
        }
        return nullptr;
    }
    QStringList textsOf(const char *name)
    {
        QMenu *found = menu(name);
        Q_EMIT found->aboutToShow();
        QStringList texts;
        for (const QAction *action : found->actions())
            texts.append(action->text());
        return texts;
    }
    void choose(const char *name, const QString &text)
    {
        QMenu *found = menu(name);
        QVERIFY(found != nullptr);
        Q_EMIT found->aboutToShow();
        for (QAction *action : found->actions()) {
            if (action->text() == text) {
                QVERIFY2(action->isEnabled(), qPrintable(text));
                action->trigger();
                return;
            }
        }
        QFAIL(qPrintable(text));
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestQueueControls)
#include "tst_queuecontrols.moc"
