// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/messages.h"

#include "app/relay/ledger/teams.h"
#include "models/domain/detailsjson.h"

#include <limits>

namespace Pagedesk::Relay {

namespace {

Result<> noteFiles(Connection &connection, const Message &m)
{
    for (const Attachment &attachment : m.attachments) {
        for (const QString &hash : {attachment.hash, attachment.thumbnail}) {
            if (auto noted = notePageFile(connection, hash, m.pageId); !noted)
                return noted;
        }
    }
    return {};
}

} // namespace

Result<bool> insertMessage(Connection &connection, const Message &m, qint64 event)
{
    constexpr const char *Sql
        = "INSERT INTO message (" PAGEDESK_MESSAGE_COLUMNS ", event_id, deadline_at, tries, "
          "next_try_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0) "
          "ON CONFLICT (id) DO NOTHING";
    const auto inserted = connection.exec(Sql,
        {m.id.value, m.pageId.value, m.conversationId.value, m.mid.value,
            static_cast<int>(m.direction), static_cast<int>(m.author), m.authorName, m.text,
            attachmentsToText(m.attachments), m.replyTo.value, m.sentAt, m.arrival,
            static_cast<int>(m.state), m.deliveredAt, m.readAt, static_cast<int>(m.failure), m.seq,
            detailsToText(m.details), event});
    if (!inserted)
        return failure(inserted.error());
    if (auto noted = noteFiles(connection, m); !noted)
        return failure(noted.error());
    return *inserted == 1;
}

Result<bool> noteEventOf(Connection &connection, const MessageId &id, qint64 event)
{
    constexpr const char *Sql = "UPDATE message SET event_id = ? WHERE id = ? AND event_id = 0";
    const auto noted = connection.exec(Sql, {event, id.value});
    if (!noted)
        return failure(noted.error());
    return *noted == 1;
}

Result<std::optional<Message>> messageById(Connection &connection, const MessageId &id)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message WHERE id = ?";
    return connection.one(Sql, {id.value}, messageFrom);
}

Result<std::optional<Message>> ownMessageByMid(
    Connection &connection, const PageId &page, const Mid &mid)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message "
                                "WHERE mid = ? AND (author = 2 OR author = 3) AND page_id = ?";
    return connection.one(Sql, {mid.value, page.value}, messageFrom);
}

Result<std::optional<Message>> messageByMid(
    Connection &connection, const PageId &page, const Mid &mid)
{
    auto message = messageById(connection, messageIdFor(page, mid));
    if (message && !*message)
        message = ownMessageByMid(connection, page, mid);
    return message;
}

Result<> updateMessage(Connection &connection, const Message &m)
{
    constexpr const char *Sql
        = "UPDATE message SET mid = ?, text = ?, attachments = ?, sent_at = ?, state = ?, "
          "delivered_at = ?, read_at = ?, failure = ?, seq = ?, details = ? WHERE id = ?";
    const auto seq = takeSeqs(connection, m.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    const auto updated = connection.exec(Sql,
        {m.mid.value, m.text, attachmentsToText(m.attachments), m.sentAt, static_cast<int>(m.state),
            m.deliveredAt, m.readAt, static_cast<int>(m.failure), *seq, detailsToText(m.details),
            m.id.value});
    if (!updated)
        return failure(updated.error());
    return noteFiles(connection, m);
}

Result<QList<Message>> outgoingUpTo(
    Connection &connection, const ConversationId &conversation, qint64 upToAt, DeliveryState state)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message "
                                "WHERE conversation_id = ? AND sent_at <= ? AND direction = 2 "
                                "AND state BETWEEN 5 AND ? ORDER BY sent_at DESC LIMIT 200";
    return connection.all(
        Sql, {conversation.value, upToAt, static_cast<int>(state) - 1}, messageFrom);
}

Result<bool> hasUnnamedReply(
    Connection &connection, const ConversationId &conversation, const QString &text)
{
    constexpr const char *Sql
        = "SELECT 1 FROM message WHERE conversation_id = ? AND direction = 2 AND state BETWEEN 2 "
          "AND 4 AND state BETWEEN 3 AND 4 AND mid = '' AND text = ?";
    const auto found = connection.one(
        Sql, {conversation.value, text}, [](const Row &row) { return row.flag(0); });
    if (!found)
        return failure(found.error());
    return found->has_value();
}

Result<int> namedMessageCount(Connection &connection, const ConversationId &conversation)
{
    constexpr const char *Sql
        = "SELECT count(*) FROM message WHERE conversation_id = ? AND mid <> ''";
    const auto count
        = connection.one(Sql, {conversation.value}, [](const Row &row) { return row.number(0); });
    if (!count)
        return failure(count.error());
    return count->value_or(0);
}

Result<QList<Message>> threadBefore(Connection &connection, const ConversationId &conversation,
    qint64 beforeAt, qint64 beforeArrival, int limit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message "
                                "WHERE conversation_id = ? AND (sent_at, arrival) < (?, ?) "
                                "ORDER BY sent_at DESC, arrival DESC LIMIT ?";
    const qint64 at = beforeAt > 0 ? beforeAt : std::numeric_limits<qint64>::max();
    return connection.all(Sql, {conversation.value, at, beforeArrival, limit}, messageFrom);
}

Result<QList<Message>> messagesById(Connection &connection, const MessageId &after, int limit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message "
                                "WHERE id > ? ORDER BY id LIMIT ?";
    return connection.all(Sql, {after.value, limit}, messageFrom);
}

Result<QList<KeptMessage>> keptMessages(Connection &connection, const MessageId &after, int limit)
{
    constexpr const char *Sql
        = "SELECT id, event_id, details FROM message WHERE id > ? ORDER BY id LIMIT ?";
    return connection.all(Sql, {after.value, limit}, [](const Row &row) {
        const MessageDetails details = detailsFromText(row.text(2));
        return KeptMessage{{row.text(0)}, row.integer(1), details.notice == Notice::Unsupported};
    });
}

Result<QList<Message>> messagesAfter(
    Connection &connection, const PageId &page, qint64 after, qint64 upTo, int limit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message "
                                "WHERE page_id = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?";
    return connection.all(Sql, {page.value, after, upTo, limit}, messageFrom);
}

Result<QList<Message>> messagesBelow(
    Connection &connection, const PageId &page, qint64 before, int limit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message "
                                "WHERE page_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?";
    return connection.all(Sql, {page.value, before, limit}, messageFrom);
}

} // namespace Pagedesk::Relay
