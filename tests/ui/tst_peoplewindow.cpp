// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/pairing.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"
#include "ui/admin/peoplewindow.h"
#include "ui/admin/peoplewords.h"
#include "ui/admin/qrcode.h"
#include "ui/theme/themeprovider.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

// Looking after people as an admin does it, and after oneself: the window's own buttons, a real
// relay, desktops that lose what is taken from them.
class TestPeopleWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), m_world->why().constData());
        m_desk = join(u"Ada"_s, u"admin"_s);
        QVERIFY(m_desk);
        m_theme = std::make_unique<Ui::ThemeProvider>(*qApp, Ui::ThemeProvider::Mode::Light);
    }
    void cleanup()
    {
        m_window.reset();
        m_other.reset();
        m_desk.reset();
        m_theme.reset();
        m_world.reset();
    }

    void anInviteFromTheFormToTheDevice()
    {
        open(*m_desk);
        QTRY_COMPARE(list()->count(), 1);
        QVERIFY(list()->item(0)->text().contains(u"Admin · All Pages · 1 device"_s));
        button(u"invitePerson"_s)->click();
        QVERIFY(!button(u"savePerson"_s)->isEnabled());
        QVERIFY(list()->currentItem() == nullptr);
        type(u"personName"_s, u"نادية الحسن"_s);
        box(u"allPages"_s)->click();
        QTRY_VERIFY(box(u"grant-70055"_s));
        box(u"grant-70055"_s)->click();
        button(u"savePerson"_s)->click();
        QTRY_VERIFY(m_window->findChild<QLineEdit *>(u"inviteLink"_s)->isVisible());
        const QString link = m_window->findChild<QLineEdit *>(u"inviteLink"_s)->text();
        QVERIFY(Wire::pairingLinkFrom(link));
        verifyCode();
        // The relay of this test has no public address.
        QVERIFY(m_window->findChild<QLabel *>(u"inviteReach"_s)->isVisible());
        static const QRegularExpression left(u"another (9:[0-5][0-9]|10:00) minutes"_s);
        QVERIFY(said(u"inviteTime"_s).contains(left));
        button(u"copyInvite"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), link);
        m_other = std::make_unique<TestDesk>(m_world->folder() + u"/other"_s);
        QVERIFY(m_other->start());
        PAGEDESK_SUCCEEDS(m_other->pair(link));
        QVERIFY(m_other->waitFor(ConnectionState::Live));
        QTRY_COMPARE(pagesOf(*m_other), QStringList{u"70055"_s});
        button(u"inviteDone"_s)->click();
        QVERIFY(m_window->findChild<QLineEdit *>(u"inviteLink"_s)->text().isEmpty());
        QTRY_VERIFY(list()->item(1)->text().contains(u"Agent · Harbour Bikes · 1 device"_s));
    }

    void anInviteIsTakenBack()
    {
        open(*m_desk);
        button(u"invitePerson"_s)->click();
        type(u"personName"_s, u"Bo"_s);
        button(u"savePerson"_s)->click();
        QTRY_VERIFY(m_window->findChild<QLineEdit *>(u"inviteLink"_s)->isVisible());
        const QString link = m_window->findChild<QLineEdit *>(u"inviteLink"_s)->text();
        button(u"cancelInvite"_s)->click();
        QTRY_VERIFY(!m_window->findChild<QLineEdit *>(u"inviteLink"_s)->isVisible());
        TestDesk late(m_world->folder() + u"/late"_s);
        QVERIFY(late.start());
        QVERIFY(!late.pair(link));
    }

    // The Page's rows and files leave the other desktop while it looks at them.
    void aPageTakenAwayLeavesTheDesktop()
    {
        m_other = join(u"Bo"_s, u"agent"_s);
        QVERIFY(m_other);
        m_world->customerWrites(u"6041"_s, u"Are you open?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(conversations(*m_other), 1, 20'000);
        open(*m_desk);
        choose(u"Bo"_s);
        box(u"allPages"_s)->click();
        box(u"grant-70055"_s)->click();
        button(u"savePerson"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(conversations(*m_other), 0, 20'000);
        QCOMPARE(pagesOf(*m_other), QStringList{u"70055"_s});
        QVERIFY(m_other->waitFor(ConnectionState::Live));
        QTRY_VERIFY(box(u"grant-70055"_s)->isChecked());
        box(u"allPages"_s)->click();
        button(u"savePerson"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(conversations(*m_other), 1, 20'000);
    }

    void revokingAsksInALineAndIsFelt()
    {
        m_other = join(u"Bo"_s, u"agent"_s);
        QVERIFY(m_other);
        open(*m_desk);
        choose(u"Bo"_s);
        const QString name = u"revoke-"_s + deviceOf(u"Bo"_s);
        button(name)->click();
        QVERIFY(button(name + u"-yes"_s)->isVisible());
        button(name + u"-no"_s)->click();
        QVERIFY(!button(name + u"-yes"_s)->isVisible());
        QCOMPARE(m_other->session.status().state, ConnectionState::Live);
        button(name)->click();
        button(name + u"-yes"_s)->click();
        QVERIFY(m_other->waitFor(ConnectionState::Refused, 5'000));
        QCOMPARE(m_other->session.status().error->kind, Error::Kind::Unauthorized);
        QTRY_VERIFY(list()->item(1)->text().contains(u"not here yet"_s));
        // What the device still has can be removed.
        PAGEDESK_SUCCEEDS(await(m_other->session.forget()));
        QCOMPARE(m_other->session.status().state, ConnectionState::Unpaired);
        QCOMPARE(conversations(*m_other), 0);
        const QDir profile(m_world->folder() + u"/Bo"_s);
        QVERIFY(!profile.exists(u"identity.json"_s));
        QVERIFY(!await(m_other->tokens.load()));
        // And it can come back.
        PAGEDESK_SUCCEEDS(m_other->pair(m_world->invite(u"Bo again"_s)));
        QVERIFY(m_other->waitFor(ConnectionState::Live));
    }

    void teams()
    {
        open(*m_desk);
        QTRY_COMPARE(list()->count(), 1);
        button(u"newTeam"_s)->click();
        type(u"teamName"_s, u"Day & <b>night</b>"_s);
        m_window->findChildren<QCheckBox *>(QRegularExpression(u"^member-"_s))
            .constFirst()
            ->click();
        button(u"saveTeam"_s)->click();
        QTRY_COMPARE(list()->count(), 2);
        QVERIFY(list()->item(1)->text().startsWith(u"Day & <b>night</b>\n"_s));
        QVERIFY(list()->item(0)->text().contains(u"night"_s));
        list()->setCurrentRow(1);
        button(u"removeTeam"_s)->click();
        button(u"removeTeam-yes"_s)->click();
        QTRY_COMPARE(list()->count(), 1);
    }

    void whatIsTypedSurvivesTheList()
    {
        open(*m_desk);
        button(u"invitePerson"_s)->click(); // before the list is here
        type(u"personName"_s, u"Bo Ber"_s);
        m_window->findChild<QComboBox *>(u"personRole"_s)->setCurrentIndex(1);
        QTRY_COMPARE(list()->count(), 1);
        QCOMPARE(typed(u"personName"_s), u"Bo Ber"_s);
        QCOMPARE(m_window->findChild<QComboBox *>(u"personRole"_s)->currentIndex(), 1);
        QVERIFY(button(u"savePerson"_s)->isEnabled());
        // What was used is not there for the next one.
        button(u"savePerson"_s)->click();
        QTRY_VERIFY(m_window->findChild<QLineEdit *>(u"inviteLink"_s)->isVisible());
        button(u"invitePerson"_s)->click();
        QCOMPARE(typed(u"personName"_s), QString());
        button(u"newTeam"_s)->click();
        type(u"teamName"_s, u"Night shi"_s);
        button(u"invitePerson"_s)->click();
        button(u"newTeam"_s)->click();
        QCOMPARE(typed(u"teamName"_s), u"Night shi"_s);
    }

    void whatIsTypedSurvivesARefresh()
    {
        m_other = join(u"Bo"_s, u"agent"_s);
        QVERIFY(m_other);
        open(*m_desk);
        choose(u"Bo"_s);
        QTRY_VERIFY(box(u"grant-70055"_s));
        box(u"allPages"_s)->click();
        box(u"grant-70055"_s)->click();
        type(u"personName"_s, u"Bo Berg"_s);
        const QString name = u"revoke-"_s + deviceOf(u"Bo"_s);
        button(name)->click();
        button(name + u"-yes"_s)->click();
        QTRY_VERIFY(list()->item(1)->text().contains(u"not here yet"_s));
        QCOMPARE(typed(u"personName"_s), u"Bo Berg"_s);
        QVERIFY(!box(u"allPages"_s)->isChecked());
        QVERIFY(box(u"grant-70055"_s)->isChecked());
        // Nothing of it is said of anybody else.
        list()->setCurrentRow(0);
        QCOMPARE(typed(u"personName"_s), u"Ada"_s);
        list()->setCurrentRow(1);
        QCOMPARE(typed(u"personName"_s), u"Bo"_s);
    }

    void whatIsGoneMeanwhileIsTold()
    {
        m_other = join(u"Bo"_s, u"agent"_s);
        QVERIFY(m_other);
        open(*m_desk);
        choose(u"Bo"_s);
        type(u"personName"_s, u"Bo Berg"_s);
        const auto all = await(m_desk->people.list());
        QVERIFY(all);
        PAGEDESK_SUCCEEDS(await(m_desk->people.revoke(all->people.at(1).person.id)));
        button(u"savePerson"_s)->click();
        QTRY_VERIFY(said(u"peopleProblem"_s).startsWith(u"Bo was removed from the workspace"_s));
        QCOMPARE(typed(u"personName"_s), u"Ada"_s);
        button(u"newTeam"_s)->click();
        QCOMPARE(said(u"peopleProblem"_s), QString());
        type(u"teamName"_s, u"Night"_s);
        button(u"saveTeam"_s)->click();
        QTRY_COMPARE(list()->count(), 2);
        QVERIFY(button(u"removeTeam"_s)->isVisible()); // it is the one that was made
        const auto teams = await(m_desk->people.list());
        QVERIFY(teams && teams->teams.size() == 1);
        PAGEDESK_SUCCEEDS(await(m_desk->people.removeTeam(teams->teams.first().team.id)));
        type(u"teamName"_s, u"Late night"_s);
        button(u"saveTeam"_s)->click();
        QTRY_VERIFY(said(u"peopleProblem"_s).startsWith(u"The team Night was removed"_s));
        QCOMPARE(list()->count(), 1);
        QCOMPARE(await(m_desk->people.list())->teams.size(), 0);
    }

    void theLastAdminIsToldWhy()
    {
        open(*m_desk);
        QTRY_VERIFY(m_window->findChild<QPushButton *>(u"leave"_s));
        button(u"leave"_s)->click();
        button(u"leave-yes"_s)->click();
        QTRY_VERIFY(said(u"peopleProblem"_s).contains(u"needs an admin"_s));
        QCOMPARE(m_desk->session.status().state, ConnectionState::Live);
    }

    void whoIsNoAdminLooksAfterThemselves()
    {
        m_other = join(u"Bo"_s, u"agent"_s);
        QVERIFY(m_other);
        open(*m_other);
        QTRY_VERIFY(m_window->findChild<QPushButton *>(u"leave"_s));
        QVERIFY(!list()->isVisible());
        QVERIFY(!m_window->findChild<QComboBox *>(u"personRole"_s)->isVisible());
        type(u"personName"_s, u"Bo Berg"_s);
        button(u"savePerson"_s)->click();
        QTRY_COMPARE(m_other->session.self().name, u"Bo Berg"_s);
        button(u"pairMore"_s)->click();
        QTRY_VERIFY(m_window->findChild<QLineEdit *>(u"inviteLink"_s)->isVisible());
        button(u"inviteDone"_s)->click();
        QTRY_VERIFY(m_window->findChild<QPushButton *>(u"leave"_s)->isVisible());
        button(u"leave"_s)->click();
        button(u"leave-yes"_s)->click();
        QVERIFY(m_other->waitFor(ConnectionState::Unpaired));
        QTRY_VERIFY(!m_window->isVisible());
    }

    void words()
    {
        Wire::DeviceEntry device;
        QCOMPARE(Ui::lastSeenWords(device, 1), u"not seen yet"_s);
        device.connected = true;
        QCOMPARE(Ui::lastSeenWords(device, 1), u"on line now"_s);
        Wire::PersonEntry person;
        person.grant.all = false;
        QCOMPARE(Ui::pagesWords(person, {}, {}), u"No Page yet"_s);
        person.person.role = Role::Admin;
        QCOMPARE(Ui::pagesWords(person, {}, {}), u"All Pages"_s);
    }

private:
    std::unique_ptr<TestDesk> join(const QString &name, const QString &role)
    {
        auto desk = std::make_unique<TestDesk>(m_world->folder() + u'/' + name);
        if (!desk->start() || !desk->pair(m_world->invite(name, role))
            || !desk->waitFor(ConnectionState::Live))
            return nullptr;
        return desk;
    }
    void open(TestDesk &desk)
    {
        m_window = std::make_unique<Ui::PeopleWindow>(
            *m_theme, desk.people, desk.session, desk.conversations, m_clock);
        m_window->setAttribute(Qt::WA_DeleteOnClose, false);
        m_window->show();
    }
    void choose(const QString &name)
    {
        QTRY_VERIFY(!list()->findItems(name, Qt::MatchStartsWith).isEmpty());
        list()->setCurrentItem(list()->findItems(name, Qt::MatchStartsWith).first());
        QTRY_COMPARE(m_window->findChild<QLineEdit *>(u"personName"_s)->text(), name);
    }
    // A finder pattern in three corners, dark on light, and light all around.
    void verifyCode()
    {
        auto *code = m_window->findChild<Ui::QrCode *>();
        QVERIFY(code->side() >= 21);
        const auto finder = [code](int column, int row) {
            bool fits = true;
            for (int i = 0; i < 7; ++i)
                fits = fits && code->isDark(column + i, row) && code->isDark(column, row + i);
            return fits && !code->isDark(column + 1, row + 1) && code->isDark(column + 3, row + 3);
        };
        const int far = code->side() - 7;
        QVERIFY(finder(0, 0) && finder(far, 0) && finder(0, far) && !finder(far, far));
        const QImage image = code->grab().toImage();
        QCOMPARE(image.pixelColor(0, 0), QColor(Qt::white));
        QCOMPARE(image.pixelColor(image.width() / (code->side() + 8) * 4 + 1,
                     image.height() / (code->side() + 8) * 4 + 1),
            QColor(Qt::black));
    }
    QString deviceOf(const QString &name)
    {
        const auto all = await(m_desk->people.list());
        for (const Wire::PersonEntry &person : all.value_or(Wire::Workforce{}).people) {
            if (person.person.name == name && !person.devices.isEmpty())
                return person.devices.first().id.value;
        }
        return {};
    }
    static qsizetype conversations(TestDesk &desk)
    {
        return await(desk.conversations.all()).value_or(QList<Conversation>()).size();
    }
    static QStringList pagesOf(TestDesk &desk)
    {
        QStringList ids;
        for (const Page &page : await(desk.conversations.pages()).value_or(QList<Page>()))
            ids.append(page.id.value);
        return ids;
    }
    QListWidget *list() { return m_window->findChild<QListWidget *>(u"peopleList"_s); }
    QPushButton *button(const QString &name)
    {
        auto *found = m_window->findChild<QPushButton *>(name);
        return found ? found : &m_missing;
    }
    QCheckBox *box(const QString &name) { return m_window->findChild<QCheckBox *>(name); }
    void type(const QString &name, const QString &text)
    {
        m_window->findChild<QLineEdit *>(name)->setText(text);
    }
    QString typed(const QString &name) { return m_window->findChild<QLineEdit *>(name)->text(); }
    QString said(const QString &name) { return m_window->findChild<QLabel *>(name)->text(); }

    std::unique_ptr<World> m_world;
    std::unique_ptr<TestDesk> m_desk;
    std::unique_ptr<TestDesk> m_other;
    std::unique_ptr<Ui::ThemeProvider> m_theme;
    std::unique_ptr<Ui::PeopleWindow> m_window;
    QPushButton m_missing; // pressing it does nothing, and what follows fails
    SystemClock m_clock;
};

QTEST_MAIN(TestPeopleWindow)
#include "tst_peoplewindow.moc"
