// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"

#include <QAbstractListModel>
#include <QHash>

namespace Pagedesk {

// The Pages of the workspace by name, without removed ones, with how many of their conversations
// have something unread.
class PageListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, // PageId
        PageRole, // Page
        UnreadRole, // int
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void setPages(const QList<Page> &pages);
    void setUnread(const QHash<PageId, int> &unread);
    const QList<Page> &pages() const { return m_pages; }
    int unread(const PageId &id) const { return m_unread.value(id); }

private:
    QList<Page> m_pages;
    QHash<PageId, int> m_unread;
};

} // namespace Pagedesk
