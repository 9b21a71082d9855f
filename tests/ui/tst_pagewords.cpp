// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/pagelistmodel.h"
#include "ui/inbox/navbutton.h"
#include "ui/inbox/pagewords.h"
#include "ui/inbox/rail.h"
#include "ui/theme/themeprovider.h"

#include <QApplication>
#include <QLocale>
#include <QMenu>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 Now = 1'793'801'340'000; // 2026-11-04 14:09:00 UTC
constexpr qint64 Minute = 60'000;

Page wellPage()
{
    Page page{{u"7"_s}, u"Bakery"_s, u"#336699"_s};
    page.health.history = HistoryState::Done;
    page.health.completeSince = Now - 90 * 24 * 60 * Minute;
    page.health.verifiedAt = Now - 12 * Minute;
    return page;
}

} // namespace

// What the window says about a Page: nothing while all is well, unless it is asked.
class TestPageWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

    void warnings_data()
    {
        QTest::addColumn<Page>("page");
        QTest::addColumn<QString>("contains");
        QTest::newRow("all is well") << wellPage() << QString();
        Page page = wellPage();
        page.state = PageState::NeedsLogin;
        page.health.history = HistoryState::Stopped;
        QTest::newRow("login") << page << u"lost its login"_s;
        page = wellPage();
        page.health.subscribed = false;
        QTest::newRow("webhooks") << page << u"does not deliver"_s;
        page.health.subscriptionProblem = u"no permission"_s;
        QTest::newRow("webhooks, why") << page << u"no permission"_s;
        page = wellPage();
        page.health.history = HistoryState::Stopped;
        page.health.historyProblem = u"code 10"_s;
        QTest::newRow("history") << page << u"has stopped: code 10."_s;
        page = wellPage();
        page.health.history = HistoryState::Running;
        page.health.gaps = 3;
        QTest::newRow("progress and gaps are no alarm") << page << QString();
        page = wellPage();
        page.health.policyAction = u"block"_s;
        page.health.policyReason = u"Spam <b>"_s;
        QTest::newRow("restricted") << page << u"restricted the Page: Spam <b>"_s;
    }
    void warnings()
    {
        QFETCH(Page, page);
        QFETCH(QString, contains);
        const QString warning = pageWarning(page, Now, true);
        QCOMPARE(warning.isEmpty(), contains.isEmpty());
        QVERIFY2(warning.contains(contains), qPrintable(warning));
    }

    // What is wrong, why and what to do; agents are told whom to ask.
    void careIsSaid_data()
    {
        constexpr qint64 Day = 24 * 60 * Minute;
        QTest::addColumn<Page>("page");
        QTest::addColumn<bool>("isWrong");
        QTest::addColumn<QString>("says");
        QTest::addColumn<QString>("advises");
        const auto dead = [](TokenProblem problem) {
            Page page = wellPage();
            page.state = PageState::NeedsLogin;
            page.health.care.token = problem;
            return page;
        };
        QTest::newRow("app removed") << dead(TokenProblem::AppRemoved) << true
                                     << u"has removed the app"_s << u"Connect the Page again."_s;
        QTest::newRow("checkpoint")
            << dead(TokenProblem::Checkpoint) << true << u"has to confirm"_s << u"facebook.com"_s;
        QTest::newRow("password") << dead(TokenProblem::PasswordChanged) << true << u"password"_s
                                  << u"Connect"_s;
        QTest::newRow("expired") << dead(TokenProblem::Expired) << true << u"has expired"_s
                                 << u"Connect"_s;
        QTest::newRow("role lost")
            << dead(TokenProblem::RoleLost) << true << u"no role"_s << u"Somebody who has a role"_s;
        QTest::newRow("unreadable")
            << dead(TokenProblem::Unreadable) << true << u"master key"_s << u"old master key"_s;
        Page page = wellPage();
        page.health.care.missingPermissions = {u"pages_messaging"_s};
        QTest::newRow("receive only")
            << page << true << u"receives messages and may not answer"_s << u"allow"_s;
        page.health.care.missingPermissions = {u"pages_read_engagement"_s};
        QTest::newRow("another permission")
            << page << true << u"lost permissions at Facebook: pages_read_engagement"_s
            << u"allow"_s;
        page = wellPage();
        page.health.care.missingFields = {u"message_reads"_s};
        QTest::newRow("fields") << page << true << u"message_reads is missing"_s
                                << u"ordered again"_s;
        page = wellPage();
        page.health.care.tokenExpiresAt = Now + 13 * Day;
        QTest::newRow("token soon") << page << false << u"in 13 days"_s << u"before then"_s;
        page.health.care.tokenExpiresAt = Now + 2 * Day;
        QTest::newRow("token very soon") << page << false << u"in 2 days"_s << u"before then"_s;
        page.health.care.tokenExpiresAt = Now - Day;
        QTest::newRow("token over") << page << true << u"has ended"_s << u"Connect"_s;
        page = wellPage();
        page.health.care.dataAccessExpiresAt = Now + 10 * Day;
        QTest::newRow("data access") << page << false << u"stops giving data"_s << u"connects"_s;
        page = wellPage();
        page.health.care.versionEndsAt = Now + 10 * Day;
        QTest::newRow("version") << page << false << u"ends the version"_s << u"newer Pagedesk"_s;
        page = wellPage();
        page.health.care.roleOnlyAt = Now - Day;
        QTest::newRow("development mode")
            << page << false << u"development mode"_s << u"switch the app to live"_s;
    }
    void careIsSaid()
    {
        QFETCH(const Page, page);
        QFETCH(const bool, isWrong);
        QFETCH(const QString, says);
        QFETCH(const QString, advises);
        const QString told = pageWarning(page, Now, true);
        QVERIFY2(told.contains(says) && told.contains(advises), qPrintable(told));
        const QString agent = pageWarning(page, Now, false);
        QCOMPARE(agent.isEmpty(), !isWrong);
        QVERIFY2(!isWrong || agent.endsWith(u"Ask an admin."_s), qPrintable(agent));
        QVERIFY2(!agent.contains(advises), qPrintable(agent));
    }

    void details()
    {
        const QString well = pageDetail(wellPage(), Now);
        QCOMPARE(well.count(u'\n'), 1);
        QVERIFY2(well.contains(u"Complete since"), qPrintable(well));
        QVERIFY2(well.contains(u"Compared with Facebook 12 min ago."), qPrintable(well));
        Page page = wellPage();
        page.health.history = HistoryState::Running;
        page.health.historyConversations = 75;
        page.health.historyUnavailable = 13;
        page.health.gaps = 2;
        page.health.recovered = 30;
        page.health.delayed = 5;
        page.health.verifiedAt = 0;
        const QString detail = pageDetail(page, Now);
        for (const QString &part : {u"75 so far"_s, u"13 older messages"_s, u"2 gaps"_s,
                 u"30 messages"_s, u"5 events"_s, u"Not compared"_s})
            QVERIFY2(detail.contains(part), qPrintable(detail));
    }

    void theRailSaysIt()
    {
        const ThemeProvider theme(*qApp, ThemeProvider::Mode::Light);
        PageListModel pages;
        QMenu menu;
        Rail rail(theme, pages, menu);
        Page page = wellPage();
        pages.setPages({page});
        auto *button = rail.findChild<NavButton *>(u"page-7"_s);
        QVERIFY(button);
        QVERIFY(button->warning().isEmpty());
        QVERIFY2(button->toolTip().contains(u"Complete since"_s), qPrintable(button->toolTip()));
        QVERIFY(button->accessibleDescription().contains(u"Complete since"_s));
        page.health.subscribed = false;
        page.health.subscriptionProblem = u"<i>why</i>"_s;
        pages.setPages({page});
        QTRY_VERIFY(
            (button = rail.findChild<NavButton *>(u"page-7"_s)) && !button->warning().isEmpty());
        QVERIFY(!button->toolTip().contains(u"<i>"_s)); // shown as it is, not as markup
    }
};

QTEST_MAIN(TestPageWords)
#include "tst_pagewords.moc"
