// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/outbox.h"

#include "models/desk/commandqueue.h"
#include "models/domain/replywindow.h"
#include "models/domain/windowlengths.h"
#include "models/messenger/limits.h"
#include "models/store/replica/commandstore.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/draftstore.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/originstore.h"
#include "models/store/replica/pagestore.h"
#include "models/store/replica/replica.h"
#include "models/store/replica/steps.h"

#include <algorithm>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Reply {
    MessageId id;
    CommandId command;
    ConversationId conversation;
    QString text;
    qint64 now = 0;
};

// The end of the window in which this reply may still leave; nothing when it is closed now.
Result<qint64> deadline(Connection &connection, const Conversation &conversation, qint64 now)
{
    const auto page = PageStore::find(connection, conversation.contact.pageId);
    if (!page)
        return failure(page.error());
    const bool humanAgent = *page && (*page)->humanAgent;
    if (!replyWindow(conversation.lastCustomerAt, now, humanAgent).allowsHumanReply())
        return failure(Error::Kind::Rejected, failureKindName(FailureKind::WindowClosed));
    return std::min(conversation.lastCustomerAt, now)
        + (humanAgent ? HumanAgentWindowMs : StandardWindowMs);
}

Result<Message> messageOf(
    Connection &connection, const Reply &reply, const Conversation &conversation)
{
    const auto origin = OriginStore::load(connection);
    if (!origin)
        return failure(origin.error());
    const auto pending = MessageStore::pending(connection, conversation.id);
    if (!pending)
        return failure(pending.error());
    Message message;
    message.id = reply.id;
    message.conversationId = conversation.id;
    message.pageId = conversation.contact.pageId;
    message.direction = Direction::Out;
    message.author = Author::Operator;
    message.authorName = *origin ? (*origin)->operatorName : QString();
    message.text = reply.text;
    message.state = DeliveryState::Queued;
    // Two replies within a millisecond keep the order in which they were written.
    message.sentAt = reply.now;
    if (!pending->isEmpty())
        message.sentAt = std::max(message.sentAt, pending->constLast().sentAt + 1);
    return message;
}

Result<MessageId> store(ReplicaWriter &writer, const Reply &reply)
{
    const auto conversation = ConversationStore::find(writer.connection, reply.conversation);
    if (!conversation)
        return failure(conversation.error());
    if (!*conversation)
        return failure(Error::Kind::NotFound, u"no such conversation"_s);
    const auto until = deadline(writer.connection, **conversation, reply.now);
    if (!until)
        return failure(until.error());
    const auto message = messageOf(writer.connection, reply, **conversation);
    if (!message)
        return failure(message.error());
    const Wire::SendReply body{reply.id, reply.conversation, reply.text, message->sentAt, *until};
    const auto stored = inOrder([&] { return MessageStore::add(writer, *message); },
        [&] {
            return CommandStore::add(
                writer, storedCommand(reply.command, body, reply.conversation));
        },
        [&] { return DraftStore::set(writer, reply.conversation, {}); });
    if (!stored)
        return failure(stored.error());
    return reply.id;
}

} // namespace

class Outbox::Implementation {
public:
    Replica &replica;
    CommandQueue &commands;
    const Clock &clock;
};

Outbox::Outbox(Replica &replica, CommandQueue &commands, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_implementation(new Implementation{replica, commands, clock})
{
    connect(&commands, &CommandQueue::waitingRepliesChanged, this, &Outbox::waitingChanged);
}

Outbox::~Outbox() = default;

Task<MessageId> Outbox::send(const ConversationId &conversation, const QString &text)
{
    if (text.trimmed().isEmpty())
        return Task<MessageId>::finished(failure(Error::Kind::Rejected, u"an empty reply"_s));
    if (text.size() > Limits::TextCharacters) {
        return Task<MessageId>::finished(
            failure(Error::Kind::TooLarge, failureKindName(FailureKind::TooLong)));
    }
    const qint64 now = m_implementation->clock.now();
    const Reply reply{{newUuid(now)}, {newUuid(now)}, conversation, text, now};
    m_implementation->replica.announceReply(conversation);
    return m_implementation->replica.write<MessageId>(
        [reply](ReplicaWriter &writer) { return store(writer, reply); });
}

Task<> Outbox::cancel(const MessageId &id)
{
    return m_implementation->commands.cancelReply(id);
}

int Outbox::waiting() const
{
    return m_implementation->commands.waitingReplies();
}

} // namespace Pagedesk
