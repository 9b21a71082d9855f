// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"
#include "models/domain/conversation.h"
#include "models/domain/conversationchange.h"
#include "models/domain/page.h"

#include <QObject>

#include <memory>

namespace Pagedesk {

class CommandQueue;
class Replica;

// The conversations and Pages of the replica, and what an operator does to a conversation as a
// whole. Signals come after the commit and carry complete values.
class Conversations : public QObject {
    Q_OBJECT

public:
    Conversations(Replica &replica, CommandQueue &commands, QObject *parent = nullptr);
    ~Conversations() override;

    Task<QList<Page>> pages();
    // Every conversation, newest activity first.
    Task<QList<Conversation>> all();

    // Optimistic: the replica changes at once, the relay follows when it can be reached.
    Task<> markRead(const ConversationId &id, qint64 upToAt);
    // With what is said about it to the team.
    Task<> change(
        const ConversationId &id, const ConversationChange &change, const QString &comment = {});
    // Gives it to this person if nobody else has it: Conflict, with HeldByOther, if somebody has.
    Task<> take(const ConversationId &id, const OperatorId &self);
    // Back into the queue of its team, or everybody's; nothing happens unless this person has it.
    Task<> putBack(const ConversationId &id, const OperatorId &self);

    // Asks Meta, by way of the relay, to give us the conversation that another app holds. What
    // comes of it is seen in the conversation; nothing happens while it is asked for already.
    // `now`: ms UTC.
    Task<> takeOver(const ConversationId &id, qint64 now);

Q_SIGNALS:
    void pagesChanged(const QList<Pagedesk::Page> &pages);
    void conversationsChanged(const QList<Pagedesk::Conversation> &conversations);
    // The relay did not carry out what was asked for; it is as it was.
    void refused(const Pagedesk::ConversationId &id, const Pagedesk::Error &error);
    void conversationsRemoved(const QList<Pagedesk::ConversationId> &ids);
    // The replica was rebuilt from nothing: load again.
    void reset();

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace Pagedesk
