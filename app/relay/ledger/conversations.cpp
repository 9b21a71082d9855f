// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/conversations.h"

#include <limits>

namespace Pagedesk::Relay {

namespace {

// Columns of `noteMessage` that follow the newest message; an older one that arrives late leaves
// them alone.
#define PAGEDESK_IF_NEWEST(column)                                                                 \
#column " = CASE WHEN excluded.last_message_at >= conversation.last_message_at "               \
            "THEN excluded." #column " ELSE conversation." #column " END, "

constexpr const char *NoteMessage
    = "INSERT INTO conversation (id, page_id, psid, name, picture_hash, profile_asked, state, "
      "assignee, escalated, labels, unread, read_up_to_at, last_message_id, last_message_at, "
      "last_text, last_attachment, last_attachment_count, last_direction, last_author, last_state, "
      "last_customer_at, waiting_since, delivered_up_to_at, seen_up_to_at, seq) "
      "VALUES (?, ?, ?, '', '', 0, 1, '', 0, '[]', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?) "
      "ON CONFLICT (id) DO UPDATE SET "
      "unread = CASE WHEN excluded.last_direction = 2 "
      "  THEN CASE WHEN excluded.last_message_at >= conversation.last_message_at THEN 0 "
      "       ELSE conversation.unread END "
      "  WHEN excluded.last_message_at > conversation.read_up_to_at THEN conversation.unread + 1 "
      "  ELSE conversation.unread END, "
      "read_up_to_at = CASE WHEN excluded.read_up_to_at > conversation.read_up_to_at "
      "  THEN excluded.read_up_to_at ELSE conversation.read_up_to_at END, "
      "state = CASE WHEN excluded.last_direction = 1 THEN 1 ELSE conversation.state END, "
      "waiting_since = CASE WHEN excluded.last_message_at < conversation.last_message_at "
      "  THEN conversation.waiting_since "
      "  WHEN excluded.last_direction = 2 THEN 0 "
      "  WHEN conversation.waiting_since > 0 THEN conversation.waiting_since "
      "  ELSE excluded.waiting_since END, "
      "last_customer_at = CASE WHEN excluded.last_customer_at > conversation.last_customer_at "
      "  THEN excluded.last_customer_at ELSE conversation.last_customer_at "
      "END, " PAGEDESK_IF_NEWEST(last_message_id) PAGEDESK_IF_NEWEST(last_text)
          PAGEDESK_IF_NEWEST(last_attachment) PAGEDESK_IF_NEWEST(last_attachment_count)
              PAGEDESK_IF_NEWEST(last_direction) PAGEDESK_IF_NEWEST(last_author)
                  PAGEDESK_IF_NEWEST(last_state) PAGEDESK_IF_NEWEST(
                      last_message_at) "seq = excluded.seq RETURNING profile_asked";

#undef PAGEDESK_IF_NEWEST

Result<> done(const Result<qint64> &changed)
{
    if (!changed)
        return failure(changed.error());
    return {};
}

} // namespace

Result<bool> noteMessage(Connection &connection, const Message &m, const Psid &psid, qint64 seq)
{
    const bool inbound = m.direction == Direction::In;
    const auto kind
        = m.attachments.isEmpty() ? AttachmentKind::Unknown : m.attachments.first().kind;
    const auto asked = connection.one(NoteMessage,
        {m.conversationId.value, m.pageId.value, psid.value, inbound ? 1 : 0,
            inbound ? 0 : m.sentAt, m.id.value, m.sentAt, previewText(m.text),
            static_cast<int>(kind), m.attachments.size(), static_cast<int>(m.direction),
            static_cast<int>(m.author), static_cast<int>(m.state), inbound ? m.sentAt : 0,
            inbound ? m.sentAt : 0, seq},
        [](const Row &row) { return row.flag(0); });
    if (!asked)
        return failure(asked.error());
    if (asked->value_or(true))
        return false;
    constexpr const char *NoteAsked = "UPDATE conversation SET profile_asked = 1 WHERE id = ?";
    if (const auto noted = connection.exec(NoteAsked, {m.conversationId.value}); !noted)
        return failure(noted.error());
    return true;
}

Result<> noteCustomerAction(
    Connection &connection, const PageId &page, const ConversationId &id, qint64 at)
{
    constexpr const char *Sql = "UPDATE conversation SET last_customer_at = ?, seq = ? "
                                "WHERE id = ? AND last_customer_at < ?";
    const auto seq = takeSeqs(connection, page.value, 1);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(Sql, {at, *seq, id.value, at}));
}

Result<> noteMessageChanged(Connection &connection, const Message &m)
{
    constexpr const char *Sql = "UPDATE conversation SET last_state = ?, seq = ?, "
                                "last_message_at = ? WHERE id = ? AND last_message_id = ?";
    const auto seq = takeSeqs(connection, m.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(
        Sql, {static_cast<int>(m.state), *seq, m.sentAt, m.conversationId.value, m.id.value}));
}

Result<Watermarks> watermarks(Connection &connection, const ConversationId &id)
{
    constexpr const char *Sql
        = "SELECT delivered_up_to_at, seen_up_to_at FROM conversation WHERE id = ?";
    const auto found = connection.one(Sql, {id.value}, [](const Row &row) {
        return Watermarks{row.integer(0), row.integer(1)};
    });
    if (!found)
        return failure(found.error());
    return found->value_or(Watermarks{});
}

Result<> raiseWatermarks(Connection &connection, const ConversationId &id, const Watermarks &to)
{
    constexpr const char *Sql
        = "UPDATE conversation SET "
          "delivered_up_to_at = CASE WHEN delivered_up_to_at < ? THEN ? ELSE delivered_up_to_at "
          "END, "
          "seen_up_to_at = CASE WHEN seen_up_to_at < ? THEN ? ELSE seen_up_to_at END WHERE id = ?";
    return done(connection.exec(
        Sql, {to.deliveredUpToAt, to.deliveredUpToAt, to.seenUpToAt, to.seenUpToAt, id.value}));
}

Result<std::optional<Conversation>> conversationById(
    Connection &connection, const ConversationId &id)
{
    constexpr const char *Sql
        = "SELECT " PAGEDESK_CONVERSATION_COLUMNS " FROM conversation WHERE id = ?";
    return connection.one(Sql, {id.value}, conversationFrom);
}

Result<> setConversationState(
    Connection &connection, const Conversation &conversation, ConversationState state)
{
    constexpr const char *Sql = "UPDATE conversation SET state = ?, seq = ? WHERE id = ?";
    const auto seq = takeSeqs(connection, conversation.contact.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(Sql, {static_cast<int>(state), *seq, conversation.id.value}));
}

Result<> setReadUpTo(Connection &connection, const Conversation &conversation, qint64 upToAt)
{
    constexpr const char *Count = "SELECT count(*) FROM message "
                                  "WHERE conversation_id = ? AND sent_at > ? AND direction = 1";
    constexpr const char *Sql = "UPDATE conversation SET read_up_to_at = ?, unread = ?, seq = ? "
                                "WHERE id = ? AND read_up_to_at < ?";
    const auto left = connection.one(
        Count, {conversation.id.value, upToAt}, [](const Row &row) { return row.integer(0); });
    if (!left)
        return failure(left.error());
    const auto seq = takeSeqs(connection, conversation.contact.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    return done(
        connection.exec(Sql, {upToAt, left->value_or(0), *seq, conversation.id.value, upToAt}));
}

Result<> setProfile(Connection &connection, const Conversation &conversation, const QString &name,
    const QString &pictureHash)
{
    constexpr const char *Sql
        = "UPDATE conversation SET name = ?, picture_hash = ?, seq = ? WHERE id = ?";
    const auto seq = takeSeqs(connection, conversation.contact.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(Sql, {name, pictureHash, *seq, conversation.id.value}));
}

Result<QList<Conversation>> conversationsAfter(
    Connection &connection, const PageId &page, qint64 after, qint64 upTo, int limit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_CONVERSATION_COLUMNS " FROM conversation "
                                "WHERE page_id = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?";
    return connection.all(Sql, {page.value, after, upTo, limit}, conversationFrom);
}

Result<QList<Conversation>> conversationsBelow(
    Connection &connection, const PageId &page, qint64 before, int limit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_CONVERSATION_COLUMNS " FROM conversation "
                                "WHERE page_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?";
    return connection.all(Sql, {page.value, before, limit}, conversationFrom);
}

Result<QList<Conversation>> conversationsByActivity(Connection &connection, const PageId &page,
    qint64 beforeAt, const ConversationId &beforeId, int limit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_CONVERSATION_COLUMNS " FROM conversation "
                                "WHERE page_id = ? AND (last_message_at, id) < (?, ?) "
                                "ORDER BY last_message_at DESC, id DESC LIMIT ?";
    const qint64 at = beforeAt > 0 ? beforeAt : std::numeric_limits<qint64>::max();
    return connection.all(Sql, {page.value, at, beforeId.value, limit}, conversationFrom);
}

} // namespace Pagedesk::Relay
