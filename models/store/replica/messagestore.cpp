// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/messagestore.h"

#include "models/store/replica/messagerows.h"
#include "models/store/replica/searchindex.h"
#include "models/store/replica/steps.h"
#include "models/store/replica/tombstones.h"

#include <algorithm>
#include <limits>

namespace Pagedesk {

namespace {

constexpr const char *Find = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message WHERE id = ?";
constexpr const char *Pending
    = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message WHERE conversation_id = ? AND pending = 1 "
      "ORDER BY sent_at, arrival, id";
constexpr const char *Slice
    = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message WHERE conversation_id = ? AND pending = 0 "
      "AND (sent_at, arrival, id) < (?, ?, ?) ORDER BY sent_at DESC, arrival DESC, id DESC LIMIT ?";
constexpr const char *OnlyHere
    = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message WHERE seq = 0 ORDER BY sent_at";
constexpr const char *IsOnlyHere = "SELECT count(*) FROM message WHERE id = ? AND seq = 0";
constexpr const char *Remove = "DELETE FROM message WHERE id = ? RETURNING conversation_id";
constexpr const char *OfPage
    = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message WHERE page_id = ? AND seq >= ?";
constexpr const char *CountPage = "SELECT count(*) FROM message WHERE page_id = ? AND seq >= ?";
constexpr const char *RemovePage = "DELETE FROM message WHERE page_id = ? AND seq >= ?";
constexpr const char *Fail = "UPDATE message SET state = ?, failure = ? WHERE id = ? AND seq = 0";
constexpr const char *DoubtConfirmed
    = "UPDATE message SET state = ? WHERE page_id = ? AND seq = 0 AND state = ? "
      "AND id NOT IN (SELECT message_id FROM command WHERE kind = 1)";

// More than this and the search is built anew rather than told of each.
constexpr qint64 MostForgotten = 5000;

Result<bool> isOnlyHere(Connection &connection, const MessageId &id)
{
    const auto found
        = connection.one(IsOnlyHere, {id.value}, [](const Row &row) { return row.flag(0); });
    if (!found)
        return failure(found.error());
    return found->value_or(false);
}

Result<> removeRow(ReplicaWriter &writer, const MessageId &id)
{
    if (const auto forgotten = MessageRows::forget(writer.connection, Find, {id.value}); !forgotten)
        return forgotten;
    const auto removed = writer.connection.one(
        Remove, {id.value}, [](const Row &row) { return ConversationId{row.text(0)}; });
    if (removed && *removed) {
        writer.changes.removedMessages[**removed].append(id);
        writer.changes.touched.insert(**removed);
    }
    return done(removed);
}

} // namespace

Result<std::optional<Message>> MessageStore::find(Connection &connection, const MessageId &id)
{
    const auto found = MessageRows::read(connection, Find, {id.value});
    if (!found)
        return failure(found.error());
    return found->isEmpty() ? std::nullopt : std::optional(found->constFirst());
}

Result<QList<Message>> MessageStore::pending(
    Connection &connection, const ConversationId &conversation)
{
    return MessageRows::read(connection, Pending, {conversation.value});
}

Result<QList<Message>> MessageStore::slice(Connection &connection,
    const ConversationId &conversation, const std::optional<Message> &before, int limit)
{
    constexpr qint64 End = std::numeric_limits<qint64>::max();
    ValueList values{conversation.value, End, End, QString(), limit};
    // Whoever pages back from a reply on its way has seen nothing that is settled.
    if (before && !isPending(*before))
        values = {conversation.value, before->sentAt, before->arrival, before->id.value, limit};
    auto messages = MessageRows::read(connection, Slice, values);
    if (messages)
        std::reverse(messages->begin(), messages->end());
    return messages;
}

Result<QList<Message>> MessageStore::onlyHere(Connection &connection)
{
    return MessageRows::read(connection, OnlyHere, {});
}

Result<> MessageStore::apply(ReplicaWriter &writer, const Message &message)
{
    const auto gone
        = Tombstones::covers(writer.connection, "message", message.id.value, message.seq);
    if (!gone || *gone)
        return done(gone);
    // The list shows a reply that only we know as the last message: it must look again.
    if (message.direction == Direction::Out) {
        const auto ours = isOnlyHere(writer.connection, message.id);
        if (!ours)
            return done(ours);
        if (*ours)
            writer.changes.touched.insert(message.conversationId);
    }
    const auto written = MessageRows::write(writer.connection, message);
    if (written && *written)
        writer.changes.messages[message.conversationId].append(message);
    return done(written);
}

Result<> MessageStore::remove(
    ReplicaWriter &writer, const MessageId &id, const QString &stream, qint64 seq)
{
    return inOrder(
        [&] {
            return Tombstones::add(
                writer.connection, QStringLiteral("message"), id.value, stream, seq);
        },
        [&] { return removeRow(writer, id); });
}

Result<> MessageStore::removePage(ReplicaWriter &writer, const PageId &page, bool all)
{
    const ValueList rows{page.value, all ? 0 : 1};
    Connection &connection = writer.connection;
    const auto count
        = connection.one(CountPage, rows, [](const Row &row) { return row.integer(0); });
    if (!count || count->value_or(0) == 0)
        return done(count);
    const bool isMuch = **count > MostForgotten;
    writer.changes.searchStartedOver |= isMuch;
    return inOrder(
        [&] { return isMuch ? Result<>() : MessageRows::forget(connection, OfPage, rows); },
        [&] { return done(connection.exec(RemovePage, rows)); },
        [&] { return isMuch ? SearchIndex::startOver(connection) : Result<>(); });
}

Result<> MessageStore::doubtConfirmed(ReplicaWriter &writer, const PageId &page)
{
    return done(writer.connection.exec(DoubtConfirmed,
        {static_cast<int>(DeliveryState::Unknown), page.value,
            static_cast<int>(DeliveryState::Queued)}));
}

Result<> MessageStore::add(ReplicaWriter &writer, const Message &message)
{
    const auto written = MessageRows::write(writer.connection, message);
    if (written && !*written)
        return failure(Error::Kind::Conflict, QStringLiteral("a message of this id is here"));
    writer.changes.messages[message.conversationId].append(message);
    writer.changes.touched.insert(message.conversationId);
    return done(written);
}

Result<> MessageStore::fail(ReplicaWriter &writer, const MessageId &id, FailureKind kind)
{
    const auto changed = writer.connection.exec(
        Fail, {static_cast<int>(DeliveryState::Failed), static_cast<int>(kind), id.value});
    if (!changed || *changed == 0)
        return done(changed);
    const auto message = find(writer.connection, id);
    if (message && *message) {
        writer.changes.messages[(*message)->conversationId].append(**message);
        writer.changes.touched.insert((*message)->conversationId);
    }
    return done(message);
}

Result<> MessageStore::takeBack(ReplicaWriter &writer, const MessageId &id)
{
    const auto ours = isOnlyHere(writer.connection, id);
    if (!ours || !*ours)
        return done(ours);
    return removeRow(writer, id);
}

} // namespace Pagedesk
