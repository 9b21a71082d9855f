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

constexpr qsizetype MostFiles = 30; // of one reply

// A message of Meta's: a text or a file.
struct Part {
    MessageId id;
    CommandId command;
    QString text;
    std::optional<Attachment> file;
};

struct Reply {
    ConversationId conversation;
    QString group; // empty when there is one part only
    QList<Part> parts; // at least one
    qint64 now = 0;
    bool humanAgent = false;
};

Reply replyOf(const ConversationId &conversation, const QString &text,
    const QList<Attachment> &files, qint64 now)
{
    Reply reply{conversation, {}, {}, now, false};
    if (!text.trimmed().isEmpty())
        reply.parts.append({{newUuid(now)}, {newUuid(now)}, text, std::nullopt});
    for (const Attachment &file : files)
        reply.parts.append({{newUuid(now)}, {newUuid(now)}, {}, file});
    if (reply.parts.size() > 1)
        reply.group = newUuid(now);
    return reply;
}

tl::unexpected<Error> refused(FailureKind why)
{
    return failure(Error::Kind::Rejected, failureKindName(why));
}

// The end of the window in which this reply may still leave; an error when it may not now.
Result<qint64> deadline(
    Connection &connection, const Conversation &conversation, const Reply &reply)
{
    if (!conversation.ownerApp.isEmpty())
        return refused(FailureKind::NotThreadOwner);
    const auto page = PageStore::find(connection, conversation.contact.pageId);
    if (!page)
        return failure(page.error());
    const bool humanAgent = reply.humanAgent && *page && (*page)->humanAgent;
    if (!replyWindow(conversation.lastCustomerAt, reply.now, humanAgent).allowsHumanReply())
        return refused(FailureKind::WindowClosed);
    return std::min(conversation.lastCustomerAt, reply.now)
        + (humanAgent ? HumanAgentWindowMs : StandardWindowMs);
}

// The parts as messages that wait, in their order and behind what waits already.
Result<QList<Message>> messagesOf(
    Connection &connection, const Reply &reply, const Conversation &conversation)
{
    const auto origin = OriginStore::load(connection);
    if (!origin)
        return failure(origin.error());
    const auto pending = MessageStore::pending(connection, conversation.id);
    if (!pending)
        return failure(pending.error());
    QList<Message> messages;
    // Two replies within a millisecond keep the order in which they were written.
    qint64 sentAt = reply.now;
    if (!pending->isEmpty())
        sentAt = std::max(sentAt, pending->constLast().sentAt + 1);
    for (const Part &part : reply.parts) {
        Message message;
        message.id = part.id;
        message.conversationId = conversation.id;
        message.pageId = conversation.contact.pageId;
        message.direction = Direction::Out;
        message.author = Author::Operator;
        message.authorName = *origin ? (*origin)->operatorName : QString();
        message.text = part.text;
        if (part.file)
            message.attachments = {*part.file};
        message.state = DeliveryState::Queued;
        message.sentAt = sentAt++;
        message.details.group = reply.group;
        message.details.part = static_cast<int>(messages.size());
        message.details.humanAgent = reply.humanAgent;
        messages.append(message);
    }
    return messages;
}

Result<> storePart(
    ReplicaWriter &writer, const Part &part, const Message &message, qint64 deadlineAt)
{
    Wire::SendReply body{part.id, message.conversationId, part.text, message.sentAt, deadlineAt};
    body.group = message.details.group;
    body.part = message.details.part;
    body.attachment = part.file;
    body.humanAgent = message.details.humanAgent;
    return inOrder([&] { return MessageStore::add(writer, message); },
        [&] {
            return CommandStore::add(
                writer, storedCommand(part.command, body, message.conversationId));
        });
}

Result<MessageId> store(ReplicaWriter &writer, const Reply &reply)
{
    const auto conversation = ConversationStore::find(writer.connection, reply.conversation);
    if (!conversation)
        return failure(conversation.error());
    if (!*conversation)
        return failure(Error::Kind::NotFound, u"no such conversation"_s);
    const auto until = deadline(writer.connection, **conversation, reply);
    if (!until)
        return failure(until.error());
    const auto messages = messagesOf(writer.connection, reply, **conversation);
    if (!messages)
        return failure(messages.error());
    for (qsizetype i = 0; i < messages->size(); ++i) {
        if (auto stored = storePart(writer, reply.parts.at(i), messages->at(i), *until); !stored)
            return failure(stored.error());
    }
    const auto cleared = inOrder([&] { return DraftStore::set(writer, reply.conversation, {}); },
        [&] { return DraftStore::setFiles(writer, reply.conversation, {}); });
    if (!cleared)
        return failure(cleared.error());
    return reply.parts.constFirst().id;
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

Task<MessageId> Outbox::send(
    const ConversationId &conversation, const QString &text, const QList<Attachment> &files, As as)
{
    if (text.trimmed().isEmpty() && files.isEmpty())
        return Task<MessageId>::finished(failure(Error::Kind::Rejected, u"an empty reply"_s));
    if (text.size() > Limits::TextCharacters) {
        return Task<MessageId>::finished(
            failure(Error::Kind::TooLarge, failureKindName(FailureKind::TooLong)));
    }
    if (files.size() > MostFiles) {
        return Task<MessageId>::finished(
            failure(Error::Kind::Rejected, u"more than %1 files at once"_s.arg(MostFiles)));
    }
    const qint64 now = m_implementation->clock.now();
    Reply reply = replyOf(conversation, text, files, now);
    reply.humanAgent = as == As::HumanAgent;
    m_implementation->replica.announceReply(conversation);
    return m_implementation->replica.write<MessageId>(
        [reply](ReplicaWriter &writer) { return store(writer, reply); });
}

Task<> Outbox::cancel(const MessageId &id)
{
    return m_implementation->commands.cancelReply(id);
}

Task<QSet<QString>> Outbox::neededFiles()
{
    return m_implementation->replica.read<QSet<QString>>(
        [](Connection &connection) -> Result<QSet<QString>> {
            const auto hashes = DraftStore::fileHashes(connection);
            const auto commands = CommandStore::all(connection);
            if (!hashes || !commands)
                return failure(hashes ? commands.error() : hashes.error());
            QSet<QString> needed(hashes->begin(), hashes->end());
            for (const StoredCommand &stored : *commands) {
                const auto frame = Wire::decodeClientFrame(stored.frame);
                const auto *command = frame ? std::get_if<Wire::Command>(&*frame) : nullptr;
                const auto *reply
                    = command ? std::get_if<Wire::SendReply>(&command->body) : nullptr;
                if (reply && reply->attachment)
                    needed.insert(reply->attachment->hash);
            }
            return needed;
        });
}

int Outbox::waiting() const
{
    return m_implementation->commands.waitingReplies();
}

} // namespace Pagedesk
