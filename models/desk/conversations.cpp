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
Result<> ask(ReplicaWriter &writer, const StoredCommand &command)
{
    const auto conversation = ConversationStore::find(writer.connection, command.conversationId);
    if (!conversation)
        return done(conversation);
    if (!*conversation)
        return failure(Error::Kind::NotFound, u"no such conversation"_s);
    const bool isSo = command.kind == CommandKind::MarkRead
        ? (*conversation)->unread == 0
        : static_cast<qint64>((*conversation)->state) == command.value;
    return isSo ? Result<>() : CommandStore::add(writer, command);
}

} // namespace

class Conversations::Implementation {
public:
    Task<> give(const Wire::CommandBody &body, const ConversationId &conversation)
    {
        const StoredCommand command = storedCommand(commands.newId(), body, conversation);
        return replica.write<void>(
            [command](ReplicaWriter &writer) { return ask(writer, command); });
    }

    Replica &replica;
    const CommandQueue &commands;
};

Conversations::Conversations(Replica &replica, CommandQueue &commands, QObject *parent)
    : QObject(parent)
    , m_implementation(new Implementation{replica, commands})
{
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

Task<> Conversations::setState(const ConversationId &id, ConversationState state)
{
    return m_implementation->give(Wire::SetConversationState{id, state}, id);
}

} // namespace Pagedesk
