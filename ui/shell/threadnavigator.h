// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/threads.h"
#include "models/domain/conversation.h"

#include <QDate>
#include <QPointer>
#include <QTimer>

namespace Pagedesk {
class Clock;
class ThreadFeed;
} // namespace Pagedesk

namespace Pagedesk::Ui {

class DateChooser;
class FindBar;
class ThemeProvider;
class ThreadView;

// Ways through the open conversation: to words, to a day, to what was unread. Looks through all of
// the replica's messages on its reader, a part at a time, and loads what is gone to.
class ThreadNavigator : public QObject {
    Q_OBJECT

public:
    struct Desk {
        Threads &threads;
        ThreadFeed &feed;
        ThreadView &view;
        FindBar &bar;
        const Clock &clock;
        const ThemeProvider &theme;
    };
    ThreadNavigator(const Desk &desk, QObject *parent);

    // The open one, whenever something of it has changed.
    void setConversation(const Conversation &conversation);
    // Another conversation is about to be opened.
    void leave();

    void find();
    void findEarlier();
    void findLater();
    void askForDate();
    void showDay(const QDate &day);
    void showFirstUnread();
    void showFirstOfToday();
    void showNewest();
    // Goes to a message written at `at`, ms UTC, and marks it for a moment.
    void showMessage(const MessageId &id, qint64 at);

Q_SIGNALS:
    // Why nothing was gone to.
    void told(const QString &sentence);

private:
    void setText(const QString &text);
    void search();
    void scan(const std::optional<MessagePlace> &before);
    void take(const ThreadFound &part);
    void arrive(const MessageId &id);
    void step(int by);
    void goTo(qsizetype match);
    void showCount();
    void close();

    const Desk m_desk;
    Conversation m_conversation;
    int m_unread = 0; // customer messages nobody had seen when it was opened
    qint64 m_unreadUpTo = 0; // … the last of them, ms UTC
    QPointer<DateChooser> m_dates;
    QString m_folded;
    QList<MessagePlace> m_found; // the newest first
    qsizetype m_current = -1;
    std::optional<MessagePlace> m_kept; // stays the current one when it is looked for again
    bool m_isDone = true;
    bool m_isWhole = true;
    quint64 m_run = 0;
    MessageId m_sought; // is gone to; the place of its time is being loaded
    QTimer m_again; // the conversation has changed meanwhile
};

} // namespace Pagedesk::Ui
