// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/readmarker.h"

#include "models/base/logging.h"
#include "models/desk/conversations.h"
#include "models/items/conversationlistmodel.h"
#include "models/items/threadfeed.h"
#include "ui/thread/threadview.h"

#include <chrono>

namespace Pagedesk::Ui {

using namespace std::chrono_literals;

ReadMarker::ReadMarker(ThreadFeed &feed, ThreadView &view, const ConversationListModel &list,
    Conversations &conversations, QObject *parent)
    : QObject(parent)
    , m_feed(feed)
    , m_view(view)
    , m_list(list)
    , m_conversations(conversations)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(300ms);
    connect(&m_pause, &QTimer::timeout, this, &ReadMarker::mark);
    connect(&feed, &ThreadFeed::loaded, this, &ReadMarker::look);
    connect(&feed.model(), &QAbstractItemModel::rowsInserted, this, &ReadMarker::look);
    connect(&view, &ThreadView::newestShown, this, &ReadMarker::look);
}

void ReadMarker::look()
{
    if (isInSight())
        m_pause.start();
}

void ReadMarker::keepUnread(const ConversationId &id)
{
    m_unread = id;
    m_markedUpTo = 0; // it will be read again
    m_pause.stop();
}

void ReadMarker::opened()
{
    m_unread = {};
}

bool ReadMarker::isInSight() const
{
    if (m_unread == m_feed.current())
        return false;
    const ConversationListModel::Row *row = m_list.find(m_feed.current());
    return row != nullptr && row->conversation.unread > 0 && m_view.isVisible()
        && m_view.window()->isActiveWindow() && m_view.isAtNewest();
}

void ReadMarker::mark()
{
    if (!isInSight())
        return;
    const qint64 upTo = m_feed.newestFromCustomerAt();
    if (upTo <= 0 || (m_markedId == m_feed.current() && m_markedUpTo >= upTo))
        return;
    m_markedId = m_feed.current();
    m_markedUpTo = upTo;
    m_conversations.markRead(m_markedId, upTo).then(this, [this](const Result<> &done) {
        if (done)
            return;
        qCWarning(logUi) << "cannot mark as read" << kindName(done.error().kind);
        m_markedUpTo = 0;
    });
}

} // namespace Pagedesk::Ui
