// SPDX-License-Identifier: GPL-3.0-or-later
// How the parts of the main window hear of each other.
#include "ui/shell/mainwindow.h"

#include "models/desk/localworkspace.h"
#include "models/desk/outbox.h"
#include "models/desk/session.h"
#include "models/desk/workspaceroster.h"
#include "models/domain/permissions.h"
#include "models/items/inboxfeed.h"
#include "ui/admin/appsettings.h"
#include "ui/admin/carestrip.h"
#include "ui/admin/connectpages.h"
#include "ui/admin/pagesettingswindow.h"
#include "ui/admin/peoplewindow.h"
#include "ui/contact/contactdesk.h"
#include "ui/errortext.h"
#include "ui/inbox/conversationlist.h"
#include "ui/inbox/rail.h"
#include "ui/shell/actions.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/helpwindow.h"
#include "ui/shell/mediaimages.h"
#include "ui/shell/pairingpanel.h"
#include "ui/shell/queuedesk.h"
#include "ui/shell/statusstrip.h"
#include "ui/shell/threadpane.h"
#include "ui/shell/windowsettings.h"
#include "ui/thread/displaytext.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QSysInfo>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qreal TextStep = 1.1;

bool touchesThread(const QList<int> &roles)
{
    return roles.isEmpty() || std::any_of(roles.cbegin(), roles.cend(), [](int role) {
        return role != ConversationListModel::DraftRole;
    });
}

} // namespace

void MainWindow::connectServices()
{
    connect(&m_services.session, &Session::statusChanged, this, &MainWindow::showStatus);
    connect(&m_services.session, &Session::selfChanged, this, &MainWindow::showSelf);
    connect(&m_services.outbox, &Outbox::waitingChanged, m_strip, &StatusStrip::setOutbox);
    InboxFeed &inbox = m_services.inbox;
    connect(&inbox, &InboxFeed::countsChanged, this, &MainWindow::showCounts);
    connect(&inbox, &InboxFeed::loadFailed, this,
        [this](const Error &error) { showNotice(errorText(error)); });
    const auto showPages = [this] { m_strip->setPages(m_services.inbox.pages().rowCount()); };
    connect(&inbox.pages(), &QAbstractItemModel::modelReset, m_strip, showPages);
    showPages();
    connect(&inbox.conversations(), &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
            const int row = m_services.inbox.conversations().indexOf(m_thread->current());
            if (row >= first.row() && row <= last.row() && touchesThread(roles))
                refreshThread();
        });
    connect(
        &inbox.conversations(), &QAbstractItemModel::modelReset, this, &MainWindow::refreshThread);
    connect(m_strip, &StatusStrip::retryRequested, &m_services.session, &Session::retryNow);
    connect(m_strip, &StatusStrip::joinRequested, this, &MainWindow::showPairing);
    connect(m_pairing, &PairingPanel::joinRequested, this, &MainWindow::pair);
    connect(m_pairing, &PairingPanel::forgetRequested, this, &MainWindow::forgetDevice);
    connect(m_pairing, &PairingPanel::deleteRequested, this, &MainWindow::deleteWorkspace);
    connect(m_pairing, &PairingPanel::localRequested, this, &MainWindow::startHere);
    connect(m_pairing, &PairingPanel::left, m_stack, [this] { m_stack->setCurrentIndex(0); });
}

void MainWindow::connectList()
{
    connect(m_rail, &Rail::viewChosen, m_list, &ConversationList::showView);
    connect(m_rail, &Rail::pageChosen, m_list, &ConversationList::showPage);
    connect(m_list, &ConversationList::queryChanged, this, &MainWindow::showQuery);
    connect(m_list, &ConversationList::opened, this, &MainWindow::openThread);
    connect(m_list, &ConversationList::replyRequested, m_thread, &ThreadPane::focusComposer);
    connect(
        m_list, &ConversationList::firstRowsPainted, this, &MainWindow::firstConversationsPainted);
    showQuery(m_list->query());
}

void MainWindow::connectThread()
{
    connect(m_thread, &ThreadPane::contactToggled, (*m_actions)[ActionId::ToggleContact],
        &QAction::trigger);
    connect(m_thread, &ThreadPane::linkActivated, this,
        [this](const QUrl &url) { askToOpenLink(url, this); });
    connect(m_thread, &ThreadPane::problem, this, &MainWindow::showNotice);
    connect(m_thread, &ThreadPane::threadLoaded, this, &MainWindow::refreshContact);
    connect(m_thread, &ThreadPane::cureWanted, this, &MainWindow::curePage);
    connect(m_contactDesk, &ContactDesk::openRequested, m_list, &ConversationList::open);
}

void MainWindow::connectActions()
{
    const auto on = [this](ActionId id, auto &&run) {
        connect((*m_actions)[id], &QAction::triggered, this, std::forward<decltype(run)>(run));
    };
    const auto view = [this, &on](ActionId id, ConversationView shown) {
        on(id, [this, shown] { m_list->showView(shown); });
    };
    on(ActionId::Filter, [this] {
        m_side->setCurrentWidget(m_list);
        m_list->focusFilter();
    });
    on(ActionId::Search, [this] { beginSearch({}); });
    on(ActionId::NextConversation, [this] { m_list->step(1); });
    on(ActionId::PreviousConversation, [this] { m_list->step(-1); });
    on(ActionId::Reply, [this] { m_thread->focusComposer(); });
    on(ActionId::Resolve, [this] { m_thread->toggleResolved(); });
    connectNavigation();
    on(ActionId::AttachFiles, [this] { m_thread->attachFiles(); });
    view(ActionId::ViewInbox, ConversationView::Inbox);
    view(ActionId::ViewUnread, ConversationView::Unread);
    view(ActionId::ViewWaiting, ConversationView::Waiting);
    view(ActionId::ViewClosingSoon, ConversationView::ClosingSoon);
    view(ActionId::ViewResolved, ConversationView::Resolved);
    view(ActionId::ViewMine, ConversationView::Mine);
    view(ActionId::ViewUnassigned, ConversationView::Unassigned);
    view(ActionId::ViewPending, ConversationView::Pending);
    view(ActionId::ViewSnoozed, ConversationView::Snoozed);
    on(ActionId::ToggleContact, [this] { toggleContact(); });
    on(ActionId::EditContact, [this] { openContact().beginEdit(); });
    on(ActionId::MergeContact, [this] { openContact().beginMerge(); });
    on(ActionId::RefreshContact, [this] { openContact().refresh(); });
    (*m_actions)[ActionId::RefreshContact]->setAutoRepeat(false); // Meta is asked each time
    on(ActionId::ToggleList, [this] {
        m_listHidden = !m_listHidden;
        applyLayout();
    });
    on(ActionId::ToggleRail, [this] {
        m_railNarrow = !m_railNarrow;
        applyLayout();
    });
    on(ActionId::RetryConnection, [this] { m_services.session.retryNow(); });
    on(ActionId::ConnectPages, [this] { connectPages(); });
    on(ActionId::PageDoctor, [this] { showDoctor(pageToLookAt()); });
    on(ActionId::PageSettings, [this] { showPageSettings(m_list->query().page); });
    on(ActionId::People, [this] { showPeople(); });
    on(ActionId::AppSettings, [this] { showAppSettings(false); });
    on(ActionId::Notifications, [this] { Q_EMIT alertSettingsWanted(); });
    on(ActionId::Menu, [this] { m_menu.popup(m_rail->mapToGlobal(m_rail->rect().topRight())); });
    on(ActionId::Help, [this] { showHelp(); });
    on(ActionId::About, [this] { showAbout(this); });
    on(ActionId::Quit, [this] { quit(); });
}

void MainWindow::connectQueue()
{
    const auto on = [this](ActionId id, auto &&run) {
        connect((*m_actions)[id], &QAction::triggered, this, std::forward<decltype(run)>(run));
    };
    QueueDesk &queue = m_thread->queue();
    on(ActionId::Take, [&queue] { queue.take(); });
    on(ActionId::PutBack, [&queue] { queue.putBack(); });
    on(ActionId::TakeOver, [&queue] { queue.takeOver(); });
    (*m_actions)[ActionId::TakeOver]->setEnabled(false); // see refreshContact()
    on(ActionId::Assign, [this, &queue] { m_thread->popup(queue.assignMenu()); });
    on(ActionId::Snooze, [this, &queue] { m_thread->popup(queue.snoozeMenu()); });
    on(ActionId::Pending, [&queue] { queue.setState(ConversationState::Pending); });
    on(ActionId::ResolveWithNote, [&queue] { queue.resolveWithNote(); });
    on(ActionId::SetPriority, [this, &queue] { m_thread->popup(queue.priorityMenu()); });
    on(ActionId::Labels, [this, &queue] { m_thread->popup(queue.labelMenu()); });
    on(ActionId::MarkUnread, [&queue] { queue.markUnread(); });
    m_actions->fillQueueMenu(m_thread->more());
    const auto show
        = [this] { m_services.inbox.conversations().setRoster(m_services.roster.roster()); };
    connect(&m_services.roster, &WorkspaceRoster::changed, this, show);
    m_services.roster.load();
    show();
}

void MainWindow::connectAppearance()
{
    using Mode = ThemeProvider::Mode;
    const auto choose = [this](ActionId id, Mode mode) {
        QAction *action = (*m_actions)[id];
        action->setChecked(m_themes.mode() == mode);
        connect(action, &QAction::triggered, this, [this, mode] {
            m_themes.setMode(mode);
            m_settings.setAppearance(mode);
        });
    };
    choose(ActionId::AppearanceSystem, Mode::System);
    choose(ActionId::AppearanceLight, Mode::Light);
    choose(ActionId::AppearanceDark, Mode::Dark);
    const auto scale = [this](ActionId id, qreal factor) {
        connect((*m_actions)[id], &QAction::triggered, this, [this, factor] { scaleText(factor); });
    };
    scale(ActionId::LargerText, TextStep);
    scale(ActionId::SmallerText, 1 / TextStep);
    scale(ActionId::NormalText, 0);
    connect(&m_themes, &ThemeProvider::changed, this, &MainWindow::applyLayout);
}

void MainWindow::showStatus(const ConnectionStatus &status)
{
    if (status.state == ConnectionState::Unpaired) {
        showPairing();
        if (status.error)
            m_pairing->setProblem(errorText(*status.error));
    } else {
        m_stack->setCurrentIndex(0);
    }
    const bool live = status.state == ConnectionState::Live;
    m_strip->setStatus(status);
    m_thread->setOnline(live || status.state == ConnectionState::CatchingUp);
    using Filling = ConversationList::Filling;
    const bool cut
        = status.state == ConnectionState::Offline || status.state == ConnectionState::Refused;
    m_list->setFilling(live ? Filling::Done : cut ? Filling::Cut : Filling::Arriving);
    if (live)
        m_services.images.tryAgain();
}

void MainWindow::showSelf()
{
    m_strip->setOperator(m_services.session.self());
    const bool mayConnect = isAllowed(m_services.session.self().role, Action::ManagePages);
    for (const ActionId id :
        {ActionId::ConnectPages, ActionId::PageSettings, ActionId::PageDoctor}) {
        (*m_actions)[id]->setEnabled(mayConnect);
        (*m_actions)[id]->setVisible(mayConnect);
    }
    m_rail->setAdmin(mayConnect);
    m_care->setAdmin(mayConnect);
    showPageState();
    const bool local = mayConnect && m_services.local != nullptr && m_services.local->isHere();
    (*m_actions)[ActionId::AppSettings]->setEnabled(local);
    (*m_actions)[ActionId::AppSettings]->setVisible(local);
    const bool belongs = !m_services.session.self().id.isEmpty();
    (*m_actions)[ActionId::People]->setEnabled(belongs);
    (*m_actions)[ActionId::People]->setVisible(belongs);
    m_rail->setWorkspace(displayLine(m_services.session.workspace()));
}

// A workspace on this computer has to know its app first; another relay was told by its admin.
void MainWindow::connectPages()
{
    LocalWorkspace *local = m_services.local;
    if (m_connecting || local == nullptr || !local->isHere()) {
        openConnecting();
        return;
    }
    local->appSettings().then(this, [this](const Result<LocalWorkspace::AppSettings> &known) {
        if (known && !known->appSecret.isEmpty())
            openConnecting();
        else
            showAppSettings(true);
    });
}

void MainWindow::showAppSettings(bool connectAfter)
{
    auto *settings = new AppSettings(m_themes, *m_services.local, this);
    if (connectAfter)
        connect(settings, &AppSettings::saved, this, &MainWindow::openConnecting);
    settings->show();
}

void MainWindow::openConnecting()
{
    if (m_connecting) {
        m_connecting->raise();
        m_connecting->activateWindow();
        return;
    }
    m_connecting = new ConnectPages(
        m_themes, m_services.connections, m_services.conversations, m_services.clock, this);
    connect(m_connecting, &ConnectPages::loginWanted, this, &MainWindow::loginWanted);
    connect(
        m_connecting, &ConnectPages::systemBrowserWanted, this, &MainWindow::systemBrowserWanted);
    connect(m_connecting, &ConnectPages::loginOver, this, &MainWindow::loginOver);
    m_connecting->show();
}

void MainWindow::showPageSettings(const PageId &page)
{
    if (!m_pageSettings) {
        m_pageSettings = new PageSettingsWindow(
            m_themes, m_services.administration, m_services.conversations, m_services.roster, this);
    }
    if (!page.isEmpty())
        m_pageSettings->showPage(page);
    m_pageSettings->show();
    m_pageSettings->raise();
    m_pageSettings->activateWindow();
}

void MainWindow::showPeople()
{
    if (m_people) {
        m_people->raise();
        m_people->activateWindow();
        return;
    }
    m_people = new PeopleWindow(m_themes, m_services.people, m_services.session,
        m_services.conversations, m_services.clock, this);
    m_people->show();
}

void MainWindow::forgetDevice()
{
    m_pairing->setBusy(true);
    m_services.session.forget().then(this, [this](const Result<> &forgotten) {
        m_pairing->setBusy(false);
        if (!forgotten)
            m_pairing->setProblem(errorText(forgotten.error()));
    });
}

// This device forgets it first: what it has is of no use without its relay.
void MainWindow::deleteWorkspace()
{
    if (m_services.local == nullptr)
        return;
    m_pairing->setBusy(true);
    const bool belongs = !m_services.session.self().id.isEmpty();
    auto forgotten = belongs ? m_services.session.forget() : Task<>::finished({});
    forgotten.andThen(this, [this] { return m_services.local->remove(); })
        .then(this, [this](const Result<> &removed) {
            m_pairing->setBusy(false);
            showPairing();
            if (!removed)
                m_pairing->setProblem(removed.error().detail.endsWith(u'.')
                        ? removed.error().detail
                        : errorText(removed.error()));
        });
}

void MainWindow::startHere()
{
    if (m_services.local == nullptr)
        return;
    m_pairing->setBusy(true);
    m_services.local->create().then(this, [this](const Result<QString> &made) {
        const auto link = made ? Wire::pairingLinkFrom(*made)
                               : Result<Wire::PairingLink>(failure(made.error()));
        if (link) {
            pair(*link, QSysInfo::machineHostName());
            return;
        }
        m_pairing->setBusy(false);
        m_pairing->setProblem(tr("The workspace could not be started on this computer: %1")
                                  .arg(displayLine(link.error().detail)));
    });
}

void MainWindow::loginWindowClosed()
{
    if (m_connecting)
        m_connecting->loginWindowClosed();
}

void MainWindow::loginWindowFailed(const QString &sentence)
{
    if (m_connecting)
        m_connecting->loginWindowFailed(sentence);
}

void MainWindow::showCounts(const ConversationCounts &counts)
{
    m_rail->setCounts(counts);
    setWindowTitle(counts.unread > 0 ? tr("(%1) Pagedesk").arg(counts.unread) : u"Pagedesk"_s);
}

void MainWindow::showQuery(const ConversationFilter::Query &query)
{
    const bool unread
        = query.unreadOnly && query.view == ConversationView::Inbox && query.page.isEmpty();
    m_rail->setCurrent(unread ? ConversationView::Unread : query.view, query.page);
}

void MainWindow::openThread(const ConversationId &id)
{
    m_thread->open(id);
    refreshContact();
    applyLayout();
    tellLooking();
}

void MainWindow::refreshThread()
{
    m_thread->refresh();
    refreshContact();
}

void MainWindow::refreshContact()
{
    const ConversationListModel &list = m_services.inbox.conversations();
    const ConversationListModel::Row *row = list.find(m_thread->current());
    (*m_actions)[ActionId::TakeOver]->setEnabled(
        row != nullptr && !row->conversation.ownerApp.isEmpty());
    if (row == nullptr)
        return;
    m_contactDesk->show({row->conversation, list.pageOf(row->conversation), row->window,
        m_thread->beganAt(), m_services.clock.now()});
}

bool MainWindow::isNarrow() const
{
    return width() < m_themes.theme().px(Metrics::FoldSideBelow);
}

void MainWindow::toggleContact()
{
    if (isNarrow())
        m_contactForced = !m_contactForced;
    else
        m_contactWanted = !m_contactWanted;
    applyLayout();
}

// The panel for something to be done in it, also where it was folded away.
ContactPanel &MainWindow::openContact()
{
    (isNarrow() ? m_contactForced : m_contactWanted) = true;
    applyLayout();
    return *m_contact;
}

void MainWindow::applyLayout()
{
    if (m_contact == nullptr || m_strip == nullptr)
        return;
    const bool narrow = isNarrow();
    if (!narrow)
        m_contactForced = false;
    const bool open = !m_thread->current().isEmpty();
    const bool contact = open && (narrow ? m_contactForced : m_contactWanted);
    m_contact->setVisible(contact);
    for (const ActionId id :
        {ActionId::EditContact, ActionId::MergeContact, ActionId::RefreshContact})
        (*m_actions)[id]->setEnabled(open);
    m_thread->setContactShown(contact);
    // Larger text needs the room earlier.
    const bool narrowest = width() < m_themes.theme().px(Metrics::FoldRailBelow);
    const bool iconsOnly = m_railNarrow || narrowest;
    if (m_rail->isCompact() != iconsOnly)
        m_rail->setCompact(iconsOnly);
    m_side->setVisible(!m_listHidden);
    m_strip->setCompact(narrowest);
}

void MainWindow::showHelp()
{
    auto *help = new HelpWindow(m_themes, this);
    connect(help, &HelpWindow::linkActivated, this,
        [this](const QUrl &url) { askToOpenLink(url, this); });
    help->show();
}

void MainWindow::scaleText(qreal factor)
{
    const qreal now = m_themes.theme().textScale;
    m_themes.setTextScale(factor > 0 ? now * factor : 1.0);
    m_settings.setTextScale(m_themes.theme().textScale);
}

} // namespace Pagedesk::Ui
