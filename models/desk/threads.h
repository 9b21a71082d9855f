// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"
#include "models/desk/threadaround.h"
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
        bool moreAfter = false;
    };

    Threads(Replica &replica, Syncer &syncer, QObject *parent = nullptr);
    ~Threads() override;

    // The newest `limit` messages, with every reply of ours that waits.
    Task<Slice> newest(const ConversationId &conversation, int limit);
    // The `limit` messages before the given one.
    Task<Slice> before(const ConversationId &conversation, const Message &first, int limit);
    // `limit` messages before a place and as many from it on. While the history of the Page is on
    // its way that may mean to fetch all that lies between.
    Task<Slice> around(const ConversationId &conversation, const MessagePlace &place, int limit);
    // The `limit` messages after the given one.
    Task<Slice> after(const ConversationId &conversation, const Message &last, int limit);
    // The next part of a search through what is here, from the end on; see findInThread().
    Task<ThreadFound> find(const ConversationId &conversation, const QString &folded,
        const std::optional<MessagePlace> &before);
    // Where the last `count` messages of the customer up to a time begin.
    Task<std::optional<MessagePlace>> lastFromCustomer(
        const ConversationId &conversation, int count, qint64 upTo);
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
