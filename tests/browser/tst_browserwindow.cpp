// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/addressbar.h"
#include "app/browser/browserwindow.h"
#include "app/browser/glyphs.h"
#include "app/browser/noticebar.h"
#include "tests/browser/browserrun.h"
#include "tests/browser/dialogsite.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWebEngineView>

#include <cmath>
#include <functional>

using namespace Pagedesk::Browser;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Dialog = u"/dialog"_s;
const QString Callback = u"/oauth/callback"_s;
constexpr int DeadlineMs = 60'000;
constexpr int AgainMs = 6'000; // a page that is drawn without a graphics card takes its time

// A link that covers the page, and what it is a link to.
QByteArray wholeLink(const QByteArray &attributes)
{
    return "<a style='position:fixed;inset:0' " + attributes + ">go</a>";
}

} // namespace

// The window around the page, in this process: what it shows, and what its buttons do.
class TestBrowserWindow : public QObject {
    Q_OBJECT

public:
    static void initMain() { preparePages(); }

private Q_SLOTS:
    void init();
    void cleanup();
    void showsWhereThePageComesFrom();
    void namesNoPageThatIsNotThere_data();
    void namesNoPageThatIsNotThere();
    void saysThatNothingIsThere();
    void addressesGiveWayInTheMiddle();
    void saysHowThePageCame_data();
    void saysHowThePageCame();
    void aPageCannotNameTheWindow();
    void offersForeignPages();
    void linksForOtherWindowsStayHere();
    void handsOverNoFile();
    void goesBack();
    void triesAgain();
    void closesAfterTheReturn();
    void goesBackToPagedeskAtOnce();
    void leavesForTheSystemBrowser();
    void cancels();
    void canBeReadInLightAndDark();

private:
    void open();
    template <typename Widget> Widget *find(const QString &name) const
    {
        return m_window->findChild<Widget *>(name);
    }
    bool clickUntil(const std::function<bool()> &condition);
    bool clickUntilTold(const QString &word)
    {
        return clickUntil([&] { return sentence().contains(word); });
    }
    QString sentence() const { return m_window->findChild<NoticeBar *>()->sentence(); }
    AddressBar *address() const { return m_window->findChild<AddressBar *>(); }
    QPushButton *noticeButton() const { return find<QPushButton>(u"noticeButton"_s); }

    std::unique_ptr<DialogSite> m_site;
    std::unique_ptr<BrowserWindow> m_window;
};

void TestBrowserWindow::init()
{
    m_site = std::make_unique<DialogSite>();
    m_site->add(Dialog, {"<h1>Log in</h1>"});
    m_site->add(Callback, {"<h1>Connected</h1>"});
    m_window = std::make_unique<BrowserWindow>(
        SiteRules(m_site->url(Dialog, u"state=canary"_s), m_site->url(Callback)));
}

void TestBrowserWindow::cleanup()
{
    m_window.reset();
    m_site.reset();
}

void TestBrowserWindow::open()
{
    QSignalSpy loaded(m_window->findChild<QWebEngineView *>(), &QWebEngineView::loadFinished);
    m_window->start();
    QVERIFY(loaded.wait(DeadlineMs));
}

// In the middle of the page, as a person does: again, when nothing has come of it. Chromium drops
// clicks until it has drawn.
bool TestBrowserWindow::clickUntil(const std::function<bool()> &condition)
{
    auto *view = m_window->findChild<QWebEngineView *>();
    QElapsedTimer since;
    return QTest::qWaitFor(
        [&] {
            if (condition())
                return true;
            if (!view->focusProxy() || (since.isValid() && !since.hasExpired(AgainMs)))
                return false;
            QTest::mouseClick(view->focusProxy(), Qt::LeftButton, {}, view->rect().center());
            since.start();
            return condition();
        },
        DeadlineMs);
}

void TestBrowserWindow::showsWhereThePageComesFrom()
{
    QSignalSpy opened(m_window.get(), &BrowserWindow::opened);
    QSignalSpy hosts(m_window.get(), &BrowserWindow::hostChanged);
    open();
    QCOMPARE(opened.size(), 1);
    QCOMPARE(hosts.size(), 1);
    QCOMPARE(hosts.at(0).at(0).toString(), u"127.0.0.1"_s);
    QCOMPARE(address()->text(), m_site->url(Dialog).toString()); // without the query
    QCOMPARE(address()->stateWords(), u"Not encrypted (this computer)"_s);
    QVERIFY(address()->accessibleName().contains(u"127.0.0.1"_s));
    QCOMPARE(sentence(), QString());
}

void TestBrowserWindow::namesNoPageThatIsNotThere_data()
{
    QTest::addColumn<bool>("isGone");
    QTest::newRow("it does not answer") << false;
    QTest::newRow("it is out of reach") << true;
}

// While another page is on its way, and when it does not come.
void TestBrowserWindow::namesNoPageThatIsNotThere()
{
    QFETCH(const bool, isGone);
    auto other = std::make_unique<DialogSite>();
    other->add(u"/next"_s, {{}, 0});
    const QUrl next = other->url(u"/next"_s);
    if (isGone)
        other.reset();
    m_site->add(Dialog, {wholeLink("href='" + next.toEncoded() + "'")});
    open();
    QVERIFY(
        clickUntil([&] { return isGone ? !sentence().isEmpty() : other->visits(u"/next"_s) > 0; }));
    QString text;
    m_window->findChild<QWebEngineView *>()->page()->toPlainText(
        [&text](const QString &shown) { text = u"page: "_s + shown; });
    QTRY_VERIFY_WITH_TIMEOUT(!text.isEmpty(), DeadlineMs);
    QCOMPARE(text, u"page: go"_s); // the one before is still shown
    QCOMPARE(address()->text(), m_site->url(Dialog).toString());
    QCOMPARE(address()->stateWords(), u"Not encrypted (this computer)"_s);
}

void TestBrowserWindow::saysThatNothingIsThere()
{
    m_site->add(Dialog, {{}, 0});
    m_window->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_site->visits(Dialog), 1, DeadlineMs);
    QCOMPARE(address()->stateWords(), u"Connecting"_s);
    m_site.reset();
    QTRY_COMPARE_WITH_TIMEOUT(address()->stateWords(), u"Not shown"_s, DeadlineMs);
    QVERIFY(sentence().contains(u"cannot be reached"_s));
}

void TestBrowserWindow::addressesGiveWayInTheMiddle()
{
    AddressBar bar;
    bar.resize(420, bar.sizeHint().height());
    bar.show(QUrl(u"https://www.facebook.com/begin/"_s + QString(300, u'x') + u"/last"_s),
        AddressBar::State::Encrypted);
    QVERIFY(bar.drawnText().startsWith(u"https://www.facebook.com/"_s));
    QVERIFY(bar.drawnText().endsWith(u"ast"_s));
    QVERIFY(bar.drawnText().contains(u'…'));
    // Of a host that is too long its end counts: there stands whose it is.
    bar.show(QUrl(u"https://"_s + QString(u"facebook.com."_s).repeated(12) + u"evil.example/x"_s),
        AddressBar::State::Encrypted);
    QVERIFY(bar.drawnText().endsWith(u"evil.example"_s));
    QVERIFY(!bar.drawnText().contains(u"https://facebook.com"_s));
}

void TestBrowserWindow::saysHowThePageCame_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<AddressBar::State>("state");
    QTest::newRow("https") << u"https://www.facebook.com/"_s << AddressBar::State::Encrypted;
    QTest::newRow("http") << u"http://localhost/"_s << AddressBar::State::ThisComputer;
}

void TestBrowserWindow::saysHowThePageCame()
{
    QFETCH(const QString, url);
    QTEST(AddressBar::stateOf(QUrl(url)), "state");
}

void TestBrowserWindow::aPageCannotNameTheWindow()
{
    m_site->addScript(Dialog,
        "document.title = 'https://www.facebook.com/ canary'.repeat(50000);"
        "history.replaceState({}, '', '/dialog/' + 'canary'.repeat(20000));");
    QSignalSpy titled(m_window->findChild<QWebEngineView *>(), &QWebEngineView::titleChanged);
    open();
    QTRY_VERIFY_WITH_TIMEOUT(!titled.isEmpty(), DeadlineMs);
    QTRY_VERIFY_WITH_TIMEOUT(address()->text().contains(u"canary"_s), DeadlineMs);
    QCOMPARE(m_window->windowTitle(), u"Connect a Page"_s);
    QVERIFY(address()->text().size() < 700);
    QVERIFY(m_window->width() < 1000);
    QVERIFY(m_window->minimumSizeHint().width() < 800);
    for (const QLabel *label : m_window->findChildren<QLabel *>())
        QVERIFY(!label->text().contains(u"canary"_s));
}

void TestBrowserWindow::offersForeignPages()
{
    m_site->add(Dialog, {wholeLink("href='https://help.example/a?b=c'")});
    QSignalSpy wanted(m_window.get(), &BrowserWindow::elsewhereWanted);
    open();
    QVERIFY(clickUntilTold(u"help.example"_s));
    QVERIFY(wanted.isEmpty()); // not before it is asked for
    QCOMPARE(noticeButton()->text(), u"Open in the system browser"_s);
    noticeButton()->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toUrl(), QUrl(u"https://help.example/a?b=c"_s));
    QCOMPARE(sentence(), QString());
    QCOMPARE(address()->text(), m_site->url(Dialog).toString());
}

void TestBrowserWindow::linksForOtherWindowsStayHere()
{
    m_site->add(Dialog, {wholeLink("target=_blank href='/next'")});
    m_site->add(u"/next"_s, {wholeLink("target=_blank href='https://help.example/'")});
    open();
    const auto windows = QApplication::topLevelWidgets().size();
    QVERIFY(clickUntil([this] { return address()->text() == m_site->url(u"/next"_s).toString(); }));
    QVERIFY(clickUntilTold(u"help.example"_s));
    QCOMPARE(QApplication::topLevelWidgets().size(), windows);
}

void TestBrowserWindow::handsOverNoFile()
{
    m_site->add(
        Dialog, {"<input type=file style='position:fixed;inset:0;width:100%;height:100%'>"});
    QSignalSpy blocked(m_window.get(), &BrowserWindow::blocked);
    open();
    const auto windows = QApplication::topLevelWidgets().size();
    QVERIFY(clickUntilTold(u"file"_s));
    QVERIFY(!blocked.isEmpty());
    QCOMPARE(QApplication::topLevelWidgets().size(), windows);
    QVERIFY(!m_window->findChild<QWebEngineView *>()->acceptDrops());
}

void TestBrowserWindow::goesBack()
{
    m_site->add(Dialog, {wholeLink("href='/next'")});
    m_site->add(u"/next"_s, {"<h1>Next</h1>"});
    open();
    QVERIFY(!find<QToolButton>(u"back"_s)->isEnabled());
    QVERIFY(clickUntil([this] { return find<QToolButton>(u"back"_s)->isEnabled(); }));
    find<QToolButton>(u"back"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(address()->text(), m_site->url(Dialog).toString(), DeadlineMs);
}

void TestBrowserWindow::triesAgain()
{
    m_site->add(Dialog, {{}, 503});
    QSignalSpy failed(m_window.get(), &BrowserWindow::loadFailed);
    open();
    QTRY_VERIFY_WITH_TIMEOUT(sentence().contains(u"503"_s), DeadlineMs);
    QCOMPARE(failed.at(0).at(1).toString(), u"http"_s);
    m_site->add(Dialog, {"<h1>Log in</h1>"});
    QCOMPARE(noticeButton()->text(), u"Try again"_s);
    noticeButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_site->visits(Dialog), 2, DeadlineMs);
    QCOMPARE(sentence(), QString());
}

void TestBrowserWindow::closesAfterTheReturn()
{
    m_site->add(Dialog, {{}, 302, "Location: /oauth/callback?code=canary\r\n"});
    m_window->setStay(300ms);
    QSignalSpy returned(m_window.get(), &BrowserWindow::returned);
    QSignalSpy closed(m_window.get(), &BrowserWindow::closed);
    open();
    QTRY_COMPARE_WITH_TIMEOUT(returned.size(), 1, DeadlineMs);
    QVERIFY(sentence().contains(u"closes by itself"_s));
    QCOMPARE(address()->text(), m_site->url(Callback).toString());
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, DeadlineMs);
    QVERIFY(!m_window->isVisible());
    QCOMPARE(returned.size(), 1);
}

void TestBrowserWindow::goesBackToPagedeskAtOnce()
{
    m_site->add(Dialog, {wholeLink("href='/oauth/callback?code=canary'")});
    m_window->setStay(1h);
    QSignalSpy returned(m_window.get(), &BrowserWindow::returned);
    QSignalSpy closed(m_window.get(), &BrowserWindow::closed);
    open();
    QVERIFY(clickUntil([&] { return !returned.isEmpty(); }));
    QVERIFY(closed.isEmpty());
    QCOMPARE(noticeButton()->text(), u"Back to Pagedesk"_s);
    noticeButton()->click();
    QCOMPARE(closed.size(), 1);
}

void TestBrowserWindow::leavesForTheSystemBrowser()
{
    QStringList order;
    connect(m_window.get(), &BrowserWindow::systemBrowserWanted, this,
        [&order] { order += u"system"_s; });
    connect(m_window.get(), &BrowserWindow::closed, this, [&order] { order += u"closed"_s; });
    open();
    find<QPushButton>(u"systemBrowser"_s)->click();
    QCOMPARE(order, (QStringList{u"system"_s, u"closed"_s}));
}

void TestBrowserWindow::cancels()
{
    QSignalSpy closed(m_window.get(), &BrowserWindow::closed);
    open();
    QTest::mouseClick(find<QPushButton>(u"cancel"_s), Qt::LeftButton);
    QCOMPARE(closed.size(), 1);
    QVERIFY(!m_window->isVisible());
}

void TestBrowserWindow::canBeReadInLightAndDark()
{
    const auto contrast = [](const QColor &a, const QColor &b) {
        const auto light = [](const QColor &colour) {
            const auto part = [](float value) {
                return value <= 0.04045F ? value / 12.92F
                                         : std::pow((value + 0.055F) / 1.055F, 2.4F);
            };
            return 0.2126F * part(colour.redF()) + 0.7152F * part(colour.greenF())
                + 0.0722F * part(colour.blueF());
        };
        const float x = light(a);
        const float y = light(b);
        return (std::max(x, y) + 0.05F) / (std::min(x, y) + 0.05F);
    };
    for (const QColor &ground :
        {QColor(0xffffff), QColor(0xefefef), QColor(0x1b1e20), QColor(0x2a2e32)}) {
        QPalette palette;
        palette.setColor(QPalette::Base, ground);
        QVERIFY(contrast(goodColour(palette), ground) >= 4.5F);
        QVERIFY(contrast(warnColour(palette), ground) >= 4.5F);
        QVERIFY(contrast(linkColour(palette), ground) >= 4.5F);
    }
}

QTEST_MAIN(TestBrowserWindow)
#include "tst_browserwindow.moc"
