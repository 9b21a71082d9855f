// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/rail.h"

#include "models/base/clock.h"
#include "ui/inbox/navbutton.h"
#include "ui/inbox/pagewords.h"
#include "ui/theme/scrollarea.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Edge = 8;
constexpr int CompactWidth = 56;

} // namespace

Rail::Rail(const ThemeProvider &theme, PageListModel &pages, QMenu &menu, QWidget *parent)
    : Panel(theme, &Theme::background, Qt::RightEdge, parent)
    , m_pages(pages)
    , m_group(new QButtonGroup(this))
{
    setObjectName(u"rail"_s);
    m_group->setExclusive(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Edge, Metrics::Gutter, Edge, Edge);
    layout->setSpacing(0);
    layout->addWidget(buildHeader(menu));
    layout->addWidget(buildViews());
    m_pagesTitle = new ThemedLabel(theme, &Fonts::chip, &Theme::faint, this);
    m_pagesTitle->setText(tr("PAGES"));
    m_pagesTitle->setAccessibleName(tr("Pages"));
    m_pagesTitle->setContentsMargins(Metrics::Gutter, 16, Metrics::Gutter, 4);
    layout->addWidget(m_pagesTitle);
    layout->addWidget(buildPages(), 1);
    connect(&theme, &ThemeProvider::changed, this, &Rail::applyTheme);
    connect(&pages, &QAbstractItemModel::modelReset, this, &Rail::rebuildPages);
    connect(&pages, &QAbstractItemModel::dataChanged, this, &Rail::refreshPages);
    applyTheme();
    rebuildPages();
    setCompact(false);
}

void Rail::setWorkspace(const QString &name)
{
    m_workspace->setText(name.isEmpty() ? u"Pagedesk"_s : name);
}

void Rail::setCounts(const ConversationCounts &counts)
{
    m_views.value(ConversationView::Inbox)->setCount(counts.inbox);
    m_views.value(ConversationView::Unread)->setCount(counts.unread);
    m_views.value(ConversationView::Waiting)->setCount(counts.waiting);
    m_views.value(ConversationView::ClosingSoon)->setCount(counts.closingSoon);
    m_views.value(ConversationView::Mine)->setCount(counts.mine);
    m_views.value(ConversationView::Unassigned)->setCount(counts.unassigned);
    m_views.value(ConversationView::Pending)->setCount(counts.pending);
    m_views.value(ConversationView::Snoozed)->setCount(counts.snoozed);
}

void Rail::setCurrent(ConversationView view, const PageId &page)
{
    m_view = view;
    m_page = page;
    markCurrent();
}

void Rail::setAdmin(bool isAdmin)
{
    m_isAdmin = isAdmin;
    refreshPages();
}

void Rail::setMenuKey(const QString &key)
{
    m_menuButton->setToolTip(key.isEmpty() ? tr("Menu") : tr("Menu (%1)").arg(key));
}

void Rail::setViewKey(ConversationView view, const QString &key)
{
    m_views.value(view)->setKey(key);
}

void Rail::setPageKeys(const QStringList &keys)
{
    if (std::exchange(m_pageKeys, keys) != keys)
        refreshPages();
}

void Rail::setCompact(bool compact)
{
    m_compact = compact;
    m_sign->setVisible(!compact);
    m_workspace->setVisible(!compact);
    showPagesTitle();
    for (NavButton *button : std::as_const(m_views))
        button->setCompact(compact);
    for (NavButton *button : std::as_const(m_pageButtons))
        button->setCompact(compact);
    const int wide = std::max(Metrics::RailWidth, m_theme.theme().px(Metrics::RailWidth));
    setFixedWidth(compact ? CompactWidth : wide);
}

QWidget *Rail::buildHeader(QMenu &menu)
{
    auto *header = new QWidget(this);
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(Metrics::Gutter, 0, 0, Metrics::Gutter);
    layout->setSpacing(8);
    m_sign = new QLabel(header);
    layout->addWidget(m_sign);
    m_workspace = new ThemedLabel(m_theme, &Fonts::bodyStrong, &Theme::text, header);
    m_workspace->setObjectName(u"workspace"_s);
    m_workspace->setElided(true);
    m_workspace->setText(u"Pagedesk"_s);
    layout->addWidget(m_workspace, 1);
    m_menuButton = new QToolButton(header);
    m_menuButton->setObjectName(u"menuButton"_s);
    m_menuButton->setAccessibleName(tr("Menu"));
    m_menuButton->setMenu(&menu);
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setAutoRaise(true);
    m_menuButton->setStyleSheet(u"QToolButton::menu-indicator { image: none; }"_s);
    m_menuButton->setFocusPolicy(Qt::TabFocus);
    layout->addWidget(m_menuButton);
    return header;
}

QWidget *Rail::buildViews()
{
    struct Line {
        ConversationView view;
        Icon icon;
        QString text;
    };
    const QList<Line> lines{
        {ConversationView::Inbox, Icon::Inbox, tr("Inbox")},
        {ConversationView::Unread, Icon::Circle, tr("Unread")},
        {ConversationView::Waiting, Icon::User, tr("Waiting for us")},
        {ConversationView::ClosingSoon, Icon::Clock, tr("Closing soon")},
        {ConversationView::Mine, Icon::Flag, tr("Mine")},
        {ConversationView::Unassigned, Icon::Plus, tr("Unassigned")},
        {ConversationView::Pending, Icon::More, tr("Pending")},
        {ConversationView::Snoozed, Icon::Moon, tr("Snoozed")},
        {ConversationView::Resolved, Icon::Check, tr("Resolved")},
    };
    auto *views = new QWidget(this);
    auto *layout = new QVBoxLayout(views);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (const Line &line : lines) {
        auto *button = new NavButton(m_theme, line.icon, line.text, views);
        button->setObjectName(u"view%1"_s.arg(static_cast<int>(line.view)));
        connect(button, &QAbstractButton::clicked, this,
            [this, view = line.view] { Q_EMIT viewChosen(view); });
        m_views.insert(line.view, button);
        m_group->addButton(button);
        layout->addWidget(button);
    }
    return views;
}

QWidget *Rail::buildPages()
{
    auto *area = new QScrollArea(this);
    makeColumn(*area);
    area->setFocusPolicy(Qt::NoFocus);
    area->setAccessibleName(tr("Pages"));
    area->viewport()->setAutoFillBackground(false);
    auto *pages = new QWidget;
    pages->setAutoFillBackground(false);
    auto *outer = new QVBoxLayout(pages);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    m_pageLayout = new QVBoxLayout;
    m_pageLayout->setSpacing(0);
    outer->addLayout(m_pageLayout);
    outer->addStretch(1);
    area->setWidget(pages);
    pages->setAutoFillBackground(false); // setWidget() turns it on
    return area;
}

void Rail::rebuildPages()
{
    for (NavButton *button : std::as_const(m_pageButtons)) {
        m_pageLayout->removeWidget(button);
        button->hide();
        button->deleteLater(); // it may be what was clicked
    }
    m_pageButtons.clear();
    for (const Page &page : m_pages.pages())
        placePage(page);
    refreshPages();
    markCurrent();
    showPagesTitle();
}

void Rail::placePage(const Page &page)
{
    auto *button = new NavButton(m_theme, QColor(page.colour), railName(page));
    button->setObjectName(u"page-"_s + page.id.value);
    button->setCompact(m_compact);
    connect(
        button, &QAbstractButton::clicked, this, [this, id = page.id] { Q_EMIT pageChosen(id); });
    connect(button, &NavButton::detailWanted, this, &Rail::refreshPages);
    button->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(button, &QWidget::customContextMenuRequested, this,
        [this, button, id = page.id](const QPoint &place) {
            if (m_isAdmin)
                Q_EMIT pageMenuWanted(id, button->mapToGlobal(place));
        });
    m_group->addButton(button);
    m_pageButtons.insert(page.id, button);
    m_pageLayout->addWidget(button);
}

void Rail::refreshPages()
{
    qsizetype place = 0;
    for (const Page &page : m_pages.pages()) {
        const QString key = m_pageKeys.value(place++);
        NavButton *button = m_pageButtons.value(page.id);
        if (button == nullptr)
            continue;
        button->setKey(key);
        button->setText(railName(page));
        button->setSquare(QColor(page.colour));
        button->setCount(m_pages.unread(page.id));
        const qint64 now = SystemClock().now();
        const QList<PageNotice> notices = pageNotices(page, now);
        const bool isWrong = !notices.isEmpty() && notices.first().kind == PageNotice::Kind::Wrong;
        button->setWarning(pageWarning(page, now, m_isAdmin), isWrong ? &Theme::bad : &Theme::warn);
        button->setDetail(pageDetail(page, now));
    }
}

void Rail::showPagesTitle()
{
    m_pagesTitle->setVisible(!m_compact && m_pages.rowCount() > 0);
}

void Rail::markCurrent()
{
    NavButton *button = m_page.isEmpty() ? m_views.value(m_view) : m_pageButtons.value(m_page);
    if (button != nullptr)
        button->setChecked(true);
}

void Rail::applyTheme()
{
    const Theme &theme = m_theme.theme();
    m_sign->setPixmap(
        iconPixmap(Icon::Workspace, theme.text, theme.px(Metrics::Icon), devicePixelRatioF()));
    m_menuButton->setIcon(themedIcon(Icon::More, theme));
    if (!m_compact)
        setFixedWidth(std::max(Metrics::RailWidth, theme.px(Metrics::RailWidth)));
}

} // namespace Pagedesk::Ui
