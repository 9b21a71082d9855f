// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/conversationlistmodel.h"

#include <algorithm>
#include <functional>

namespace Pagedesk {

ConversationListModel::ConversationListModel(const Clock &clock, QObject *parent)
    : QAbstractListModel(parent)
    , m_clock(clock)
{
}

int ConversationListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ConversationListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.conversation.contact.name;
    case IdRole:
        return QVariant::fromValue(row.conversation.id);
    case ConversationRole:
        return QVariant::fromValue(row.conversation);
    case PageRole:
        return QVariant::fromValue(pageOf(row.conversation));
    case WindowRole:
        return QVariant::fromValue(row.window);
    case DraftRole:
        return row.draft;
    case HolderRole:
        return m_roster.holderOf(row.conversation);
    case LabelsRole:
        return QVariant::fromValue(m_roster.labelsOf(row.conversation));
    default:
        return {};
    }
}

void ConversationListModel::setPages(const QList<Page> &pages)
{
    QHash<PageId, Page> byId;
    for (const Page &page : pages)
        byId.insert(page.id, page);
    if (byId == m_pages)
        return;
    m_pages = byId;
    for (Row &row : m_rows)
        row.window = operatorWindow(row.conversation, pageOf(row.conversation), now());
    if (m_rows.isEmpty())
        return;
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), {PageRole, WindowRole});
    Q_EMIT countsChanged();
}

void ConversationListModel::setRoster(const Roster &roster)
{
    if (roster == m_roster)
        return;
    m_roster = roster;
    if (m_rows.isEmpty())
        return;
    Q_EMIT dataChanged(index(0), index(rowCount() - 1)); // who one is decides what Mine holds
    Q_EMIT countsChanged();
}

void ConversationListModel::setDrafts(const QHash<ConversationId, QString> &drafts)
{
    m_drafts = drafts;
    for (int i = 0; i < rowCount(); ++i) {
        const QString draft = m_drafts.value(m_rows.at(i).conversation.id);
        if (draft == m_rows.at(i).draft)
            continue;
        m_rows[i].draft = draft;
        Q_EMIT dataChanged(index(i), index(i), {DraftRole});
    }
}

void ConversationListModel::setDraft(const ConversationId &id, const QString &text)
{
    if (text.isEmpty())
        m_drafts.remove(id);
    else
        m_drafts.insert(id, text);
    const int i = indexOf(id);
    if (i < 0 || m_rows.at(i).draft == text)
        return;
    m_rows[i].draft = text;
    Q_EMIT dataChanged(index(i), index(i), {DraftRole});
}

void ConversationListModel::reset(const QList<Conversation> &conversations)
{
    beginResetModel();
    m_rows.clear();
    m_index.clear();
    for (const Conversation &conversation : conversations) {
        if (m_index.contains(conversation.id))
            continue;
        m_index.insert(conversation.id, static_cast<int>(m_rows.size()));
        m_rows.append(makeRow(conversation));
    }
    endResetModel();
    Q_EMIT countsChanged();
}

void ConversationListModel::upsert(const QList<Conversation> &conversations)
{
    QList<Conversation> fresh;
    QHash<ConversationId, qsizetype> freshIndex;
    for (const Conversation &conversation : conversations) {
        if (const int i = indexOf(conversation.id); i >= 0) {
            update(i, conversation);
        } else if (const auto at = freshIndex.constFind(conversation.id); at != freshIndex.cend()) {
            fresh[*at] = conversation;
        } else {
            freshIndex.insert(conversation.id, fresh.size());
            fresh.append(conversation);
        }
    }
    insert(fresh);
    if (!conversations.isEmpty())
        Q_EMIT countsChanged();
}

void ConversationListModel::remove(const QList<ConversationId> &ids)
{
    QList<int> indexes;
    for (const ConversationId &id : ids) {
        if (const int i = indexOf(id); i >= 0 && !indexes.contains(i))
            indexes.append(i);
    }
    std::sort(indexes.begin(), indexes.end(), std::greater<>());
    for (const int i : std::as_const(indexes)) {
        beginRemoveRows({}, i, i);
        m_index.remove(m_rows.at(i).conversation.id);
        m_rows.removeAt(i);
        reindex(i);
        endRemoveRows();
    }
    if (!indexes.isEmpty())
        Q_EMIT countsChanged();
}

void ConversationListModel::tick()
{
    if (m_rows.isEmpty())
        return;
    for (Row &row : m_rows)
        row.window = operatorWindow(row.conversation, pageOf(row.conversation), now());
    // Whatever shows a time that has passed changes with it, so every row counts as changed.
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), {WindowRole});
    Q_EMIT countsChanged();
}

Page ConversationListModel::pageOf(const Conversation &conversation) const
{
    return m_pages.value(conversation.contact.pageId);
}

const ConversationListModel::Row *ConversationListModel::find(const ConversationId &id) const
{
    const int i = indexOf(id);
    return i < 0 ? nullptr : &m_rows.at(i);
}

ConversationCounts ConversationListModel::counts() const
{
    ConversationCounts counts;
    const qint64 time = now();
    for (const Row &row : m_rows) {
        const auto in = [this, &row, time](ConversationView view) {
            return isInView(row.conversation, row.window, view, time, m_roster.self) ? 1 : 0;
        };
        counts.inbox += in(ConversationView::Inbox);
        counts.waiting += in(ConversationView::Waiting);
        counts.closingSoon += in(ConversationView::ClosingSoon);
        counts.resolved += in(ConversationView::Resolved);
        counts.mine += in(ConversationView::Mine);
        counts.unassigned += in(ConversationView::Unassigned);
        counts.pending += in(ConversationView::Pending);
        counts.snoozed += in(ConversationView::Snoozed);
        if (in(ConversationView::Unread) == 1) {
            ++counts.unread;
            ++counts.unreadByPage[row.conversation.contact.pageId];
        }
    }
    return counts;
}

ConversationListModel::Row ConversationListModel::makeRow(const Conversation &conversation) const
{
    const Contact &contact = conversation.contact;
    return {conversation, operatorWindow(conversation, pageOf(conversation), now()),
        m_drafts.value(conversation.id),
        foldedForFilter(contact.name + u'\n' + conversation.lastText + u'\n' + contact.psid.value)};
}

void ConversationListModel::insert(const QList<Conversation> &conversations)
{
    if (conversations.isEmpty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(conversations.size()) - 1);
    for (const Conversation &conversation : conversations)
        m_rows.append(makeRow(conversation));
    reindex(first);
    endInsertRows();
}

void ConversationListModel::update(int index, const Conversation &conversation)
{
    if (m_rows.at(index).conversation == conversation)
        return;
    m_rows[index] = makeRow(conversation);
    const QModelIndex changed = this->index(index);
    Q_EMIT dataChanged(
        changed, changed, {Qt::DisplayRole, Qt::AccessibleTextRole, ConversationRole, WindowRole});
}

void ConversationListModel::reindex(int from)
{
    for (int i = from; i < rowCount(); ++i)
        m_index.insert(m_rows.at(i).conversation.id, i);
}

} // namespace Pagedesk
