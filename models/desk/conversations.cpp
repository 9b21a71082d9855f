// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/conversations.h"

#include "models/desk/commandqueue.h"
#include "models/store/replica/commandstore.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/pagestore.h"
#include "models/store/replica/replica.h"
#include "models/store/replica/steps.h"

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

// Gives the command unless the conversation is already as it asks.
Result<> ask(ReplicaWriter &writer, const StoredCommand &command, const Wire::CommandBody &body)
{
    const auto conversation = ConversationStore::find(writer.connection, command.conversationId);
    if (!conversation)
        return done(conversation);
    if (!*conversation)
        return failure(Error::Kind::NotFound, u"no such conversation"_s);
    if (command.kind == CommandKind::TakeThread) {
        const bool isAsked = (*conversation)->takingSince > 0; // also by what waits here
        return (*conversation)->ownerApp.isEmpty() || isAsked ? Result<>()
                                                              : CommandStore::add(writer, command);
    }
    if (command.kind == CommandKind::MarkRead)
        return (*conversation)->unread == 0 ? Result<>() : CommandStore::add(writer, command);
    const auto &asked = std::get<Wire::ChangeConversation>(body);
    if (isSo(**conversation, asked.change) && asked.comment.isEmpty())
        return {};
    if (asked.ifHeldBy && (*conversation)->assignee != *asked.ifHeldBy) {
        return failure(Error::Kind::Conflict,
            queueRefusalName(QueueRefusal::HeldByOther) + u' ' + (*conversation)->assignee.value);
    }
    return CommandStore::add(writer, command);
}

} // namespace

class Conversations::Implementation {
public:
    Task<> give(const Wire::CommandBody &body, const ConversationId &conversation, qint64 value = 0)
    {
        StoredCommand command = storedCommand(commands.newId(), body, conversation);
        if (value != 0)
            command.value = value;
        return replica.write<void>(
            [command, body](ReplicaWriter &writer) { return ask(writer, command, body); });
    }

    Replica &replica;
    const CommandQueue &commands;
};

Conversations::Conversations(Replica &replica, CommandQueue &commands, QObject *parent)
    : QObject(parent)
    , m_implementation(new Implementation{replica, commands})
{
    connect(&commands, &CommandQueue::refused, this,
        [this](CommandKind kind, const ConversationId &id, const Error &error) {
            if (kind == CommandKind::Change || kind == CommandKind::Label
                || kind == CommandKind::TakeThread)
                Q_EMIT refused(id, error);
        });
    connect(&replica, &Replica::reset, this, &Conversations::reset);
    connect(&replica, &Replica::changed, this, [this](const ReplicaChanges &changes) {
        if (!changes.pages.isEmpty())
            Q_EMIT pagesChanged(changes.pages.values());
        if (!changes.removedConversations.isEmpty())
            Q_EMIT conversationsRemoved(changes.removedConversations);
        if (!changes.conversations.isEmpty())
            Q_EMIT conversationsChanged(changes.conversations);
    });
}

Conversations::~Conversations() = default;

Task<QList<Page>> Conversations::pages()
{
    return m_implementation->replica.read<QList<Page>>(&PageStore::all);
}

Task<QList<Conversation>> Conversations::all()
{
    return m_implementation->replica.read<QList<Conversation>>(&ConversationStore::all);
}

Task<> Conversations::markRead(const ConversationId &id, qint64 upToAt)
{
    return m_implementation->give(Wire::MarkRead{id, upToAt}, id);
}

Task<> Conversations::change(
    const ConversationId &id, const ConversationChange &change, const QString &comment)
{
    return m_implementation->give(
        Wire::ChangeConversation{id, change, comment.left(MaxCommentCharacters)}, id);
}

Task<> Conversations::take(const ConversationId &id, const OperatorId &self)
{
    return m_implementation->give(
        Wire::ChangeConversation{id, {.assignee = self}, {}, OperatorId()}, id);
}

Task<> Conversations::takeOver(const ConversationId &id, qint64 now)
{
    return m_implementation->give(Wire::TakeThread{id}, id, now);
}

Task<> Conversations::putBack(const ConversationId &id, const OperatorId &self)
{
    return m_implementation->give(
        Wire::ChangeConversation{id, {.assignee = OperatorId()}, {}, self}, id);
}

} // namespace Pagedesk
