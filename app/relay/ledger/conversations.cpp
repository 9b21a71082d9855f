// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/conversations.h"

#include "app/relay/ledger/teams.h"

#include <limits>

namespace Pagedesk::Relay {

namespace {

Result<> done(const Result<qint64> &changed)
{
    if (!changed)
        return failure(changed.error());
    return {};
}

} // namespace

AttachmentKind firstKind(const Message &m)
{
    return m.attachments.isEmpty() ? AttachmentKind::Unknown : m.attachments.first().kind;
}

Result<> setOwnerApp(
    Connection &connection, const PageId &page, const ConversationId &id, const QString &app)
{
    constexpr const char *Sql
        = "UPDATE conversation SET owner_app = ?, taking_failed = 0, "
          "taking_since = CASE WHEN ? = '' THEN 0 ELSE taking_since END, seq = ? "
          "WHERE id = ? AND owner_app <> ?";
    const auto seq = takeSeqs(connection, page.value, 1);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(Sql, {app, app, *seq, id.value, app}));
}

Result<> noteOldMessage(
    Connection &connection, const Message &m, const Psid &psid, const OldMessage &old, qint64 seq)
{
    constexpr const char *Begin
        = "INSERT INTO conversation (id, page_id, psid, name, picture_hash, profile_asked, state, "
          "assignee, escalated, labels, unread, read_up_to_at, last_message_id, last_message_at, "
          "last_text, last_attachment, last_attachment_count, last_direction, last_author, "
          "last_state, last_customer_at, waiting_since, delivered_up_to_at, seen_up_to_at, seq) "
          "VALUES (?, ?, ?, '', '', 0, ?, '', 0, '[]', 0, 0, '', 0, '', 0, 0, 1, 1, 1, 0, 0, 0, 0, "
          "?) ON CONFLICT (id) DO NOTHING";
    constexpr const char *Read
        = "UPDATE conversation SET seq = ?, "
          "read_up_to_at = CASE WHEN read_up_to_at < ? THEN ? ELSE read_up_to_at END, "
          "last_customer_at = CASE WHEN last_customer_at < ? THEN ? ELSE last_customer_at END "
          "WHERE id = ?";
    constexpr const char *ShowNewest
        = "UPDATE conversation SET last_message_id = ?, last_message_at = ?, last_text = ?, "
          "last_attachment = ?, last_attachment_count = ?, last_direction = ?, last_author = ?, "
          "last_state = ? WHERE id = ? AND last_message_at <= ?";
    const qint64 customerAt = m.direction == Direction::In ? m.sentAt : 0;
    auto written = connection.exec(Begin,
        {m.conversationId.value, m.pageId.value, psid.value, static_cast<int>(old.state), seq});
    if (written) {
        written = connection.exec(Read,
            {seq, old.readUpToAt, old.readUpToAt, customerAt, customerAt, m.conversationId.value});
    }
    if (written) {
        written = connection.exec(ShowNewest,
            {m.id.value, m.sentAt, previewText(m.text), static_cast<int>(firstKind(m)),
                m.attachments.size(), static_cast<int>(m.direction), static_cast<int>(m.author),
                static_cast<int>(m.state), m.conversationId.value, m.sentAt});
    }
    return done(written);
}

Result<bool> nameConversation(
    Connection &connection, const PageId &page, const ConversationId &id, const QString &name)
{
    constexpr const char *Find = "SELECT 1 FROM conversation WHERE id = ? AND name = ''";
    constexpr const char *Sql = "UPDATE conversation SET name = ?, seq = ? WHERE id = ?";
    if (name.isEmpty())
        return false;
    const auto isNameless
        = connection.one(Find, {id.value}, [](const Row &row) { return row.flag(0); });
    if (!isNameless)
        return failure(isNameless.error());
    if (!*isNameless)
        return false;
    const auto seq = takeSeqs(connection, page.value, 1);
    if (!seq)
        return failure(seq.error());
    const auto named = connection.exec(Sql, {name, *seq, id.value});
    if (!named)
        return failure(named.error());
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
    // Its time may have changed too: another one may be the newest now, or this one.
    constexpr const char *Newest
        = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message WHERE conversation_id = ? "
          "AND author <> 4 "
          "ORDER BY sent_at DESC, arrival DESC LIMIT 1";
    constexpr const char *Sql
        = "UPDATE conversation SET last_message_id = ?, last_message_at = ?, last_text = ?, "
          "last_attachment = ?, last_attachment_count = ?, last_direction = ?, last_author = ?, "
          "last_state = ?, seq = ? "
          "WHERE id = ? AND (last_message_id = ? OR last_message_id <> ?)";
    const auto seq = takeSeqs(connection, m.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    const auto found = connection.one(Newest, {m.conversationId.value}, messageFrom);
    if (!found)
        return failure(found.error());
    const Message &last = found->value_or(m);
    return done(connection.exec(Sql,
        {last.id.value, last.sentAt, previewText(last.text), static_cast<int>(firstKind(last)),
            last.attachments.size(), static_cast<int>(last.direction),
            static_cast<int>(last.author), static_cast<int>(last.state), *seq,
            m.conversationId.value, m.id.value, last.id.value}));
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

Result<> saveDecisions(Connection &connection, const Conversation &conversation)
{
    constexpr const char *Sql
        = "UPDATE conversation SET state = ?, snoozed_until = ?, assignee = ?, team = ?, "
          "priority = ?, labels = ?, seq = ? WHERE id = ?";
    const auto seq = takeSeqs(connection, conversation.contact.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(Sql,
        {static_cast<int>(conversation.state), conversation.snoozedUntil,
            conversation.assignee.value, conversation.team.value,
            static_cast<int>(conversation.priority), labelsToText(conversation.labels), *seq,
            conversation.id.value}));
}

Result<> setUnread(Connection &connection, const Conversation &conversation)
{
    constexpr const char *Last = "SELECT max(sent_at) FROM message "
                                 "WHERE conversation_id = ? AND author = 1";
    constexpr const char *Sql = "UPDATE conversation SET read_up_to_at = ?, unread = "
                                "(SELECT count(*) FROM message m WHERE m.conversation_id = ? "
                                "AND m.author = 1 AND m.sent_at > ?), seq = ? WHERE id = ?";
    const auto last = connection.one(
        Last, {conversation.id.value}, [](const Row &row) { return row.integer(0); });
    if (!last)
        return failure(last.error());
    if (last->value_or(0) == 0)
        return {};
    const auto seq = takeSeqs(connection, conversation.contact.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    const qint64 before = **last - 1;
    return done(
        connection.exec(Sql, {before, conversation.id.value, before, *seq, conversation.id.value}));
}

Result<> setReadUpTo(Connection &connection, const Conversation &conversation, qint64 upToAt)
{
    constexpr const char *Count = "SELECT count(*) FROM message "
                                  "WHERE conversation_id = ? AND sent_at > ? AND author = 1";
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
        = "UPDATE conversation SET name = CASE WHEN ? = '' THEN name ELSE ? END, "
          "picture_hash = ?, seq = ? WHERE id = ?";
    const auto seq = takeSeqs(connection, conversation.contact.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    if (auto noted = notePageFile(connection, pictureHash, conversation.contact.pageId); !noted)
        return noted;
    return done(connection.exec(Sql, {name, name, pictureHash, *seq, conversation.id.value}));
}

Result<> forgetMissingProfiles(Connection &connection, const PageId &page)
{
    constexpr const char *Sql = "UPDATE conversation SET profile_asked = 0 "
                                "WHERE page_id = ? AND name = '' AND profile_asked = 1";
    return done(connection.exec(Sql, {page.value}));
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
