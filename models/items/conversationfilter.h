// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/conversationlistmodel.h"

#include <QSet>
#include <QSortFilterProxyModel>

namespace Pagedesk {

// Which conversations the list shows and in what order. A conversation that is open, or was opened
// while only unread ones are shown, stays until something else is asked for: rows do not vanish
// under the mouse because they were looked at.
class ConversationFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    enum class Order {
        Newest, // last message first
        Window, // the window that closes next first; closed ones after all open ones
        Waiting, // who waits longest first
        Priority, // urgent ones first
    };

    // What is asked for. A Page narrows the view down; text is matched word by word.
    struct Query {
        ConversationView view = ConversationView::Inbox;
        PageId page;
        bool unreadOnly = false;
        QString text;
        Order order = Order::Newest;

        bool operator==(const Query &) const = default;
    };

    explicit ConversationFilter(ConversationListModel &source, QObject *parent = nullptr);

    const Query &query() const { return m_query; }
    void setQuery(const Query &query);
    // The conversation that is open; empty for none.
    void setCurrent(const ConversationId &id);

    QModelIndex indexOf(const ConversationId &id) const;
    static ConversationId idAt(const QModelIndex &index);

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    bool matchesText(const ConversationListModel::Row &row) const;

    ConversationListModel &m_source;
    Query m_query;
    QStringList m_words;
    ConversationId m_current;
    QSet<ConversationId> m_opened; // since the query was set
};

} // namespace Pagedesk
