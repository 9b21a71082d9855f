// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/conversationlistmodel.h"
#include "models/items/threadfeed.h"
#include "ui/composer/composerwords.h"
#include "ui/shell/deskservices.h"
#include "ui/theme/panel.h"

#include <QMenu>

class QStackedWidget;

namespace Pagedesk::Ui {

class Actions;
class Attachments;
class Composer;
class EmptyNote;
class FindBar;
class QueueBar;
class QueueDesk;
class ReadMarker;
class ReplyDesk;
class ThreadHeader;
class ThreadNavigator;
class ThreadView;

// The open conversation: its head, its messages and the composer.
class ThreadPane : public Panel {
    Q_OBJECT

public:
    ThreadPane(ThemeProvider &theme, const DeskServices &services, QWidget *parent = nullptr);
    ~ThreadPane() override;

    void open(const ConversationId &id);
    const ConversationId &current() const { return m_feed.current(); }
    // The conversation, its Page or the time has changed.
    void refresh();
    void setOnline(bool online);
    void setContactShown(bool shown);
    void focusComposer();
    void attachFiles();
    // Adds to the reply that is being written, and says why.
    void addText(const QString &text, const QString &reason);
    // The keys in force, for the words of the buttons.
    void setKeys(const Actions &actions);
    ThreadNavigator &navigator() { return *m_navigator; }
    // Resolves the open conversation, or opens it again.
    void toggleResolved();
    QueueDesk &queue() { return *m_queue; }
    // Opens one of the queue's menus at the thread's head.
    void popup(QMenu &menu);
    QMenu &more() { return m_more; }
    void windowActivated();
    qint64 beganAt() const { return m_feed.beganAt(); }

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

Q_SIGNALS:
    void contactToggled();
    void linkActivated(const QUrl &url);
    void problem(const QString &sentence);
    void threadLoaded();
    void cureWanted(Pagedesk::Ui::PageCure cure, const Pagedesk::PageId &page);

private:
    void build(const DeskServices &services);
    void connectThread();
    void showEmptiness();
    void sendAgain(const MessageId &id);
    void sendCopy(
        const ConversationId &conversation, const QString &text, const QList<Attachment> &files);
    void inspect(const MessageId &id);
    const Attachment *attachmentOf(const MessageId &id, int number) const;

    ThemeProvider &m_themes;
    const Session &m_session;
    const ConversationListModel &m_list;
    Outbox &m_outbox;
    OutgoingFiles &m_outgoing;
    Threads &m_threads;
    const Clock &m_clock;
    ThreadFeed m_feed;
    QStackedWidget *m_stack = nullptr;
    EmptyNote *m_empty = nullptr;
    ThreadHeader *m_header = nullptr;
    FindBar *m_find = nullptr;
    ThreadView *m_view = nullptr;
    Composer *m_composer = nullptr;
    ReplyDesk *m_desk = nullptr;
    ReadMarker *m_marker = nullptr;
    ThreadNavigator *m_navigator = nullptr;
    Attachments *m_attachments = nullptr;
    QueueBar *m_queueBar = nullptr;
    QueueDesk *m_queue = nullptr;
    QMenu m_more; // everything that can be decided about the conversation; the window fills it
};

} // namespace Pagedesk::Ui
