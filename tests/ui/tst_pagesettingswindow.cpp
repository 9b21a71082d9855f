// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/pageadministration.h"
#include "models/desk/workspaceroster.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"
#include "ui/admin/pagesettingswindow.h"
#include "ui/theme/themeprovider.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Patience = 30'000; // ms
const PageId Bakery{u"70044"_s};

} // namespace

// An admin at the window's own fields and buttons, with a real relay and the sandbox.
class TestPageSettingsWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_world->relay.setEnvironment(u"PAGEDESK_APP_ID"_s, u"330011"_s);
        QVERIFY2(m_world->start(), m_world->why().constData());
        m_desk = std::make_unique<TestDesk>(m_world->folder() + u"/desk"_s);
        QVERIFY(m_desk->start());
        m_administration = std::make_unique<PageAdministration>(m_desk->channel, m_desk->clock);
        connect(&m_desk->session, &Session::sourceChanged, m_administration.get(),
            &PageAdministration::setSource);
        PAGEDESK_SUCCEEDS(m_desk->pair(m_world->invite(u"Ada"_s, u"admin"_s)));
        QVERIFY(m_desk->waitFor(ConnectionState::Live));
        m_theme = std::make_unique<Ui::ThemeProvider>(*qApp, Ui::ThemeProvider::Mode::Light);
        m_roster = std::make_unique<WorkspaceRoster>(m_desk->replica, m_desk->commands);
        m_roster->load();
        open();
    }
    void cleanup()
    {
        delete m_window;
        m_roster.reset();
        m_administration.reset();
        m_theme.reset();
        m_desk.reset();
        m_world.reset();
    }

    void settingsAreAppliedAndShown()
    {
        type(u"nickname"_s, u"Bakery"_s);
        child<QToolButton>(u"colour-0b7285"_s)->click();
        child<QCheckBox>(u"typingIndicators"_s)->click();
        child<QSpinBox>(u"partPause"_s)->setValue(1500);
        child<QComboBox>(u"humanAgentUse"_s)->setCurrentIndex(1);
        const QString words = said(u"differences"_s);
        for (const QString &line : {u"Nickname: none → “Bakery”"_s, u"Colour:"_s, u"→ teal"_s,
                 u"Show that somebody writes: on → off"_s, u"Pause between parts"_s,
                 u"May answer as a human agent: not known → yes"_s})
            QVERIFY2(words.contains(line), qPrintable(words));
        press(u"settingsApply"_s);
        QTRY_COMPARE_WITH_TIMEOUT(said(u"differences"_s), u"Everything is applied."_s, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(page().settings.nickname, u"Bakery"_s, Patience);
        QCOMPARE(page().colour, u"#0b7285"_s);
        QVERIFY(!page().settings.typingIndicators);
        QCOMPARE(page().settings.partPauseMs, 1500);
        QCOMPARE(page().settings.humanAgent, HumanAgentUse::Yes);
        QCOMPARE(page().humanAgent, true);
        QTRY_COMPARE_WITH_TIMEOUT(said(u"settingsTitle"_s), u"Bakery"_s, Patience);
        QVERIFY(!button(u"settingsApply"_s)->isEnabled());
    }

    void aTeamForWhatIsNew()
    {
        const TeamId team = makeTeam(u"Evening & <b>night</b>"_s);
        auto *teams = child<QComboBox>(u"defaultTeam"_s);
        QTRY_COMPARE(teams->count(), 2);
        teams->setCurrentIndex(1);
        QVERIFY(said(u"differences"_s)
                    .contains(u"Team for new conversations: nobody → “Evening & <b>night</b>”"_s));
        press(u"settingsApply"_s);
        QTRY_COMPARE_WITH_TIMEOUT(said(u"differences"_s), u"Everything is applied."_s, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(page().settings.defaultTeam, team, Patience);
        QVERIFY(!child<QLabel>(u"defaultTeamProblem"_s)->isVisibleTo(m_window));
        // Removed meanwhile: the settings say what that means, and can be changed otherwise.
        PAGEDESK_SUCCEEDS(Testing::await(m_desk->people.removeTeam(team)));
        QTRY_VERIFY_WITH_TIMEOUT(
            child<QLabel>(u"defaultTeamProblem"_s)->isVisibleTo(m_window), Patience);
        QVERIFY(said(u"defaultTeamProblem"_s).contains(u"go to nobody"_s));
        type(u"nickname"_s, u"Ovens"_s);
        press(u"settingsApply"_s);
        // The Page is here before the relay's answer.
        QTRY_COMPARE_WITH_TIMEOUT(said(u"differences"_s), u"Everything is applied."_s, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(page().settings.nickname, u"Ovens"_s, Patience);
        teams->setCurrentIndex(0);
        press(u"settingsApply"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page().settings.defaultTeam.isEmpty(), Patience);
    }

    void hoursAndWhatIsSaidOutsideOfThem()
    {
        QVERIFY(!child<QLineEdit>(u"hours-1"_s)->isVisibleTo(m_window));
        child<QCheckBox>(u"hasHours"_s)->click();
        QVERIFY(child<QLineEdit>(u"hours-1"_s)->isVisibleTo(m_window));
        QCOMPARE(child<QLineEdit>(u"hours-1"_s)->text(), u"09:00-17:00"_s);
        QCOMPARE(child<QLineEdit>(u"hours-7"_s)->text(), QString());
        child<QComboBox>(u"hoursZone"_s)->setCurrentText(u"Asia/Bangkok"_s);
        type(u"hours-1"_s, u"9-12.30, 13:30–"_s); // somebody is typing
        QVERIFY(said(u"hoursProblem"_s).contains(u"cannot be read"_s));
        QVERIFY(!button(u"settingsApply"_s)->isEnabled());
        QVERIFY(button(u"settingsRevert"_s)->isEnabled());
        type(u"hours-1"_s, u"9-12.30, 13:30–18"_s);
        QVERIFY(!child<QLabel>(u"hoursProblem"_s)->isVisibleTo(m_window));
        type(u"daysOff"_s, u"2026-12-24 to 2026-12-26"_s);
        child<QCheckBox>(u"awayReply"_s)->click();
        QVERIFY(said(u"awayProblem"_s).contains(u"needs an away text"_s));
        QVERIFY(!button(u"settingsApply"_s)->isEnabled());
        child<QPlainTextEdit>(u"awayText"_s)->setPlainText(u"We open at nine."_s);
        press(u"settingsApply"_s);
        QTRY_COMPARE_WITH_TIMEOUT(said(u"differences"_s), u"Everything is applied."_s, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(page().settings.awayReply, Patience);
        const PageSettings settings = page().settings;
        QCOMPARE(settings.hours.zone, u"Asia/Bangkok"_s);
        QCOMPARE(daySpansText(settings.hours.week.at(0)), u"09:00-12:30, 13:30-18:00"_s);
        QCOMPARE(settings.hours.daysOff.size(), 3);
        QCOMPARE(settings.awayText, u"We open at nine."_s);
        // An unknown time zone, and everything taken back.
        child<QComboBox>(u"hoursZone"_s)->setCurrentText(u"Atlantis"_s);
        QVERIFY(said(u"hoursProblem"_s).contains(u"Atlantis is not known"_s));
        QVERIFY(!button(u"settingsApply"_s)->isEnabled());
        type(u"hours-2"_s, u"nine"_s);
        press(u"settingsRevert"_s);
        QCOMPARE(child<QComboBox>(u"hoursZone"_s)->currentText(), u"Asia/Bangkok"_s);
        QCOMPARE(child<QLineEdit>(u"hours-2"_s)->text(), u"09:00-17:00"_s);
        // Without hours nothing can be outside of them.
        child<QCheckBox>(u"hasHours"_s)->click();
        QVERIFY(said(u"awayProblem"_s).contains(u"needs business hours"_s));
    }

    void anotherPageBeginsAtItsTop()
    {
        m_window->resize(860, 420);
        QScrollBar *bar = m_window->findChild<QScrollArea *>()->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 100);
        bar->setValue(bar->maximum());
        QVERIFY(bar->value() > 100);
        m_window->showPage({u"70055"_s});
        QTRY_COMPARE(said(u"settingsTitle"_s), u"Harbour Bikes"_s);
        QCOMPARE(bar->value(), 0);
        // The same one again stays where it is.
        bar->setValue(50);
        m_window->showPage({u"70055"_s});
        QCOMPARE(bar->value(), 50);
    }

    void facebookIsAskedOnlyWhenSomebodyWantsIt()
    {
        auto *box = child<QCheckBox>(u"matchPeople"_s);
        QVERIFY(!box->isChecked());
        QVERIFY(box->accessibleDescription().contains(u"nobody is merged"_s));
        child<QCheckBox>(u"mergePeople"_s)->click();
        QVERIFY(!box->isEnabled()); // of no use where nobody may be merged
        child<QCheckBox>(u"mergePeople"_s)->click();
        m_world->fault({{u"target"_s, u"graph"_s}, {u"fault"_s, u"error"_s},
            {u"edge"_s, u"ids_for_pages"_s}, {u"code"_s, 10}, {u"count"_s, -1}});
        for (const auto &[page, name] : {std::pair(u"70055"_s, u"Harbour Bikes"_s),
                 std::pair(Bakery.value, u"Bloom Bakery"_s)}) {
            m_window->showPage({page});
            QTRY_COMPARE_WITH_TIMEOUT(said(u"settingsTitle"_s), name, Patience);
            box->click();
            QVERIFY(said(u"differences"_s)
                        .contains(u"Ask Facebook who is the same person: off → on"_s));
            press(u"settingsApply"_s);
            QTRY_COMPARE_WITH_TIMEOUT(
                said(u"differences"_s), u"Everything is applied."_s, Patience);
        }
        QTRY_VERIFY_WITH_TIMEOUT(page().settings.matchPeople, Patience);
        // What Facebook refuses stands beside the setting.
        QVERIFY(!child<QLabel>(u"matchProblem"_s)->isVisibleTo(m_window));
        m_world->customerWrites(u"24000000000000017"_s, u"Hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>(u"matchProblem"_s)->isVisibleTo(m_window), Patience);
        QVERIFY(said(u"matchProblem"_s).contains(u"code 10"_s));
        QVERIFY(box->isChecked());
    }

    void revertTakesEverythingBack()
    {
        waitForProfile();
        type(u"nickname"_s, u"Bakery"_s);
        child<QPlainTextEdit>(u"greeting"_s)->setPlainText(u"Hello"_s);
        QVERIFY(button(u"settingsApply"_s)->isEnabled());
        press(u"settingsRevert"_s);
        QCOMPARE(child<QLineEdit>(u"nickname"_s)->text(), QString());
        QCOMPARE(child<QPlainTextEdit>(u"greeting"_s)->toPlainText(), QString());
        QVERIFY(!button(u"settingsApply"_s)->isEnabled());
        QVERIFY(said(u"differences"_s).isEmpty());
    }

    void whatIsWrongStandsBesideItsField()
    {
        waitForProfile();
        type(u"nickname"_s, u"x"_s.repeated(61));
        QVERIFY(said(u"nicknameProblem"_s).contains(u"at most 60"_s));
        QVERIFY(!button(u"settingsApply"_s)->isEnabled());
        type(u"nickname"_s, QString());
        child<QPlainTextEdit>(u"greeting"_s)->setPlainText(u"y"_s.repeated(161));
        QVERIFY(said(u"greetingProblem"_s).contains(u"Facebook takes 160"_s));
        QVERIFY(said(u"greetingCount"_s).contains(u"161 of 160"_s));
        QVERIFY(!button(u"settingsApply"_s)->isEnabled());
        child<QPlainTextEdit>(u"greeting"_s)->setPlainText(u"Hi {{user_name}}"_s);
        QVERIFY(said(u"greetingProblem"_s).contains(u"{{user_name}}"_s));
        child<QPlainTextEdit>(u"greeting"_s)->clear();
        press(u"add"_s, u"menu"_s);
        type(u"title0"_s, u"Talk to us"_s, u"menu"_s);
        QVERIFY(said(u"getStartedProblem"_s).contains(u"Get started"_s));
        child<QCheckBox>(u"getStarted"_s)->click();
        QVERIFY(said(u"getStartedProblem"_s).isEmpty());
        QVERIFY(button(u"settingsApply"_s)->isEnabled());
    }

    void theGreetingIsShownAsTheCustomerSeesIt()
    {
        waitForProfile();
        child<QPlainTextEdit>(u"greeting"_s)->setPlainText(u"Hi "_s);
        child<QPlainTextEdit>(u"greeting"_s)->moveCursor(QTextCursor::End);
        press(u"insertName"_s);
        QCOMPARE(child<QPlainTextEdit>(u"greeting"_s)->toPlainText(), u"Hi {{user_first_name}}"_s);
        QCOMPARE(said(u"greetingPreview"_s), u"Amina sees: Hi Amina"_s);
    }

    void theMessengerProfileReachesTheCustomer()
    {
        waitForProfile();
        child<QPlainTextEdit>(u"greeting"_s)->setPlainText(u"أهلا {{user_first_name}}"_s);
        for (int i = 0; i < 4; ++i) {
            press(u"add"_s, u"questions"_s);
            type(u"title%1"_s.arg(i), u"Question %1?"_s.arg(i), u"questions"_s);
        }
        QVERIFY(!in(u"questions"_s)->findChild<QPushButton *>(u"add"_s)->isEnabled());
        press(u"up3"_s, u"questions"_s);
        press(u"remove0"_s, u"questions"_s);
        press(u"add"_s, u"menu"_s);
        type(u"title0"_s, u"Our shop"_s, u"menu"_s);
        auto *kind = in(u"menu"_s)->findChild<QComboBox *>(u"type0"_s);
        kind->setCurrentIndex(1);
        type(u"value0"_s, u"https://bakery.example/"_s, u"menu"_s);
        child<QCheckBox>(u"getStarted"_s)->click();
        press(u"settingsApply"_s);
        QTRY_COMPARE_WITH_TIMEOUT(said(u"differences"_s), u"Everything is applied."_s, Patience);
        m_world->customerWrites(u"9001"_s, u"Hello"_s);
        const QJsonObject seen = http("GET",
            QUrl(m_world->sandboxUrl(u"/_sandbox/customers/9001/profile"_s).toString()
                + u"?pageId=70044"_s))
                                     .json();
        QVERIFY(seen.value(u"greeting"_s).toString().startsWith(u"أهلا "_s));
        QCOMPARE(seen.value(u"menu"_s)[0][u"url"_s].toString(), u"https://bakery.example/"_s);
        // In the order in which they stand.
        press(u"settingsClose"_s);
        QTRY_VERIFY(!m_window);
        open();
        waitForProfile();
        QCOMPARE(field(u"title0"_s, u"questions"_s)->text(), u"Question 1?"_s);
        QCOMPARE(field(u"title1"_s, u"questions"_s)->text(), u"Question 3?"_s);
        QCOMPARE(field(u"title2"_s, u"questions"_s)->text(), u"Question 2?"_s);
        QCOMPARE(field(u"value0"_s, u"questions"_s)->text(), u"Question 1?"_s);
    }

    void changesStayWhenAnotherPageIsLookedAt()
    {
        type(u"nickname"_s, u"Bakery"_s);
        auto *list = child<QListWidget>(u"pageList"_s);
        QCOMPARE(list->count(), 2);
        const int here = list->currentRow();
        QVERIFY(list->currentItem()->text().contains(u"(changed)"_s));
        list->setCurrentRow(1 - here);
        QCOMPARE(child<QLineEdit>(u"nickname"_s)->text(), QString());
        QVERIFY(!button(u"settingsApply"_s)->isEnabled());
        list->setCurrentRow(here);
        QCOMPARE(child<QLineEdit>(u"nickname"_s)->text(), u"Bakery"_s);
        QVERIFY(button(u"settingsApply"_s)->isEnabled());
    }

    void closingAsksInALine()
    {
        type(u"nickname"_s, u"Bakery"_s);
        press(u"settingsClose"_s);
        QVERIFY(m_window && m_window->isVisible());
        QVERIFY2(said(u"settingsProblem"_s).contains(u"Bloom Bakery"_s),
            qPrintable(said(u"settingsProblem"_s)));
        QTest::keyClick(m_window, Qt::Key_Escape);
        QVERIFY(m_window && m_window->isVisible());
        press(u"settingsDiscard"_s);
        QTRY_VERIFY(!m_window);
        QCOMPARE(page().settings.nickname, QString());
    }

    // What somebody else sets meanwhile is not undone by what one changes oneself.
    void whatSomebodyElseSetsStays()
    {
        type(u"nickname"_s, u"Bakery"_s);
        PageSettings others;
        others.partPauseMs = 4000;
        PAGEDESK_SUCCEEDS(
            Testing::await(m_administration->setSettings({Bakery, others, pageColour(4)})));
        QTRY_COMPARE_WITH_TIMEOUT(child<QSpinBox>(u"partPause"_s)->value(), 4000, Patience);
        QCOMPARE(child<QLineEdit>(u"nickname"_s)->text(), u"Bakery"_s);
        press(u"settingsApply"_s);
        QTRY_COMPARE_WITH_TIMEOUT(page().settings.nickname, u"Bakery"_s, Patience);
        QCOMPARE(page().settings.partPauseMs, 4000);
        QCOMPARE(page().colour, pageColour(4));
    }

    void withoutTheRelayNothingIsLost()
    {
        waitForProfile();
        m_world->relay.kill();
        QVERIFY(m_desk->waitFor(ConnectionState::Offline));
        type(u"nickname"_s, u"Bakery"_s);
        press(u"settingsApply"_s);
        QTRY_VERIFY_WITH_TIMEOUT(
            said(u"settingsProblem"_s).contains(u"cannot be reached"_s), Patience);
        QCOMPARE(child<QLineEdit>(u"nickname"_s)->text(), u"Bakery"_s);
        QVERIFY(m_world->startRelay());
        m_desk->session.retryNow();
        QVERIFY(m_desk->waitFor(ConnectionState::Live));
        press(u"settingsApply"_s);
        QTRY_COMPARE_WITH_TIMEOUT(page().settings.nickname, u"Bakery"_s, Patience);
    }

    void whatMetaSaysIsShown()
    {
        waitForProfile();
        child<QPlainTextEdit>(u"greeting"_s)->setPlainText(u"Hello"_s);
        m_world->fault({{u"target"_s, u"graph"_s}, {u"edge"_s, u"messenger_profile"_s},
            {u"fault"_s, u"error"_s}, {u"code"_s, 613}});
        press(u"settingsApply"_s);
        QTRY_VERIFY_WITH_TIMEOUT(said(u"settingsProblem"_s).contains(u"ten minutes"_s), Patience);
        QCOMPARE(child<QPlainTextEdit>(u"greeting"_s)->toPlainText(), u"Hello"_s);
        press(u"settingsApply"_s);
        QTRY_COMPARE_WITH_TIMEOUT(said(u"differences"_s), u"Everything is applied."_s, Patience);
    }

    void everythingHasANameAndCanBeReached()
    {
        waitForProfile();
        press(u"add"_s, u"questions"_s);
        press(u"add"_s, u"menu"_s);
        QSet<QWidget *> reached;
        QWidget *at = child<QListWidget>(u"pageList"_s);
        for (int i = 0; i < 200 && !reached.contains(at); ++i) {
            reached.insert(at);
            at = at->nextInFocusChain();
            while (!reached.contains(at)
                && (!at->isVisible() || !at->isEnabled() || !(at->focusPolicy() & Qt::TabFocus)))
                at = at->nextInFocusChain();
        }
        for (QWidget *each : m_window->findChildren<QWidget *>()) {
            const bool isControl = qobject_cast<QAbstractButton *>(each)
                || qobject_cast<QLineEdit *>(each) || qobject_cast<QComboBox *>(each)
                || qobject_cast<QPlainTextEdit *>(each);
            if (!isControl || !each->isVisible() || each->objectName().startsWith(u"qt_"_s))
                continue;
            // The arrow keys lead from one colour to the next.
            const bool isOneOfMany = each->objectName().startsWith(u"colour-"_s);
            const auto *pushed = qobject_cast<QAbstractButton *>(each);
            const bool named
                = !each->accessibleName().isEmpty() || (pushed && !pushed->text().isEmpty());
            QVERIFY2(named, qPrintable(each->objectName()));
            if (each->isEnabled() && !isOneOfMany)
                QVERIFY2(reached.contains(each), qPrintable(each->objectName()));
        }
    }

    // For a look: PAGEDESK_SHOTS names the folder.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("PAGEDESK_SHOTS");
        waitForProfile();
        type(u"nickname"_s, u"مخبز الزهور — Bakery of the flowers beside the old harbour 🌸"_s);
        child<QPlainTextEdit>(u"greeting"_s)
            ->setPlainText(u"أهلا {{user_first_name}}، كيف يمكننا مساعدتك؟"_s);
        press(u"add"_s, u"questions"_s);
        type(u"title0"_s, u"When are you open on Sundays and on holidays?"_s, u"questions"_s);
        press(u"add"_s, u"menu"_s);
        type(u"title0"_s, u"A title that is a good deal too long for it"_s, u"menu"_s);
        for (const auto mode : {Ui::ThemeProvider::Mode::Light, Ui::ThemeProvider::Mode::Dark}) {
            m_theme->setMode(mode);
            for (const bool atEnd : {false, true}) {
                QScrollBar *bar = m_window->findChild<QScrollArea *>()->verticalScrollBar();
                bar->setValue(atEnd ? bar->maximum() : 0);
                QTest::qWait(0);
                const QPixmap picture = m_window->grab();
                QVERIFY(!picture.isNull());
                if (!folder.isEmpty()) {
                    const QString name = u"settings-%1-%2.png"_s.arg(
                        mode == Ui::ThemeProvider::Mode::Dark ? u"dark"_s : u"light"_s,
                        atEnd ? u"end"_s : u"top"_s);
                    QVERIFY(picture.save(QDir(folder).filePath(name)));
                }
            }
        }
    }

private:
    TeamId makeTeam(const QString &name)
    {
        Wire::SaveTeam team;
        team.name = name;
        team.members = {m_desk->session.self().id};
        const auto now = Testing::await(m_desk->people.saveTeam(team));
        return now && !now->teams.isEmpty() ? now->teams.first().team.id : TeamId();
    }
    void open()
    {
        m_window = new Ui::PageSettingsWindow(
            *m_theme, *m_administration, m_desk->conversations, *m_roster);
        m_window->showPage(Bakery);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window));
        QTRY_COMPARE_WITH_TIMEOUT(said(u"settingsTitle"_s), u"Bloom Bakery"_s, Patience);
    }
    void waitForProfile()
    {
        QTRY_VERIFY_WITH_TIMEOUT(child<QPlainTextEdit>(u"greeting"_s)->isVisible(), Patience);
    }
    template <typename T> T *child(const QString &name) { return m_window->findChild<T *>(name); }
    QWidget *in(const QString &list) { return child<QWidget>(list); }
    QLineEdit *field(const QString &name, const QString &list)
    {
        return in(list)->findChild<QLineEdit *>(name);
    }
    QPushButton *button(const QString &name) { return child<QPushButton>(name); }
    void press(const QString &name) { button(name)->click(); }
    void press(const QString &name, const QString &list)
    {
        in(list)->findChild<QAbstractButton *>(name)->click();
        // What was replaced goes at the next turn of the event loop.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    void type(const QString &name, const QString &text)
    {
        auto *edit = child<QLineEdit>(name);
        edit->selectAll();
        edit->setText(text);
    }
    void type(const QString &name, const QString &text, const QString &list)
    {
        field(name, list)->setText(text);
    }
    QString said(const QString &name) { return child<QLabel>(name)->text(); }
    Page page()
    {
        const auto pages = Testing::await(m_desk->conversations.pages());
        for (const Page &each : pages.value_or(QList<Page>())) {
            if (each.id == Bakery)
                return each;
        }
        return {};
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<TestDesk> m_desk;
    std::unique_ptr<PageAdministration> m_administration;
    std::unique_ptr<WorkspaceRoster> m_roster;
    std::unique_ptr<Ui::ThemeProvider> m_theme;
    QPointer<Ui::PageSettingsWindow> m_window;
};

QTEST_MAIN(TestPageSettingsWindow)
#include "tst_pagesettingswindow.moc"
