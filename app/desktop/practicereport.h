// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/desk.h"
#include "app/desktop/practiceworld.h"

#include <QElapsedTimer>

namespace Pagedesk {

// Practice without a window: answers the first customer who writes and says on standard output what
// becomes of both messages.
class PracticeReport : public QObject {
    Q_OBJECT

public:
    explicit PracticeReport(const QString &profileFolder, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    // 0 when the message was received, stored, answered, delivered and read; else 1.
    void finished(int code);

private:
    enum Step { Received, Stored, Answered, Delivered, Read, StepCount };

    void pairOrConnect(const QString &link);
    void handleFrame(const Wire::ServerFrame &frame);
    void handleEntities(const QList<Wire::Entity> &entities);
    void handleStored(const ConversationId &conversation, const QList<Message> &messages);
    void answer();
    void follow(const Message &reply);
    void say(Step step, const QString &detail = {});
    void fail(const QString &sentence);

    const IdentityStore m_identity;
    PracticeWorld m_world; // outlives the desk: who has left is not waited for
    Desk m_desk;
    QElapsedTimer m_elapsed;
    QTimer m_deadline;
    qint64 m_startedAt = 0;
    Message m_question; // the customer's first message; no id before it has come
    MessageId m_reply;
    bool m_said[StepCount] = {};
};

} // namespace Pagedesk
