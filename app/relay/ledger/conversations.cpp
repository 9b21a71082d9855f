// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/conversations.h"

#include <algorithm>
#include <limits>

namespace Pagedesk::Relay {

namespace {

// What a new message changes of its conversation.
struct Head {
    int unread = 0;
    qint64 readUpToAt = 0;
    int state = static_cast<int>(ConversationState::Open);
    qint64 waitingSince = 0;
    qint64 lastCustomerAt = 0;
    qint64 lastMessageAt = 0;
    bool profileAsked = false;
    bool heldElsewhere = false;
};

Result<std::optional<Head>> headOf(Connection &connection, const ConversationId &id)
{
    constexpr const char *Sql = "SELECT unread, read_up_to_at, state, waiting_since, "
                                "last_customer_at, last_message_at, profile_asked, "
                                "CASE WHEN owner_app = '' THEN 0 ELSE 1 END "
                                "FROM conversation WHERE id = ?";
    return connection.one(Sql, {id.value}, [](const Row &row) {
        return Head{row.number(0), row.integer(1), row.number(2), row.integer(3), row.integer(4),
            row.integer(5), row.flag(6), row.flag(7)};
    });
}

// A message may arrive late, behind ones that were sent after it.
Head withMessage(Head head, const Message &m)
{
    const bool newest = m.sentAt >= head.lastMessageAt;
    if (m.direction == Direction::In) {
        head.unread += m.sentAt > head.readUpToAt ? 1 : 0;
        head.state = static_cast<int>(ConversationState::Open);
        head.lastCustomerAt = std::max(head.lastCustomerAt, m.sentAt);
        if (newest && head.waitingSince == 0)
            head.waitingSince = m.sentAt;
    } else {
        head.readUpToAt = std::max(head.readUpToAt, m.sentAt);
        if (newest) {
            head.unread = 0;
            head.waitingSince = 0;
        }
    }
    head.lastMessageAt = std::max(head.lastMessageAt, m.sentAt);
    return head;
}

AttachmentKind firstKind(const Message &m)
{
    return m.attachments.isEmpty() ? AttachmentKind::Unknown : m.attachments.first().kind;
}

Result<> done(const Result<qint64> &changed)
{
    if (!changed)
        return failure(changed.error());
    return {};
}

// What the Page has said late has been read up to: fewer may be left.
Result<> countUnread(Connection &connection, const ConversationId &id)
{
    constexpr const char *Sql = "UPDATE conversation SET unread = (SELECT count(*) FROM message m "
                                "WHERE m.conversation_id = conversation.id AND m.author = 1 "
                                "AND m.sent_at > conversation.read_up_to_at) WHERE id = ?";
    return done(connection.exec(Sql, {id.value}));
}

// The usual case in one statement: the newest message of a customer who is known. False when it is
// another one, and nothing has changed.
Result<bool> noteNextFromCustomer(Connection &connection, const Message &m, qint64 seq)
{
    constexpr const char *Sql
        = "UPDATE conversation SET state = 1, "
          "unread = CASE WHEN read_up_to_at < ? THEN unread + 1 ELSE unread END, "
          "waiting_since = CASE WHEN waiting_since = 0 THEN ? ELSE waiting_since END, "
          "last_customer_at = CASE WHEN last_customer_at < ? THEN ? ELSE last_customer_at END, "
          "last_message_id = ?, last_message_at = ?, last_text = ?, last_attachment = ?, "
          "last_attachment_count = ?, last_direction = 1, last_author = ?, last_state = ?, "
          "owner_app = '', seq = ? "
          "WHERE id = ? AND last_message_at <= ? AND profile_asked = 1";
    const auto changed = connection.exec(Sql,
        {m.sentAt, m.sentAt, m.sentAt, m.sentAt, m.id.value, m.sentAt, previewText(m.text),
            static_cast<int>(firstKind(m)), m.attachments.size(), static_cast<int>(m.author),
            static_cast<int>(m.state), seq, m.conversationId.value, m.sentAt});
    if (!changed)
        return failure(changed.error());
    return *changed == 1;
}

// A line that nobody wrote: it can begin a conversation, and otherwise leaves it as it is.
Result<bool> noteLine(Connection &connection, const Message &m, const Psid &psid, qint64 seq)
{
    constexpr const char *Sql
        = "INSERT INTO conversation (id, page_id, psid, name, picture_hash, profile_asked, state, "
          "assignee, escalated, labels, unread, read_up_to_at, last_message_id, last_message_at, "
          "last_text, last_attachment, last_attachment_count, last_direction, last_author, "
          "last_state, last_customer_at, waiting_since, delivered_up_to_at, seen_up_to_at, seq) "
          "VALUES (?, ?, ?, '', '', 1, 1, '', 0, '[]', 0, 0, '', ?, '', 0, 0, 1, 4, 1, 0, 0, 0, 0, "
          "?) ON CONFLICT (id) DO NOTHING";
    const auto begun
        = connection.exec(Sql, {m.conversationId.value, m.pageId.value, psid.value, m.sentAt, seq});
    if (!begun)
        return failure(begun.error());
    return *begun == 1;
}

} // namespace

Result<> setOwnerApp(
    Connection &connection, const PageId &page, const ConversationId &id, const QString &app)
{
    constexpr const char *Sql
        = "UPDATE conversation SET owner_app = ?, seq = ? WHERE id = ? AND owner_app <> ?";
    const auto seq = takeSeqs(connection, page.value, 1);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(Sql, {app, *seq, id.value, app}));
}

Result<bool> noteMessage(Connection &connection, const Message &m, const Psid &psid, qint64 seq)
{
    if (m.author == Author::System)
        return noteLine(connection, m, psid, seq);
    if (m.direction == Direction::In && !m.details.standby) {
        const auto noted = noteNextFromCustomer(connection, m, seq);
        if (!noted)
            return failure(noted.error());
        if (*noted)
            return false;
    }
    constexpr const char *Begin
        = "INSERT INTO conversation (id, page_id, psid, name, picture_hash, profile_asked, state, "
          "assignee, escalated, labels, unread, read_up_to_at, last_message_id, last_message_at, "
          "last_text, last_attachment, last_attachment_count, last_direction, last_author, "
          "last_state, last_customer_at, waiting_since, delivered_up_to_at, seen_up_to_at, seq) "
          "VALUES (?, ?, ?, '', '', 1, ?, '', 0, '[]', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, "
          "?)";
    constexpr const char *Continue
        = "UPDATE conversation SET profile_asked = 1, state = ?, unread = ?, read_up_to_at = ?, "
          "last_message_id = ?, last_message_at = ?, last_text = ?, last_attachment = ?, "
          "last_attachment_count = ?, last_direction = ?, last_author = ?, last_state = ?, "
          "last_customer_at = ?, waiting_since = ?, seq = ? WHERE id = ?";
    constexpr const char *AddLate
        = "UPDATE conversation SET profile_asked = 1, state = ?, unread = ?, read_up_to_at = ?, "
          "last_customer_at = ?, waiting_since = ?, seq = ? WHERE id = ?";
    const auto found = headOf(connection, m.conversationId);
    if (!found)
        return failure(found.error());
    const Head before = found->value_or(Head{});
    const Head head = withMessage(before, m);
    const int kind = static_cast<int>(firstKind(m));
    const int direction = static_cast<int>(m.direction);
    const int author = static_cast<int>(m.author);
    const int state = static_cast<int>(m.state);
    Result<qint64> written;
    if (!*found) {
        written = connection.exec(Begin,
            {m.conversationId.value, m.pageId.value, psid.value, head.state, head.unread,
                head.readUpToAt, m.id.value, m.sentAt, previewText(m.text), kind,
                m.attachments.size(), direction, author, state, head.lastCustomerAt,
                head.waitingSince, seq});
    } else if (m.sentAt >= before.lastMessageAt) {
        written = connection.exec(Continue,
            {head.state, head.unread, head.readUpToAt, m.id.value, m.sentAt, previewText(m.text),
                kind, m.attachments.size(), direction, author, state, head.lastCustomerAt,
                head.waitingSince, seq, m.conversationId.value});
    } else {
        written = connection.exec(AddLate,
            {head.state, head.unread, head.readUpToAt, head.lastCustomerAt, head.waitingSince, seq,
                m.conversationId.value});
    }
    if (!written)
        return failure(written.error());
    if (*found && m.direction == Direction::Out && m.sentAt < before.lastMessageAt) {
        if (const auto counted = countUnread(connection, m.conversationId); !counted)
            return failure(counted.error());
    }
    if (before.heldElsewhere && m.author == Author::Contact && !m.details.standby) {
        if (auto ours = setOwnerApp(connection, m.pageId, m.conversationId, {}); !ours)
            return failure(ours.error());
    }
    return !before.profileAsked;
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
    return done(connection.exec(Sql, {name, name, pictureHash, *seq, conversation.id.value}));
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
