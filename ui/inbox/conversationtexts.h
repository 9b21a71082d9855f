// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/conversationfilter.h"

#include <QIdentityProxyModel>

namespace Pagedesk::Ui {

// Gives the rows of the conversation list their words: name, spoken sentence and exact time.
class ConversationTexts : public QIdentityProxyModel {
    Q_OBJECT

public:
    ConversationTexts(ConversationFilter &filter, const Clock &clock, QObject *parent = nullptr);

    QVariant data(const QModelIndex &index, int role) const override;
    QModelIndex indexOf(const ConversationId &id) const;

private:
    ConversationFilter &m_filter;
    const Clock &m_clock;
};

} // namespace Pagedesk::Ui
