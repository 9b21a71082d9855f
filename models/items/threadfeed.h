// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "models/desk/threads.h"
#include "models/items/threadmodel.h"

#include <functional>

namespace Pagedesk {

// Fills the thread model with one conversation at a time and keeps it up to date.
class ThreadFeed : public QObject {
    Q_OBJECT

public:
    explicit ThreadFeed(Threads &threads, QObject *parent = nullptr);

    // Shows another conversation; an empty id shows none.
    void open(const ConversationId &id);
    // Reads the open conversation again.
    void reload();
    // Loads the part of the thread around a place, unless it is loaded, and says located().
    void showAround(const MessagePlace &place);
    const ConversationId &current() const { return m_current; }
    ThreadModel &model() { return m_model; }
    const ThreadModel &model() const { return m_model; }
    // When the newest message of the customer that is loaded was written, ms UTC; 0 when none is.
    qint64 newestFromCustomerAt() const;
    // When the conversation began, ms UTC; 0 while its beginning is not loaded.
    qint64 beganAt() const;

Q_SIGNALS:
    void loaded(); // the newest messages of the current conversation are there
    // The first message at or after the place is there; empty: there is none.
    void located(const Pagedesk::MessageId &id);
    void failed(const Pagedesk::Error &error);

private:
    void loadOlder();
    void loadNewer();
    bool isLoaded(const MessagePlace &place) const;
    void take(const Threads::Slice &slice);
    void finishReading();
    void locate(const MessagePlace &place);
    void change(const QList<Message> &messages);
    void upsert(const QList<Message> &messages);
    void remove(const QList<MessageId> &ids);
    void finishLoading(const Threads::Slice &slice);

    Threads &m_threads;
    ThreadModel m_model;
    ConversationId m_current;
    quint64 m_generation = 0; // an answer to an earlier question is not ours any more
    bool m_loading = false;
    QList<std::function<void()>> m_whileLoading;
    bool m_isReadingNewer = false;
    QList<Message> m_missed; // newer than what is loaded, came meanwhile
};

} // namespace Pagedesk
