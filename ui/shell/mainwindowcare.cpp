// SPDX-License-Identifier: GPL-3.0-or-later
// What the main window shows of the state of Pages.
#include "ui/shell/mainwindow.h"

#include "models/base/clock.h"
#include "models/desk/session.h"
#include "models/domain/permissions.h"
#include "models/items/inboxfeed.h"
#include "ui/admin/carestrip.h"
#include "ui/admin/pagedoctor.h"
#include "ui/composer/composerwords.h"
#include "ui/inbox/conversationlist.h"
#include "ui/inbox/pagewords.h"
#include "ui/inbox/rail.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/windowsettings.h"
#include "ui/thread/displaytext.h"

#include <QTimer>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestName = 80;
constexpr auto DatesEvery = std::chrono::minutes(10); // they come nearer by themselves

} // namespace

void MainWindow::connectCare()
{
    PageListModel &pages = m_services.inbox.pages();
    connect(&pages, &QAbstractItemModel::modelReset, this, &MainWindow::showPageState);
    connect(&pages, &QAbstractItemModel::dataChanged, this, &MainWindow::showPageState);
    connect(m_care, &CareStrip::pageWanted, this, &MainWindow::showDoctor);
    connect(m_list, &ConversationList::connectRequested, this, &MainWindow::connectPages);
    connect(m_rail, &Rail::pageMenuWanted, this, &MainWindow::showPageMenu);
    auto *dates = new QTimer(this);
    connect(dates, &QTimer::timeout, this, &MainWindow::showPageState);
    dates->start(DatesEvery);
    showPageState();
}

void MainWindow::showPageState()
{
    const QList<Page> &pages = m_services.inbox.pages().pages();
    const qint64 now = m_services.clock.now();
    m_care->setPages(pages, now);
    const bool isAdmin = isAllowed(m_services.session.self().role, Action::ManagePages);
    using Known = ConversationList::Pages;
    m_list->setPages(!pages.isEmpty() ? Known::Known
            : isAdmin                 ? Known::ToConnect
                                      : Known::NotAllowed);
    QStringList trouble;
    for (const Page &page : pages) {
        const QList<PageNotice> notices = pageNotices(page, now);
        if (!notices.isEmpty() && notices.first().kind == PageNotice::Kind::Wrong) {
            trouble.append(tr("%1: %2", "a Page's name, what is wrong")
                               .arg(displayLine(page.shownName(), LongestName),
                                   pageWarning(page, now, isAdmin)));
        }
        if (m_doctor && m_doctor->page() == page.id)
            m_doctor->setPage(page);
    }
    Q_EMIT pagesInTroubleChanged(trouble);
}

void MainWindow::showPageMenu(const PageId &page, const QPoint &place)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"pageMenu"_s);
    connect(menu->addAction(tr("Page settings")), &QAction::triggered, this,
        [this, page] { showPageSettings(page); });
    connect(menu->addAction(tr("Page doctor")), &QAction::triggered, this,
        [this, page] { showDoctor(page); });
    connect(
        menu->addAction(tr("Connect again")), &QAction::triggered, this, &MainWindow::connectPages);
    menu->popup(place);
}

// The Page that is shown, else the first one with something to say, else the first.
PageId MainWindow::pageToLookAt() const
{
    const QList<Page> &pages = m_services.inbox.pages().pages();
    if (const PageId shown = m_list->query().page; !shown.isEmpty())
        return shown;
    const qint64 now = m_services.clock.now();
    const auto found = std::find_if(pages.begin(), pages.end(),
        [now](const Page &page) { return !pageNotices(page, now).isEmpty(); });
    if (found != pages.end())
        return found->id;
    return pages.isEmpty() ? PageId() : pages.first().id;
}

void MainWindow::curePage(PageCure cure, const PageId &page)
{
    switch (cure) {
    case PageCure::ConnectAgain:
        connectPages();
        break;
    case PageCure::Doctor:
        showDoctor(page);
        break;
    case PageCure::Settings:
        showPageSettings(page);
        break;
    case PageCure::None:
        break;
    }
}

void MainWindow::showDoctor(const PageId &page)
{
    if (page.isEmpty()) {
        showNotice(tr("No Page is connected yet."));
        return;
    }
    if (m_doctor && m_doctor->page() != page)
        m_doctor->close();
    if (!m_doctor || m_doctor->page() != page) {
        m_doctor = new PageDoctor(m_themes,
            PageDoctor::Desk{m_services.connections, m_services.threads, m_services.outbox,
                m_services.clock, m_services.practice},
            page, this);
        connect(m_doctor, &PageDoctor::connectWanted, this, &MainWindow::connectPages);
        connect(m_doctor, &PageDoctor::linkWanted, this,
            [this](const QUrl &url) { askToOpenLink(url, this); });
        m_doctor->setGoLiveDone(m_settings.goLiveDone(page));
        connect(m_doctor, &PageDoctor::goLiveDoneChanged, this,
            [this, page](const QStringList &names) { m_settings.setGoLiveDone(page, names); });
    }
    m_doctor->show();
    m_doctor->raise();
    m_doctor->activateWindow();
    showPageState();
}

} // namespace Pagedesk::Ui
