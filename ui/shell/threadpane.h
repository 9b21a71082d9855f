// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/conversationlistmodel.h"
#include "models/items/threadfeed.h"
#include "ui/shell/deskservices.h"
#include "ui/theme/panel.h"

class QStackedWidget;

namespace Pagedesk::Ui {

class Attachments;
class Composer;
class EmptyNote;
class ReadMarker;
class ReplyDesk;
class ThreadHeader;
class ThreadView;

// The open conversation: its head, its messages and the composer.
class ThreadPane : public Panel {
    Q_OBJECT

public:
    ThreadPane(ThemeProvider &theme, const DeskServices &services, QWidget *parent = nullptr);
    ~ThreadPane() override;

    void open(const ConversationId &id);
    // Shows a message of the open conversation, sent at that time, and marks it for a moment.
    void seek(const MessageId &message, qint64 sentAt);
    const ConversationId &current() const { return m_feed.current(); }
    // The conversation, its Page or the time has changed.
    void refresh();
    void setOnline(bool online);
    void setContactShown(bool shown);
    void focusComposer();
    // Resolves the open conversation, or opens it again.
    void toggleResolved();
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

private:
    void build(const DeskServices &services);
    void connectThread();
    void showEmptiness();
    void goOnSeeking();
    void setState(ConversationState state);
    void sendAgain(const MessageId &id);
    void sendCopy(
        const ConversationId &conversation, const QString &text, const QList<Attachment> &files);
    void inspect(const MessageId &id);
    const Attachment *attachmentOf(const MessageId &id, int number) const;

    ThemeProvider &m_themes;
    const Session &m_session;
    const ConversationListModel &m_list;
    Conversations &m_conversations;
    Outbox &m_outbox;
    OutgoingFiles &m_outgoing;
    Threads &m_threads;
    const Clock &m_clock;
    ThreadFeed m_feed;
    MessageId m_sought; // until it is loaded
    qint64 m_soughtAt = 0; // ms UTC
    QStackedWidget *m_stack = nullptr;
    EmptyNote *m_empty = nullptr;
    ThreadHeader *m_header = nullptr;
    ThreadView *m_view = nullptr;
    Composer *m_composer = nullptr;
    ReplyDesk *m_desk = nullptr;
    ReadMarker *m_marker = nullptr;
    Attachments *m_attachments = nullptr;
};

} // namespace Pagedesk::Ui
