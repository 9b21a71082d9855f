// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/commandstore.h"

#include "models/store/replica/steps.h"

namespace Pagedesk {

namespace {

#define PAGEDESK_COLUMNS "id, kind, conversation_id, message_id, value, frame, change"

constexpr const char *All = "SELECT " PAGEDESK_COLUMNS " FROM command ORDER BY position";
constexpr const char *Find = "SELECT " PAGEDESK_COLUMNS " FROM command WHERE id = ?";
constexpr const char *FindReply
    = "SELECT " PAGEDESK_COLUMNS " FROM command WHERE kind = 1 AND message_id = ?";
constexpr const char *OfConversation = "SELECT " PAGEDESK_COLUMNS " FROM command "
                                       "WHERE conversation_id = ? AND kind = ? ORDER BY position";
constexpr const char *OfKind
    = "SELECT " PAGEDESK_COLUMNS " FROM command WHERE kind = ? ORDER BY position";
constexpr const char *FindOfPage = "SELECT " PAGEDESK_COLUMNS " FROM command "
                                   "WHERE substr(conversation_id, 1, length(?)) = ?";
constexpr const char *Add
    = "INSERT INTO command (" PAGEDESK_COLUMNS ", base_seq) VALUES (?, ?, ?, ?, ?, ?, ?, "
      "coalesce((SELECT seq FROM conversation WHERE conversation.id = ?), 0))";
constexpr const char *Remove = "DELETE FROM command WHERE id = ?";

#undef PAGEDESK_COLUMNS

StoredCommand commandFrom(const Row &row)
{
    return {{row.text(0)}, static_cast<CommandKind>(row.number(1)), {row.text(2)}, {row.text(3)},
        row.integer(4), row.bytes(5), changeFromText(row.text(6))};
}

void noteTouched(ReplicaWriter &writer, const StoredCommand &command)
{
    writer.changes.touched.insert(command.conversationId);
    if (command.kind == CommandKind::Contact)
        writer.changes.contacts.insert(command.conversationId);
    if (command.kind == CommandKind::Label)
        writer.changes.roster = true;
}

} // namespace

Result<QList<StoredCommand>> CommandStore::all(Connection &connection)
{
    return connection.all(All, {}, commandFrom);
}

Result<std::optional<StoredCommand>> CommandStore::find(Connection &connection, const CommandId &id)
{
    return connection.one(Find, {id.value}, commandFrom);
}

Result<std::optional<StoredCommand>> CommandStore::findReply(
    Connection &connection, const MessageId &message)
{
    return connection.one(FindReply, {message.value}, commandFrom);
}

Result<QList<StoredCommand>> CommandStore::ofKind(Connection &connection, CommandKind kind)
{
    return connection.all(OfKind, {static_cast<int>(kind)}, commandFrom);
}

Result<QList<StoredCommand>> CommandStore::ofConversation(
    Connection &connection, const ConversationId &conversation, CommandKind kind)
{
    return connection.all(
        OfConversation, {conversation.value, static_cast<int>(kind)}, commandFrom);
}

Result<> CommandStore::add(ReplicaWriter &writer, const StoredCommand &command)
{
    if (command.kind == CommandKind::MarkRead) {
        const auto superseded
            = ofConversation(writer.connection, command.conversationId, command.kind);
        if (!superseded)
            return failure(superseded.error());
        for (const StoredCommand &old : *superseded) {
            if (const auto removed = remove(writer, old); !removed)
                return removed;
        }
    }
    writer.changes.addedCommands.append(command);
    noteTouched(writer, command);
    return done(writer.connection.exec(Add,
        {command.id.value, static_cast<int>(command.kind), command.conversationId.value,
            command.messageId.value, command.value, command.frame,
            command.kind == CommandKind::Change ? changeToText(command.change) : QString(),
            command.conversationId.value}));
}

Result<> CommandStore::remove(ReplicaWriter &writer, const StoredCommand &command)
{
    writer.changes.removedCommands.append(command.id);
    noteTouched(writer, command);
    return done(writer.connection.exec(Remove, {command.id.value}));
}

Result<> CommandStore::removePage(ReplicaWriter &writer, const PageId &page)
{
    const QString prefix = page.value + u'-'; // see conversationId()
    const auto commands = writer.connection.all(FindOfPage, {prefix, prefix}, commandFrom);
    if (!commands)
        return failure(commands.error());
    for (const StoredCommand &command : *commands) {
        if (const auto removed = remove(writer, command); !removed)
            return removed;
    }
    return {};
}

} // namespace Pagedesk
