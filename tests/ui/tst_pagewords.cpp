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
        const QString warning = pageWarning(page);
        QCOMPARE(warning.isEmpty(), contains.isEmpty());
        QVERIFY2(warning.contains(contains), qPrintable(warning));
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
