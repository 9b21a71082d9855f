// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/pagelistmodel.h"

#include <algorithm>

namespace Pagedesk {

namespace {

QList<Page> shown(const QList<Page> &pages)
{
    QList<Page> result;
    for (const Page &page : pages) {
        if (page.state != PageState::Removed)
            result.append(page);
    }
    std::sort(result.begin(), result.end(), [](const Page &a, const Page &b) {
        const int order = QString::localeAwareCompare(a.shownName(), b.shownName());
        return order != 0 ? order < 0 : a.id < b.id;
    });
    return result;
}

bool sameRows(const QList<Page> &a, const QList<Page> &b)
{
    return std::equal(a.cbegin(), a.cend(), b.cbegin(), b.cend(),
        [](const Page &x, const Page &y) { return x.id == y.id; });
}

} // namespace

int PageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_pages.size());
}

QVariant PageListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Page &page = m_pages.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return page.shownName();
    case IdRole:
        return QVariant::fromValue(page.id);
    case PageRole:
        return QVariant::fromValue(page);
    case UnreadRole:
        return m_unread.value(page.id);
    default:
        return {};
    }
}

void PageListModel::setPages(const QList<Page> &pages)
{
    const QList<Page> next = shown(pages);
    if (next == m_pages)
        return;
    if (!sameRows(next, m_pages)) {
        beginResetModel();
        m_pages = next;
        endResetModel();
        return;
    }
    m_pages = next;
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void PageListModel::setUnread(const QHash<PageId, int> &unread)
{
    if (unread == m_unread)
        return;
    m_unread = unread;
    if (!m_pages.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {UnreadRole});
}

} // namespace Pagedesk
