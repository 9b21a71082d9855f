// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/conversationfilter.h"

#include <algorithm>
#include <tuple>

namespace Pagedesk {

namespace {

using Order = ConversationFilter::Order;

int rankOf(Priority priority)
{
    switch (priority) {
    case Priority::Urgent:
        return 0;
    case Priority::High:
        return 1;
    case Priority::None:
        return 2;
    case Priority::Low:
        return 3;
    }
    return 2;
}

// Where an order puts a row: in which group, and where in it.
std::pair<int, qint64> placeOf(const ConversationListModel::Row &row, Order order)
{
    switch (order) {
    case Order::Newest:
        return {0, 0};
    case Order::Window:
        return row.window.allowsHumanReply() ? std::pair(0, row.window.closesAt)
                                             : std::pair(1, qint64(0));
    case Order::Waiting:
        return row.conversation.waitingSince > 0 ? std::pair(0, row.conversation.waitingSince)
                                                 : std::pair(1, qint64(0));
    case Order::Priority:
        return {rankOf(row.conversation.priority), 0};
    }
    return {0, 0};
}

} // namespace

ConversationFilter::ConversationFilter(ConversationListModel &source, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_source(source)
{
    setDynamicSortFilter(true);
    setSourceModel(&source);
    sort(0);
}

void ConversationFilter::setQuery(const Query &query)
{
    if (query == m_query)
        return;
    const bool reordered = query.order != m_query.order;
    m_query = query;
    m_words = foldedForFilter(query.text).split(u' ', Qt::SkipEmptyParts);
    m_opened.clear();
    if (!m_current.isEmpty())
        m_opened.insert(m_current);
    if (reordered)
        invalidate();
    else
        invalidateFilter();
}

void ConversationFilter::setCurrent(const ConversationId &id)
{
    if (id == m_current)
        return;
    m_current = id;
    if (!id.isEmpty())
        m_opened.insert(id);
    invalidateFilter();
}

QModelIndex ConversationFilter::indexOf(const ConversationId &id) const
{
    const int row = m_source.indexOf(id);
    return row < 0 ? QModelIndex() : mapFromSource(m_source.index(row));
}

ConversationId ConversationFilter::idAt(const QModelIndex &index)
{
    return index.data(ConversationListModel::IdRole).value<ConversationId>();
}

bool ConversationFilter::filterAcceptsRow(int sourceRow, const QModelIndex &) const
{
    const ConversationListModel::Row &row = m_source.row(sourceRow);
    const Conversation &conversation = row.conversation;
    if (!matchesText(row))
        return false;
    if (!m_query.page.isEmpty() && conversation.contact.pageId != m_query.page)
        return false;
    if (conversation.id == m_current)
        return true;
    if (m_query.unreadOnly && conversation.unread == 0 && !m_opened.contains(conversation.id))
        return false;
    return isInView(conversation, row.window, m_query.view, m_source.now(), m_source.roster().self);
}

bool ConversationFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const ConversationListModel::Row &a = m_source.row(left.row());
    const ConversationListModel::Row &b = m_source.row(right.row());
    const auto key = [this](const ConversationListModel::Row &row) {
        const auto [group, place] = placeOf(row, m_query.order);
        return std::make_tuple(group, place, -row.conversation.lastMessageAt);
    };
    const auto first = key(a);
    const auto second = key(b);
    return first != second ? first < second : a.conversation.id < b.conversation.id;
}

bool ConversationFilter::matchesText(const ConversationListModel::Row &row) const
{
    return std::all_of(m_words.cbegin(), m_words.cend(),
        [&row](const QString &word) { return row.folded.contains(word); });
}

} // namespace Pagedesk
