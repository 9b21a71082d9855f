// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"
#include "models/domain/message.h"
#include "models/wire/frames.h"

#include <QObject>

#include <memory>

namespace Pagedesk {

class Replica;
class Syncer;

// The messages of conversations. Pages come from the replica; where the history has not arrived
// yet, it is asked for at the relay first, if that can be reached.
class Threads : public QObject {
    Q_OBJECT

public:
    struct Slice {
        QList<Message> messages; // in thread order
        bool moreBefore = false;
    };

    Threads(Replica &replica, Syncer &syncer, QObject *parent = nullptr);
    ~Threads() override;

    // The newest `limit` messages, with every reply of ours that waits.
    Task<Slice> newest(const ConversationId &conversation, int limit);
    // The `limit` messages before the given one.
    Task<Slice> before(const ConversationId &conversation, const Message &first, int limit);
    // What the relay knows of how a message came or went. Offline, Timeout, NotFound.
    Task<Wire::Inspection> inspect(const MessageId &message);

Q_SIGNALS:
    void messagesChanged(
        const Pagedesk::ConversationId &conversation, const QList<Pagedesk::Message> &messages);
    void messagesRemoved(
        const Pagedesk::ConversationId &conversation, const QList<Pagedesk::MessageId> &ids);

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace Pagedesk
