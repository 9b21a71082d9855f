// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/conversationtexts.h"

#include "ui/inbox/conversationwords.h"
#include "ui/inbox/timewords.h"

namespace Pagedesk::Ui {

ConversationTexts::ConversationTexts(
    ConversationFilter &filter, const Clock &clock, QObject *parent)
    : QIdentityProxyModel(parent)
    , m_filter(filter)
    , m_clock(clock)
{
    setSourceModel(&filter);
}

QVariant ConversationTexts::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return QIdentityProxyModel::data(index, role);
    using Model = ConversationListModel;
    const auto conversation = index.data(Model::ConversationRole).value<Conversation>();
    switch (role) {
    case Qt::DisplayRole:
        return displayName(conversation.contact);
    case Qt::ToolTipRole:
        return conversation.lastMessageAt > 0 ? exactTime(conversation.lastMessageAt) : QString();
    default:
        return spokenRow(conversation, index.data(Model::PageRole).value<Page>(),
                   index.data(Model::WindowRole).value<ReplyWindow>(),
                   index.data(Model::DraftRole).toString(), m_clock.now())
            + spokenDecisions(conversation, index.data(Model::HolderRole).toString(),
                index.data(Model::LabelsRole).value<QList<Label>>(), m_clock.now());
    }
}

QModelIndex ConversationTexts::indexOf(const ConversationId &id) const
{
    return mapFromSource(m_filter.indexOf(id));
}

} // namespace Pagedesk::Ui
