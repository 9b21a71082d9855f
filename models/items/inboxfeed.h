// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/error.h"
#include "models/items/conversationlistmodel.h"
#include "models/items/pagelistmodel.h"

#include <QTimer>

#include <functional>

namespace Pagedesk {

class Conversations;
class Drafts;

// Fills the models of the inbox from the replica and keeps them up to date.
class InboxFeed : public QObject {
    Q_OBJECT

public:
    InboxFeed(Conversations &conversations, Drafts &drafts, const Clock &clock,
        QObject *parent = nullptr);

    void load();
    bool isLoaded() const { return m_loaded; }
    ConversationListModel &conversations() { return m_conversations; }
    PageListModel &pages() { return m_pages; }
    const ConversationCounts &counts() const { return m_counts; }

Q_SIGNALS:
    void loaded();
    void loadFailed(const Pagedesk::Error &error);
    void countsChanged(const Pagedesk::ConversationCounts &counts);

private:
    void follow(Conversations &conversations, Drafts &drafts);
    void loadDrafts();
    void loadConversations();
    void finishLoading(const QList<Conversation> &all);
    void failLoading(const Error &error);
    void change(std::function<void()> apply);
    void takePages(const QList<Page> &pages);
    void recount();

    Conversations &m_source;
    Drafts &m_drafts;
    ConversationListModel m_conversations;
    PageListModel m_pages;
    QHash<PageId, Page> m_known; // removed ones too: their conversations still name them
    ConversationCounts m_counts;
    QTimer m_recount; // one count for a burst of changes
    QTimer m_tick;
    QList<std::function<void()>> m_whileLoading; // changes to be made again after the reset
    bool m_loading = false;
    bool m_loaded = false;
};

} // namespace Pagedesk
