// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

#include <QTimer>

namespace Pagedesk {
class Conversations;
class ConversationListModel;
class ThreadFeed;
} // namespace Pagedesk

namespace Pagedesk::Ui {

class ThreadView;

// Marks the open conversation as read once its newest message is in sight of somebody: in the
// active window, at the end of the thread, for longer than it takes to pass by with the arrow keys.
class ReadMarker : public QObject {
    Q_OBJECT

public:
    ReadMarker(ThreadFeed &feed, ThreadView &view, const ConversationListModel &list,
        Conversations &conversations, QObject *parent = nullptr);

    // Something may have come into sight.
    void look();
    // The open conversation was marked as unread: it stays so until one is opened.
    void keepUnread(const ConversationId &id);
    void opened();

private:
    bool isInSight() const;
    void mark();

    ThreadFeed &m_feed;
    ThreadView &m_view;
    const ConversationListModel &m_list;
    Conversations &m_conversations;
    QTimer m_pause;
    ConversationId m_unread; // marked so by hand
    // Where a mark is under way, so that it is not set twice.
    ConversationId m_markedId;
    qint64 m_markedUpTo = 0;
};

} // namespace Pagedesk::Ui
