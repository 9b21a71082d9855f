// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/outbox.h"
#include "models/desk/threads.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace Pagedesk {

// Practice without a window: takes the first customer's message that arrives, answers it and tells
// on stdout what became of both.
class HeadlessPractice : public QObject {
    Q_OBJECT

public:
    HeadlessPractice(
        Threads &threads, Outbox &outbox, const Clock &clock, QObject *parent = nullptr);

    // Begins to watch; ended() follows within the deadline of a minute.
    void start();

Q_SIGNALS:
    // `why` is empty when everything came to pass, else one plain sentence.
    void ended(const QString &why);

private:
    void look(const ConversationId &conversation, const QList<Message> &messages);
    void take(const Message &message);
    void answer(const Message &message);
    void follow(const Message &reply);
    void tell(const QString &what, const QString &more = {});

    Threads &m_threads;
    Outbox &m_outbox;
    const Clock &m_clock;
    QElapsedTimer m_timer;
    QTimer m_deadline;
    MessageId m_received;
    MessageId m_reply;
    DeliveryState m_told = DeliveryState::Queued;
};

} // namespace Pagedesk
