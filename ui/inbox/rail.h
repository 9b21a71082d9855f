// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/conversationfilter.h"
#include "models/items/pagelistmodel.h"
#include "ui/theme/panel.h"

#include <QMap>

class QButtonGroup;
class QLabel;
class QMenu;
class QToolButton;
class QVBoxLayout;

namespace Pagedesk::Ui {

class NavButton;
class ThemedLabel;

// The left edge of the window: the workspace, the views with how many conversations wait in each,
// and the Pages. Says what was chosen; the choice itself is the list's query.
class Rail : public Panel {
    Q_OBJECT

public:
    Rail(const ThemeProvider &theme, PageListModel &pages, QMenu &menu, QWidget *parent = nullptr);

    void setWorkspace(const QString &name);
    void setCounts(const ConversationCounts &counts);
    // Marks what the list shows.
    void setCurrent(ConversationView view, const PageId &page);
    // Who is one is told more about Pages, and has a menu on them.
    void setAdmin(bool isAdmin);
    // Icons alone.
    void setCompact(bool compact);
    // For their tooltips.
    void setMenuKey(const QString &key);
    void setViewKey(ConversationView view, const QString &key);
    void setPageKeys(const QStringList &keys); // in the order of the Pages
    bool isCompact() const { return m_compact; }

Q_SIGNALS:
    void viewChosen(Pagedesk::ConversationView view);
    void pageChosen(const Pagedesk::PageId &page);
    void pageMenuWanted(const Pagedesk::PageId &page, const QPoint &place); // on the screen

private:
    QWidget *buildHeader(QMenu &menu);
    QWidget *buildViews();
    QWidget *buildPages();
    void rebuildPages();
    void refreshPages();
    void placePage(const Page &page);
    void markCurrent();
    void showPagesTitle();
    void applyTheme();

    PageListModel &m_pages;
    QLabel *m_sign = nullptr;
    ThemedLabel *m_workspace = nullptr;
    ThemedLabel *m_pagesTitle = nullptr;
    QToolButton *m_menuButton = nullptr;
    QMap<ConversationView, NavButton *> m_views;
    QHash<PageId, NavButton *> m_pageButtons;
    QStringList m_pageKeys;
    QVBoxLayout *m_pageLayout = nullptr;
    QButtonGroup *m_group = nullptr;
    ConversationView m_view = ConversationView::Inbox;
    PageId m_page;
    bool m_compact = false;
    bool m_isAdmin = false;
};

} // namespace Pagedesk::Ui
