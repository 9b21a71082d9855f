// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/conversationlist.h"

#include "ui/inbox/chip.h"
#include "ui/inbox/conversationdelegate.h"
#include "ui/inbox/conversationlistview.h"
#include "ui/inbox/emptynote.h"
#include "ui/inbox/filterfield.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/mediasource.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

using Order = ConversationFilter::Order;

struct EmptyWords {
    QString title;
    QString sentence;
    QString action = {};
};

// Where a conversation of this state is always found.
ConversationView viewOf(ConversationState state)
{
    switch (state) {
    case ConversationState::Pending:
        return ConversationView::Pending;
    case ConversationState::Snoozed:
        return ConversationView::Snoozed;
    case ConversationState::Resolved:
        return ConversationView::Resolved;
    case ConversationState::Open:
        break;
    }
    return ConversationView::Inbox;
}

struct OrderWords {
    QString chip;
    QString name;
    QString hint;
};

OrderWords wordsOf(Order order)
{
    switch (order) {
    case Order::Window:
        return {ConversationList::tr("Window ↑"),
            ConversationList::tr("Sorted by the window that closes next"),
            ConversationList::tr("The window that closes next first. Click for the longest "
                                 "waiting first.")};
    case Order::Waiting:
        return {ConversationList::tr("Waiting ↑"), ConversationList::tr("Sorted by longest wait"),
            ConversationList::tr("Who waits longest first. Click to sort by priority.")};
    case Order::Priority:
        return {ConversationList::tr("Priority ↑"), ConversationList::tr("Sorted by priority"),
            ConversationList::tr("Urgent first. Click to sort by newest.")};
    case Order::Newest:
        break;
    }
    return {ConversationList::tr("Newest ↓"), ConversationList::tr("Sorted by newest message"),
        ConversationList::tr("Newest first. Click to sort by the window that closes next.")};
}

Order after(Order order)
{
    switch (order) {
    case Order::Newest:
        return Order::Window;
    case Order::Window:
        return Order::Waiting;
    case Order::Waiting:
        return Order::Priority;
    case Order::Priority:
        break;
    }
    return Order::Newest;
}

// Of a view that holds nothing.
EmptyWords emptyWords(ConversationView view)
{
    switch (view) {
    case ConversationView::Resolved:
        return {ConversationList::tr("Nothing resolved yet"),
            ConversationList::tr("Conversations you resolve are kept here.")};
    case ConversationView::ClosingSoon:
        return {ConversationList::tr("No window is closing"),
            ConversationList::tr("Conversations with less than 4 hours left to reply appear "
                                 "here.")};
    case ConversationView::Mine:
        return {ConversationList::tr("You have no conversation"),
            ConversationList::tr("Those you take, or are given, appear here.")};
    case ConversationView::Unassigned:
        return {ConversationList::tr("Everything has somebody"),
            ConversationList::tr("Conversations that nobody has taken appear here.")};
    case ConversationView::Pending:
        return {ConversationList::tr("Nothing is pending"),
            ConversationList::tr("Conversations that wait for something else than you appear "
                                 "here.")};
    case ConversationView::Snoozed:
        return {ConversationList::tr("Nothing is snoozed"),
            ConversationList::tr("Snoozed conversations come back at their time, or when the "
                                 "customer writes.")};
    default:
        return {ConversationList::tr("Nobody is waiting"),
            ConversationList::tr("New messages appear here by themselves.")};
    }
}

} // namespace

ConversationList::ConversationList(const ThemeProvider &theme, ConversationListModel &conversations,
    MediaSource &media, const Clock &clock, QWidget *parent)
    : Panel(theme, &Theme::surface, Qt::RightEdge, parent)
    , m_conversations(conversations)
    , m_filter(conversations)
    , m_texts(m_filter, clock)
{
    setObjectName(u"conversationList"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_field = new FilterField(theme, this);
    m_field->setObjectName(u"filter"_s);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(Metrics::Gutter, Metrics::Gutter, Metrics::Gutter, 8);
    top->addWidget(m_field);
    layout->addLayout(top);
    layout->addWidget(buildChips());
    layout->addWidget(buildRows(media, clock), 1);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        ConversationFilter::Query query = m_filter.query();
        query.text = text;
        apply(query);
    });
    connect(m_field, &FilterField::leftDownwards, this, &ConversationList::focusRows);
    connect(m_field, &FilterField::searchRequested, this, &ConversationList::searchRequested);
    markChips();
    showEmptiness();
}

void ConversationList::showView(ConversationView view)
{
    ConversationFilter::Query query = m_filter.query();
    query.view = view == ConversationView::Unread ? ConversationView::Inbox : view;
    query.unreadOnly = view == ConversationView::Unread;
    query.page = {};
    apply(query);
}

void ConversationList::showPage(const PageId &page)
{
    ConversationFilter::Query query = m_filter.query();
    query.view = ConversationView::Inbox;
    query.unreadOnly = false;
    query.page = page;
    apply(query);
}

void ConversationList::setOrder(ConversationFilter::Order order)
{
    ConversationFilter::Query query = m_filter.query();
    query.order = order;
    apply(query);
}

bool ConversationList::open(const ConversationId &id)
{
    const ConversationListModel::Row *row = m_conversations.find(id);
    if (row == nullptr)
        return false;
    if (!m_filter.indexOf(id).isValid()) {
        m_field->clear();
        showView(viewOf(row->conversation.state));
    }
    const QModelIndex index = m_texts.indexOf(id);
    m_rows->setCurrentIndex(index);
    m_rows->scrollTo(index);
    return true;
}

bool ConversationList::openElsewhere(const ConversationId &id)
{
    if (m_conversations.indexOf(id) < 0)
        return false;
    if (id == m_current)
        return true;
    m_current = id;
    m_filter.setCurrent(id);
    if (const QModelIndex index = m_texts.indexOf(id); index.isValid())
        m_rows->setCurrentIndex(index);
    else
        m_rows->selectionModel()->clear();
    Q_EMIT opened(id);
    return true;
}

void ConversationList::step(int by)
{
    const int rows = m_texts.rowCount();
    if (rows == 0)
        return;
    const QModelIndex at = m_rows->currentIndex();
    const int row = at.isValid() ? std::clamp(at.row() + by, 0, rows - 1) : 0;
    m_rows->setCurrentIndex(m_texts.index(row, 0));
}

void ConversationList::focusFilter()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void ConversationList::setFilterKey(const QString &keys)
{
    m_field->setKeys(keys);
}

void ConversationList::focusRows()
{
    m_rows->setFocus(Qt::ShortcutFocusReason);
    if (!m_rows->currentIndex().isValid())
        step(0);
}

void ConversationList::setFilling(Filling filling)
{
    m_filling = filling;
    showEmptiness();
}

void ConversationList::setPages(Pages pages)
{
    m_pages = pages;
    showEmptiness();
}

QWidget *ConversationList::buildChips()
{
    auto *chips = new QWidget(this);
    auto *layout = new QHBoxLayout(chips);
    layout->setContentsMargins(Metrics::Gutter, 0, Metrics::Gutter, 8);
    layout->setSpacing(6);
    m_all = new Chip(m_theme, tr("Open"), chips);
    m_unread = new Chip(m_theme, tr("Unread"), chips);
    m_order = new Chip(m_theme, tr("Newest ↓"), chips);
    m_all->setObjectName(u"chipAll"_s);
    m_unread->setObjectName(u"chipUnread"_s);
    m_order->setObjectName(u"chipOrder"_s);
    m_all->setCheckable(true);
    m_unread->setCheckable(true);
    m_unread->setToolTip(tr("Only conversations with something unread"));
    layout->addWidget(m_all);
    layout->addWidget(m_unread);
    layout->addStretch(1);
    layout->addWidget(m_order);
    const auto filter = [this](bool unreadOnly) {
        ConversationFilter::Query query = m_filter.query();
        query.unreadOnly = unreadOnly;
        apply(query);
        markChips(); // a second click on a chosen chip does not let it go
    };
    connect(m_all, &QAbstractButton::clicked, this, [filter] { filter(false); });
    connect(m_unread, &QAbstractButton::clicked, this, [filter] { filter(true); });
    connect(m_order, &QAbstractButton::clicked, this,
        [this] { setOrder(after(m_filter.query().order)); });
    return chips;
}

QWidget *ConversationList::buildRows(MediaSource &media, const Clock &clock)
{
    m_stack = new QStackedWidget(this);
    m_rows = new ConversationListView(m_stack);
    m_rows->setObjectName(u"rows"_s);
    m_rows->setAccessibleName(tr("Conversations"));
    m_rows->setItemDelegate(new ConversationDelegate(m_theme, media, clock, m_rows));
    m_rows->setModel(&m_texts);
    m_empty = new EmptyNote(m_theme, m_stack);
    m_empty->setObjectName(u"emptyList"_s);
    connect(m_empty, &EmptyNote::pressed, this, &ConversationList::connectRequested);
    m_stack->addWidget(m_rows);
    m_stack->addWidget(m_empty);
    connect(&media, &MediaSource::thumbnailReady, m_rows->viewport(),
        [this] { m_rows->viewport()->update(); });
    connect(&m_theme, &ThemeProvider::changed, m_rows, [this] { m_rows->doItemsLayout(); });
    connect(m_rows, &ConversationListView::replyRequested, this, &ConversationList::replyRequested);
    connect(
        m_rows, &ConversationListView::firstRowsPainted, this, &ConversationList::firstRowsPainted);
    connect(m_rows->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &ConversationList::takeCurrent);
    connect(&m_texts, &QAbstractItemModel::rowsInserted, this, &ConversationList::followCurrent);
    connect(&m_texts, &QAbstractItemModel::rowsRemoved, this, &ConversationList::followCurrent);
    connect(&m_texts, &QAbstractItemModel::modelReset, this, &ConversationList::followCurrent);
    return m_stack;
}

void ConversationList::apply(ConversationFilter::Query query)
{
    if (query == m_filter.query())
        return;
    const bool narrowed = query.text != m_filter.query().text;
    m_filter.setQuery(query);
    if (!narrowed)
        m_rows->scrollToTop();
    markChips();
    followCurrent();
    Q_EMIT queryChanged(query);
}

void ConversationList::takeCurrent(const QModelIndex &index)
{
    // A filter that hides the open conversation does not close it.
    const ConversationId id = ConversationFilter::idAt(index);
    if (id.isEmpty() || id == m_current)
        return;
    m_current = id;
    // Later: rows may go, and the click that has chosen this one is not done with them yet.
    QTimer::singleShot(0, this, [this] { m_filter.setCurrent(m_current); });
    Q_EMIT opened(id);
}

void ConversationList::followCurrent()
{
    showEmptiness();
    if (!m_current.isEmpty() && m_conversations.indexOf(m_current) < 0) {
        m_current = {};
        m_filter.setCurrent({});
        Q_EMIT opened({});
        return;
    }
    const QModelIndex index = m_texts.indexOf(m_current);
    if (index.isValid() && index != m_rows->currentIndex())
        m_rows->setCurrentIndex(index);
}

void ConversationList::showEmptiness()
{
    if (m_texts.rowCount() > 0) {
        m_stack->setCurrentWidget(m_rows);
        return;
    }
    const auto &query = m_filter.query();
    EmptyWords words = emptyWords(query.view);
    if (!query.text.isEmpty())
        words = {tr("No match"),
            tr("No conversation here has these words in its name or last message.")};
    else if (m_filling == Filling::Cut && m_conversations.rowCount() == 0)
        words = {tr("There is no connection"),
            tr("Conversations appear once the relay can be reached.")};
    else if (m_filling == Filling::Arriving && m_conversations.rowCount() == 0)
        words = {tr("Conversations are on their way"),
            tr("The newest come first; this takes a moment.")};
    else if (m_pages == Pages::ToConnect)
        words = {tr("No Page is connected yet"),
            tr("Connect the Pages whose messages you want to answer."), tr("Connect Pages")};
    else if (m_pages == Pages::NotAllowed)
        words = {tr("There is no Page for you yet"),
            tr("An admin connects Pages, and says who answers on which.")};
    else if (query.unreadOnly && query.view == ConversationView::Inbox)
        words = {tr("Everything is read"), tr("New messages appear here by themselves.")};
    m_empty->setWords(words.title, words.sentence, words.action);
    m_stack->setCurrentWidget(m_empty);
}

void ConversationList::markChips()
{
    const auto &query = m_filter.query();
    m_all->setText(query.view == ConversationView::Inbox ? tr("Open") : tr("All"));
    m_all->setAccessibleName(m_all->text());
    m_all->setChecked(!query.unreadOnly);
    m_unread->setChecked(query.unreadOnly);
    const OrderWords words = wordsOf(query.order);
    m_order->setText(words.chip);
    m_order->setAccessibleName(words.name);
    m_order->setToolTip(words.hint);
    m_order->updateGeometry();
}

} // namespace Pagedesk::Ui
