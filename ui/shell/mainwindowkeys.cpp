// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of the main window and its command palette.
#include "ui/shell/mainwindow.h"

#include "models/items/inboxfeed.h"
#include "ui/inbox/conversationlist.h"
#include "ui/inbox/rail.h"
#include "ui/shell/actions.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/keybindings.h"
#include "ui/shell/shortcutswindow.h"
#include "ui/shell/statusstrip.h"
#include "ui/shell/threadnavigator.h"
#include "ui/shell/threadpane.h"
#include "ui/shell/windowsettings.h"
#include "ui/thread/displaytext.h"

#include <QStackedWidget>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestName = 60;

} // namespace

void MainWindow::connectKeys()
{
    m_keys = new KeyBindings(*m_actions, m_settings.file(u"keys.toml"_s), this);
    m_palette = new CommandPalette(m_themes,
        {*m_actions, m_services.inbox.conversations(), m_services.inbox.pages(), m_settings}, this);
    connect(m_keys, &KeyBindings::changed, this, &MainWindow::showKeys);
    const auto on = [this](ActionId id, auto &&run) {
        connect((*m_actions)[id], &QAction::triggered, this, std::forward<decltype(run)>(run));
    };
    connect(m_palette, &CommandPalette::actionChosen, this,
        [this](ActionId id) { (*m_actions)[id]->trigger(); });
    connect(m_palette, &CommandPalette::conversationChosen, this, [this](const ConversationId &id) {
        if (openConversation(id))
            m_list->focusRows();
    });
    connect(m_palette, &CommandPalette::pageChosen, m_list, &ConversationList::showPage);
    connect((*m_actions)[ActionId::Palette], &QAction::triggered, this, [this] {
        if (m_stack->currentIndex() == 0) // not while the desktop belongs nowhere
            m_palette->open(!m_thread->current().isEmpty());
    });
    connect(
        (*m_actions)[ActionId::Shortcuts], &QAction::triggered, this, &MainWindow::showShortcuts);
    on(ActionId::AllPages, [this] { m_list->showPage({}); });
    for (std::size_t i = 0; i < PageActions.size(); ++i)
        on(PageActions.at(i), [this, i] { showPageByPlace(i); });
    const PageListModel &pages = m_services.inbox.pages();
    connect(&pages, &QAbstractItemModel::modelReset, this, &MainWindow::showPageKeys);
    connect(&pages, &QAbstractItemModel::dataChanged, this, &MainWindow::showPageKeys);
    showKeys();
}

void MainWindow::showPageByPlace(std::size_t place)
{
    const QList<Page> &pages = m_services.inbox.pages().pages();
    if (qsizetype(place) < pages.size())
        m_list->showPage(pages.at(qsizetype(place)).id);
}

void MainWindow::showPageKeys()
{
    QStringList names;
    QStringList keys;
    for (const Page &page : m_services.inbox.pages().pages())
        names.append(displayLine(page.shownName(), LongestName));
    m_actions->setPages(names);
    for (const ActionId id : PageActions)
        keys.append(keysOf(*(*m_actions)[id]));
    m_rail->setPageKeys(keys);
}

// Ways through the open conversation.
void MainWindow::connectNavigation()
{
    const auto on = [this](ActionId id, void (ThreadNavigator::*run)()) {
        connect((*m_actions)[id], &QAction::triggered, &m_thread->navigator(), run);
    };
    on(ActionId::FindInThread, &ThreadNavigator::find);
    on(ActionId::FindEarlier, &ThreadNavigator::findEarlier);
    on(ActionId::FindLater, &ThreadNavigator::findLater);
    on(ActionId::JumpToDate, &ThreadNavigator::askForDate);
    on(ActionId::FirstUnread, &ThreadNavigator::showFirstUnread);
    on(ActionId::FirstToday, &ThreadNavigator::showFirstOfToday);
    on(ActionId::NewestMessage, &ThreadNavigator::showNewest);
}

// Wherever a key is named.
void MainWindow::showKeys()
{
    const auto action = [this](ActionId id) -> const QAction & { return *(*m_actions)[id]; };
    m_list->setFilterKey(keysOf(action(ActionId::Filter)));
    m_rail->setMenuKey(keysOf(action(ActionId::Menu)));
    const std::initializer_list<std::pair<ConversationView, ActionId>> views
        = {{ConversationView::Inbox, ActionId::ViewInbox},
            {ConversationView::Unread, ActionId::ViewUnread},
            {ConversationView::Waiting, ActionId::ViewWaiting},
            {ConversationView::ClosingSoon, ActionId::ViewClosingSoon},
            {ConversationView::Mine, ActionId::ViewMine},
            {ConversationView::Unassigned, ActionId::ViewUnassigned},
            {ConversationView::Pending, ActionId::ViewPending},
            {ConversationView::Snoozed, ActionId::ViewSnoozed},
            {ConversationView::Resolved, ActionId::ViewResolved}};
    for (const auto &[view, id] : views)
        m_rail->setViewKey(view, keysOf(action(id)));
    showPageKeys();
    m_thread->setKeys(*m_actions);
    m_strip->setRetryKey(keysOf(action(ActionId::RetryConnection)));
    if (const QList<KeyProblem> &problems = m_keys->problems(); !problems.isEmpty()) {
        const KeyProblem &first = problems.constFirst();
        showNotice(first.line == 0
                ? tr("keys.toml: %1").arg(first.sentence)
                : tr("keys.toml, line %1: %2").arg(first.line).arg(first.sentence));
    }
}

void MainWindow::showShortcuts()
{
    if (!m_shortcuts)
        m_shortcuts = new ShortcutsWindow(m_themes, *m_actions, *m_keys, this);
    m_shortcuts->show();
    m_shortcuts->raise();
    m_shortcuts->activateWindow();
}

} // namespace Pagedesk::Ui
