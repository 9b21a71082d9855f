// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/clock.h"
#include "models/desk/pageconnections.h"
#include "tests/e2e/dialogbrowser.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"
#include "ui/admin/connectpages.h"
#include "ui/admin/pagechooser.h"
#include "ui/admin/stepstrip.h"
#include "ui/theme/themeprovider.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// Connecting Pages as an admin does it: the dialog's own buttons, a real relay, the sandbox's
// login.
class TestConnectPages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_world->relay.setEnvironment(u"PAGEDESK_APP_ID"_s, u"330011"_s);
        m_world->relay.setEnvironment(u"PAGEDESK_LOGIN_URL"_s, m_world->sandboxUrl({}).toString());
        QVERIFY2(m_world->startRelay() && m_world->startSandbox(), m_world->why().constData());
        m_desk = std::make_unique<TestDesk>(m_world->folder() + u"/desk"_s);
        QVERIFY(m_desk->start());
        PAGEDESK_SUCCEEDS(m_desk->pair(m_world->invite(u"Ada"_s, u"admin"_s)));
        QVERIFY(m_desk->waitFor(ConnectionState::Live));
        open();
    }
    void cleanup()
    {
        m_dialog.reset();
        m_connections.reset();
        m_theme.reset();
        m_desk.reset();
        m_world.reset();
    }

    void fromThePermissionsToTheFirstMessage()
    {
        QCOMPARE(steps()->step(), 0);
        const auto [url, back] = begin();
        QCOMPARE(steps()->step(), 1);
        logIn(url);
        QTRY_COMPARE_WITH_TIMEOUT(steps()->step(), 2, 20'000);
        QCheckBox *bakery = m_dialog->findChild<QCheckBox *>(u"page-70044"_s);
        QVERIFY(bakery && bakery->isEnabled() && bakery->isChecked());
        for (QCheckBox *other : m_dialog->findChildren<QCheckBox *>())
            other->setChecked(other == bakery);
        QCOMPARE(next()->text(), u"Connect 1 Page(s)"_s);
        next()->click();
        QTRY_VERIFY_WITH_TIMEOUT(steps()->step() >= 4, 20'000);
        m_world->customerWrites(u"6041"_s, u"Are you open?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(steps()->step(), 6, 30'000);
        QVERIFY(said(u"connectProgress"_s).contains(u"Everything works"_s));
    }

    void aCancelledLoginSaysSo()
    {
        const auto [url, back] = begin();
        DialogBrowser browser;
        browser.open(url);
        QVERIFY(browser.press(u"Cancel"_s));
        QTRY_VERIFY_WITH_TIMEOUT(said(u"connectProblem"_s).contains(u"was cancelled"_s), 20'000);
        QCOMPARE(steps()->step(), 0);
    }

    void aClosedWindowSaysSo()
    {
        begin();
        m_dialog->loginWindowClosed();
        QTRY_VERIFY_WITH_TIMEOUT(said(u"connectProblem"_s).contains(u"was closed"_s), 20'000);
        QCOMPARE(steps()->step(), 0);
    }

    // The window closes by itself a moment after it came back.
    void aWindowThatClosesAfterTheLoginDoesNoHarm()
    {
        const auto [url, back] = begin();
        logIn(url);
        m_dialog->loginWindowClosed();
        QTRY_COMPARE_WITH_TIMEOUT(steps()->step(), 2, 20'000);
    }

    void theSystemBrowserDoesItToo()
    {
        const auto [url, back] = begin();
        QSignalSpy over(m_dialog.get(), &Ui::ConnectPages::loginOver);
        QSignalSpy outside(m_dialog.get(), &Ui::ConnectPages::systemBrowserWanted);
        button(u"connectOther"_s)->click();
        QCOMPARE(over.size(), 1);
        QCOMPARE(outside.size(), 1);
        QCOMPARE(outside.first().first().toUrl(), url);
        m_dialog->loginWindowClosed(); // its own window is gone, which is no reason to give up
        logIn(url);
        QTRY_COMPARE_WITH_TIMEOUT(steps()->step(), 2, 20'000);
    }

    void withoutTheProgramTheSystemBrowserIsUsed()
    {
        const auto [url, back] = begin();
        QSignalSpy outside(m_dialog.get(), &Ui::ConnectPages::systemBrowserWanted);
        m_dialog->loginWindowFailed(u"There is no window for logins."_s);
        QCOMPARE(outside.size(), 1);
        QCOMPARE(said(u"connectProblem"_s), u"There is no window for logins."_s);
        logIn(url);
        QTRY_COMPARE_WITH_TIMEOUT(steps()->step(), 2, 20'000);
    }

    void aRelayThatIsGoneSaysSo()
    {
        m_world->relay.kill();
        next()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!said(u"connectProblem"_s).isEmpty(), 20'000);
        QCOMPARE(steps()->step(), 0);
    }

    void byHand()
    {
        button(u"connectOther"_s)->click();
        QVERIFY(!next()->isEnabled());
        const auto type = [this](const QString &name, const QString &text) {
            m_dialog->findChild<QLineEdit *>(name)->setText(text);
        };
        type(u"manualAppId"_s, u"330011"_s);
        type(u"manualAppSecret"_s, u"wrong"_s);
        type(u"manualToken"_s, u"sandbox-page-token-70044"_s);
        QVERIFY(next()->isEnabled());
        next()->click();
        QTRY_VERIFY_WITH_TIMEOUT(
            said(u"connectProblem"_s).contains(u"The App Secret is not the one"_s), 20'000);
        type(u"manualAppSecret"_s, QString::fromLatin1(World::AppSecret));
        next()->click();
        QTRY_VERIFY_WITH_TIMEOUT(steps()->step() >= 4, 20'000);
        QVERIFY(m_dialog->findChild<QLineEdit *>(u"manualToken"_s)->text().isEmpty());
    }

    void aLoginThatIsKnownNeedsNoNewOne()
    {
        const auto [url, back] = begin();
        logIn(url);
        QTRY_COMPARE_WITH_TIMEOUT(steps()->step(), 2, 20'000);
        open();
        const auto known = [this] {
            const QRegularExpression name(u"^login-"_s);
            return m_dialog->findChildren<QPushButton *>(name).value(0);
        };
        QTRY_VERIFY_WITH_TIMEOUT(known(), 20'000);
        known()->click();
        QTRY_COMPARE_WITH_TIMEOUT(steps()->step(), 2, 20'000);
    }

    // What cannot be connected says why, whatever a stranger has called it.
    void pagesThatCannotBeConnectedSayWhy()
    {
        Ui::PageChooser chooser(*m_theme);
        chooser.setPages(
            {{{u"1"_s}, u"<b>Bold</b> & Sons"_s, {}, false, PageObstacle::TaskMissing, {}},
                {{u"2"_s}, u"Fine"_s, u"Bakery"_s, false, PageObstacle::None, {}},
                {{u"3"_s}, u"Known"_s, {}, true, PageObstacle::None, {}}});
        QCOMPARE(chooser.chosen(), QList<PageId>{{u"2"_s}});
        const auto *refused = chooser.findChild<QCheckBox *>(u"page-1"_s);
        QVERIFY(!refused->isEnabled());
        QCOMPARE(refused->text(), u"<b>Bold</b> && Sons"_s);
        QVERIFY(refused->accessibleDescription().contains(u"may not answer messages"_s));
        for (const QLabel *label : chooser.findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }

private:
    void open()
    {
        m_dialog.reset();
        if (!m_theme)
            m_theme = std::make_unique<Ui::ThemeProvider>(*qApp, Ui::ThemeProvider::Mode::Light);
        m_connections = std::make_unique<PageConnections>();
        m_connections->setSource(
            m_world->relayUrl(), Secret(m_world->deviceToken(u"Ada"_s, u"admin"_s)));
        m_dialog = std::make_unique<Ui::ConnectPages>(
            *m_theme, *m_connections, m_desk->conversations, m_clock);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        m_dialog->QWidget::show();
    }
    // The address of the login, and where it ends.
    std::pair<QUrl, QUrl> begin()
    {
        QSignalSpy wanted(m_dialog.get(), &Ui::ConnectPages::loginWanted);
        next()->click();
        if (wanted.isEmpty() && !wanted.wait(20'000))
            return {};
        return {wanted.first().at(0).toUrl(), wanted.first().at(1).toUrl()};
    }
    static void logIn(const QUrl &url)
    {
        DialogBrowser browser;
        browser.open(url);
        browser.goThrough();
    }
    QPushButton *button(const QString &name) { return m_dialog->findChild<QPushButton *>(name); }
    QPushButton *next() { return button(u"connectNext"_s); }
    Ui::StepStrip *steps() { return m_dialog->findChild<Ui::StepStrip *>(); }
    QString said(const QString &name) { return m_dialog->findChild<QLabel *>(name)->text(); }

    std::unique_ptr<World> m_world;
    std::unique_ptr<TestDesk> m_desk;
    std::unique_ptr<Ui::ThemeProvider> m_theme;
    std::unique_ptr<PageConnections> m_connections;
    std::unique_ptr<Ui::ConnectPages> m_dialog;
    SystemClock m_clock;
};

QTEST_MAIN(TestConnectPages)
#include "tst_connectpages.moc"
