// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/browserwindow.h"
#include "app/browser/addressbar.h"
#include "app/browser/dialogview.h"
#include "app/browser/glyphs.h"
#include "app/browser/noticebar.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>
#include <QWebEngineHistory>
#include <QWebEngineLoadingInfo>

namespace Pagedesk::Browser {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto Stay = 6s;
constexpr int Edge = 8;
constexpr QSize FirstSize{760, 780};
// Numbers of Chromium's net_error_list.h.
constexpr int Aborted = -3; // another page was wanted meanwhile
constexpr int BlockedByUs = -20; // by the profile's gate
constexpr int NoAddress = -105;
constexpr int NoAddressNow = -137;

QString reasonOf(const QWebEngineLoadingInfo &info)
{
    const int code = info.errorCode();
    if (info.errorDomain() == QWebEngineLoadingInfo::HttpStatusCodeDomain)
        return u"http"_s;
    if (code == NoAddress || code == NoAddressNow)
        return u"dns"_s;
    if (code <= -200 && code > -300)
        return u"certificate"_s;
    return code <= -100 && code > -200 ? u"connection"_s : u"other"_s;
}

QToolButton *toolButton(const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

BrowserWindow::BrowserWindow(const SiteRules &rules)
    : m_rules(rules)
    , m_profile(rules)
    , m_view(new DialogView(this))
    , m_page(new DialogPage(rules, &m_profile, m_view))
    , m_address(new AddressBar(this))
    , m_notice(new NoticeBar(this))
    , m_progress(new QProgressBar(this))
{
    setWindowTitle(tr("Connect a Page"));
    resize(FirstSize);
    m_view->setPage(m_page);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(3);
    m_progress->setStyleSheet(u"QProgressBar { border: 0; background: transparent; } "
                              "QProgressBar::chunk { background: palette(highlight); }"_s);
    m_progress->setAccessibleName(tr("Progress of loading"));
    m_stay.setSingleShot(true);
    m_stay.setInterval(Stay);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(m_progress);
    column->addWidget(m_notice);
    column->addWidget(m_view, 1);
    column->addWidget(makeFoot());
    makeShortcuts();
    paintButtons();
    connect(&m_stay, &QTimer::timeout, this, &QWidget::close);
    connect(m_notice, &NoticeBar::chosen, this, &BrowserWindow::takeOffer);
    connectPage();
}

BrowserWindow::~BrowserWindow()
{
    delete m_view; // with its page, before the profile
}

void BrowserWindow::start()
{
    m_address->show(m_rules.dialog(), AddressBar::State::Waiting);
    m_page->load(m_rules.dialog());
    show();
    raise();
    activateWindow();
    m_view->setFocus();
    Q_EMIT opened();
}

QWidget *BrowserWindow::makeBar()
{
    auto *bar = new QWidget(this);
    m_back = toolButton(tr("Back"), bar);
    m_back->setObjectName(u"back"_s);
    m_reload = toolButton(tr("Reload"), bar);
    m_reload->setObjectName(u"reload"_s);
    m_back->setEnabled(false);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(Edge, Edge, Edge, Edge);
    row->setSpacing(Edge / 2);
    row->addWidget(m_back);
    row->addWidget(m_reload);
    row->addWidget(m_address, 1);
    connect(m_back, &QToolButton::clicked, this,
        [this] { m_page->triggerAction(QWebEnginePage::Back); });
    connect(m_reload, &QToolButton::clicked, this, [this] {
        m_page->triggerAction(m_isLoading ? QWebEnginePage::Stop : QWebEnginePage::Reload);
    });
    return bar;
}

QWidget *BrowserWindow::makeFoot()
{
    auto *foot = new QWidget(this);
    m_instead = new QPushButton(tr("Open in the system browser instead"), foot);
    m_instead->setObjectName(u"systemBrowser"_s);
    m_instead->setFlat(true);
    m_instead->setCursor(Qt::PointingHandCursor);
    m_cancel = new QPushButton(tr("Cancel"), foot);
    m_cancel->setObjectName(u"cancel"_s);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(Edge, Edge, Edge, Edge);
    row->addWidget(m_instead);
    row->addStretch(1);
    row->addWidget(m_cancel);
    connect(m_instead, &QPushButton::clicked, this, [this] {
        Q_EMIT systemBrowserWanted();
        close();
    });
    connect(m_cancel, &QPushButton::clicked, this, &QWidget::close);
    return foot;
}

void BrowserWindow::makeShortcuts()
{
    connect(new QShortcut(QKeySequence::Back, this), &QShortcut::activated, m_back,
        &QToolButton::click);
    connect(new QShortcut(QKeySequence::Refresh, this), &QShortcut::activated, this,
        [this] { m_page->triggerAction(QWebEnginePage::Reload); });
    connect(new QShortcut(QKeySequence::Close, this), &QShortcut::activated, this, &QWidget::close);
}

void BrowserWindow::connectPage()
{
    connect(m_page, &QWebEnginePage::loadProgress, m_progress, &QProgressBar::setValue);
    connect(m_page, &QWebEnginePage::loadingChanged, this, &BrowserWindow::handleLoading);
    connect(m_page, &QWebEnginePage::urlChanged, this, &BrowserWindow::follow);
    connect(m_page, &QWebEnginePage::renderProcessTerminated, this,
        [this](QWebEnginePage::RenderProcessTerminationStatus status) {
            if (status == QWebEnginePage::NormalTerminationStatus)
                return;
            m_retry = m_page->url();
            showLoading(false);
            tell(tr("This page has stopped working."), Offer::Retry);
            Q_EMIT loadFailed(hostText(m_retry), u"stopped"_s);
        });
    connect(m_page, &DialogPage::leaveRefused, this, &BrowserWindow::handleLeave);
    connect(m_page, &DialogPage::wishRefused, this, &BrowserWindow::handleWish);
    connect(&m_profile, &DialogProfile::downloadRefused, this, [this] {
        tell(tr("This page wanted to save a file. This window does not save files."));
        Q_EMIT blocked(hostText(m_page->url()));
    });
    connect(m_page, &QWebEnginePage::windowCloseRequested, this, &QWidget::close);
}

void BrowserWindow::handleLoading(const QWebEngineLoadingInfo &info)
{
    using Info = QWebEngineLoadingInfo;
    showLoading(info.status() == Info::LoadStartedStatus);
    m_back->setEnabled(m_page->history()->canGoBack());
    const bool hasPage = info.status() == Info::LoadSucceededStatus
        || (info.status() == Info::LoadFailedStatus
            && info.errorDomain() == Info::HttpStatusCodeDomain);
    if (info.status() == Info::LoadFailedStatus)
        handleFailure(info);
    if (hasPage && m_rules.judge(m_page->url()) == SiteRules::Verdict::Return)
        handleReturn();
}

void BrowserWindow::handleFailure(const QWebEngineLoadingInfo &info)
{
    if (info.errorCode() == Aborted || info.errorCode() == BlockedByUs)
        return;
    const QUrl &url = info.url();
    const QString host = hostText(url);
    m_retry = url;
    const QString reason = reasonOf(info);
    if (m_host.isEmpty())
        m_address->show(url, AddressBar::State::NotShown); // else the page before it is still there
    if (info.errorDomain() == QWebEngineLoadingInfo::HttpStatusCodeDomain) {
        if (m_rules.judge(url) != SiteRules::Verdict::Return)
            tell(tr("%1 answered with error %2.").arg(host).arg(info.errorCode()), Offer::Retry);
    } else if (reason == "certificate"_L1) {
        tell(
            tr("The certificate of %1 is not valid, so somebody else might answer in its name. The "
               "page is not shown.")
                .arg(host),
            Offer::Retry);
    } else {
        tell(reason == "dns"_L1
                ? tr("There is no address for %1. Is this computer connected to the internet?")
                      .arg(host)
                : tr("%1 cannot be reached.").arg(host),
            Offer::Retry);
    }
    Q_EMIT loadFailed(host, reason);
}

void BrowserWindow::handleLeave(const QUrl &url)
{
    const QString host = hostText(url);
    if (m_rules.judge(url) == SiteRules::Verdict::Elsewhere) {
        m_elsewhere = url;
        tell(tr("%1 does not belong to the login and is not opened here.").arg(host),
            Offer::Elsewhere);
    } else {
        tell(tr("This page wanted to open something that is no page of the login. It was not "
                "opened."));
    }
    Q_EMIT blocked(host);
}

void BrowserWindow::handleWish(DialogPage::Wish wish)
{
    switch (wish) {
    case DialogPage::Wish::Window:
        tell(tr("This page wanted to open a window by itself. It was not opened."));
        break;
    case DialogPage::Wish::Upload:
        tell(tr("This page asked for a file. The login needs none, and none is handed over."));
        break;
    case DialogPage::Wish::Permission:
        tell(tr(
            "This page asked for more of this computer than a page to look at. It was refused."));
        break;
    case DialogPage::Wish::MessageBox:
        tell(tr("This page wanted to show a message box. It was not shown."));
        break;
    }
    Q_EMIT blocked(hostText(m_page->url()));
}

void BrowserWindow::handleReturn()
{
    m_cancel->setText(tr("Close"));
    tell(tr("The login has ended; the page says how. This window closes by itself in a few "
            "seconds."),
        Offer::Finish);
    m_stay.start();
    if (!std::exchange(m_returned, true))
        Q_EMIT returned();
}

void BrowserWindow::follow(const QUrl &url)
{
    if (!m_rules.mayShow(url))
        return; // nothing is shown yet
    m_address->show(url, AddressBar::stateOf(url));
    const QString host = hostText(url);
    if (std::exchange(m_host, host) != host)
        Q_EMIT hostChanged(host);
}

void BrowserWindow::tell(const QString &sentence, Offer offer)
{
    if (m_returned && m_stay.isActive() && offer != Offer::Finish)
        return; // the end is the last word
    m_offer = offer;
    switch (offer) {
    case Offer::Nothing:
        m_notice->tell(sentence);
        break;
    case Offer::Retry:
        m_notice->tell(sentence, tr("Try again"));
        break;
    case Offer::Elsewhere:
        m_notice->tell(sentence, tr("Open in the system browser"));
        break;
    case Offer::Finish:
        m_notice->tell(sentence, tr("Back to Pagedesk"), NoticeBar::Tone::Good);
        break;
    }
}

void BrowserWindow::takeOffer()
{
    const Offer offer = std::exchange(m_offer, Offer::Nothing);
    if (offer == Offer::Finish) {
        close();
        return;
    }
    m_notice->hide();
    if (offer == Offer::Retry)
        m_page->load(m_retry);
    else if (offer == Offer::Elsewhere)
        Q_EMIT elsewhereWanted(m_elsewhere);
}

void BrowserWindow::showLoading(bool isLoading)
{
    m_isLoading = isLoading;
    const QString name = isLoading ? tr("Stop") : tr("Reload");
    m_reload->setToolTip(name);
    m_reload->setAccessibleName(name);
    // Its place stays, so that the page does not jump.
    m_progress->setValue(isLoading ? m_progress->value() : 0);
    paintButtons();
}

void BrowserWindow::paintButtons()
{
    m_back->setIcon(glyphIcon(Glyph::Back, palette(), devicePixelRatioF()));
    m_reload->setIcon(
        glyphIcon(m_isLoading ? Glyph::Stop : Glyph::Reload, palette(), devicePixelRatioF()));
    m_instead->setStyleSheet(u"QPushButton { border: 0; padding: 4px; color: %1; "
                             "text-decoration: underline; }"_s.arg(linkColour(palette()).name()));
}

void BrowserWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        paintButtons();
    QWidget::changeEvent(event);
}

void BrowserWindow::closeEvent(QCloseEvent *event)
{
    m_stay.stop();
    QWidget::closeEvent(event);
    Q_EMIT closed();
}

} // namespace Pagedesk::Browser
