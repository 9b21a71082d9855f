// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/pages.h"

#include <algorithm>
#include <unordered_map>

namespace Pagedesk::Relay {

namespace {

// What the list shows of the newest message.
struct Shown {
    MessageId id;
    qint64 sentAt = 0;
    QString text;
    int attachment = 0; // the kind of the first
    qsizetype attachments = 0;
    Direction direction = Direction::In;
    Author author = Author::Contact;
    DeliveryState state = DeliveryState::Received;
};

// What new messages change of their conversation.
struct Head {
    int unread = 0;
    qint64 readUpToAt = 0;
    int state = static_cast<int>(ConversationState::Open);
    qint64 waitingSince = 0;
    qint64 lastCustomerAt = 0;
    qint64 lastMessageAt = 0;
    bool profileAsked = false;
    qint64 profileAt = 0; // ms UTC when it was asked for last
    bool isFreed = false; // no other app holds it any more
    qint64 seq = 0;
    std::optional<Shown> shown; // when it has changed
};

Result<std::optional<Head>> headOf(Connection &connection, const ConversationId &id)
{
    constexpr const char *Sql = "SELECT unread, read_up_to_at, state, waiting_since, "
                                "last_customer_at, last_message_at, profile_asked, profile_at "
                                "FROM conversation WHERE id = ?";
    return connection.one(Sql, {id.value}, [](const Row &row) {
        Head head;
        head.unread = row.number(0);
        head.readUpToAt = row.integer(1);
        head.state = row.number(2);
        head.waitingSince = row.integer(3);
        head.lastCustomerAt = row.integer(4);
        head.lastMessageAt = row.integer(5);
        head.profileAsked = row.flag(6);
        head.profileAt = row.integer(7);
        return head;
    });
}

// A message may arrive late, behind ones that were sent after it.
void addTo(Head &head, const Message &m, qint64 seq)
{
    const bool newest = m.sentAt >= head.lastMessageAt;
    if (m.direction == Direction::In) {
        head.unread += m.sentAt > head.readUpToAt ? 1 : 0;
        head.state = static_cast<int>(ConversationState::Open);
        head.lastCustomerAt = std::max(head.lastCustomerAt, m.sentAt);
        if (newest && head.waitingSince == 0)
            head.waitingSince = m.sentAt;
    } else if (m.author != Author::Assistant) { // nobody has read or answered anything
        head.readUpToAt = std::max(head.readUpToAt, m.sentAt);
        if (newest) {
            head.unread = 0;
            head.waitingSince = 0;
        }
    }
    head.lastMessageAt = std::max(head.lastMessageAt, m.sentAt);
    head.isFreed = head.isFreed || (m.author == Author::Contact && !m.details.standby);
    head.seq = seq;
    if (newest)
        head.shown = {m.id, m.sentAt, m.text, static_cast<int>(firstKind(m)), m.attachments.size(),
            m.direction, m.author, m.state};
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

Result<> writeLate(Connection &connection, const ConversationId &id, const Head &head)
{
    constexpr const char *Sql
        = "UPDATE conversation SET profile_asked = 1, profile_at = ?, state = ?, unread = ?, "
          "read_up_to_at = ?, last_customer_at = ?, waiting_since = ?, "
          "owner_app = CASE WHEN ? = 1 THEN '' ELSE owner_app END, seq = ? WHERE id = ?";
    return done(connection.exec(Sql,
        {head.profileAt, head.state, head.unread, head.readUpToAt, head.lastCustomerAt,
            head.waitingSince, head.isFreed, head.seq, id.value}));
}

Result<> writeHead(Connection &connection, const ConversationId &id, const Head &head)
{
    if (!head.shown)
        return writeLate(connection, id, head);
    constexpr const char *Sql
        = "UPDATE conversation SET profile_asked = 1, profile_at = ?, state = ?, unread = ?, "
          "read_up_to_at = ?, last_message_id = ?, last_message_at = ?, last_text = ?, "
          "last_attachment = ?, "
          "last_attachment_count = ?, last_direction = ?, last_author = ?, last_state = ?, "
          "last_customer_at = ?, waiting_since = ?, "
          "owner_app = CASE WHEN ? = 1 THEN '' ELSE owner_app END, seq = ? WHERE id = ?";
    const Shown &last = *head.shown;
    return done(connection.exec(Sql,
        {head.profileAt, head.state, head.unread, head.readUpToAt, last.id.value, last.sentAt,
            previewText(last.text), last.attachment, last.attachments,
            static_cast<int>(last.direction), static_cast<int>(last.author),
            static_cast<int>(last.state), head.lastCustomerAt, head.waitingSince, head.isFreed,
            head.seq, id.value}));
}

Result<> beginConversation(
    Connection &connection, const Message &m, const Psid &psid, const Head &head)
{
    constexpr const char *Sql
        = "INSERT INTO conversation (id, page_id, psid, name, picture_hash, profile_asked, "
          "profile_at, "
          "state, assignee, escalated, labels, unread, read_up_to_at, last_message_id, "
          "last_message_at, last_text, last_attachment, last_attachment_count, last_direction, "
          "last_author, last_state, last_customer_at, waiting_since, delivered_up_to_at, "
          "seen_up_to_at, seq) VALUES (?, ?, ?, '', '', 1, ?, ?, '', 0, '[]', ?, ?, ?, ?, ?, ?, ?, "
          "?, ?, ?, ?, ?, 0, 0, ?)";
    return done(connection.exec(Sql,
        {m.conversationId.value, m.pageId.value, psid.value, m.sentAt, head.state, head.unread,
            head.readUpToAt, m.id.value, m.sentAt, previewText(m.text),
            static_cast<int>(firstKind(m)), m.attachments.size(), static_cast<int>(m.direction),
            static_cast<int>(m.author), static_cast<int>(m.state), head.lastCustomerAt,
            head.waitingSince, head.seq}));
}

// A group of writes holds many messages of few conversations: each of those is written once.
class ChangedHeads : public PostponedRows {
public:
    static ChangedHeads &of(Connection &connection)
    {
        if (!connection.postponed())
            connection.postpone("conversation", std::make_unique<ChangedHeads>());
        return static_cast<ChangedHeads &>(*connection.postponed()); // nothing else is postponed
    }
    // The head to change, as it is so far; nullptr when there is no such conversation.
    Result<Head *> find(Connection &connection, const ConversationId &id)
    {
        if (const auto known = m_heads.find(id); known != m_heads.end())
            return &known->second;
        auto found = connection.besidePostponed([&] { return headOf(connection, id); });
        if (!found)
            return failure(found.error());
        return *found ? &m_heads.emplace(id, std::move(**found)).first->second : nullptr;
    }
    Result<> write(Connection &connection) override
    {
        for (const auto &[id, head] : m_heads) {
            if (auto written = writeHead(connection, id, head); !written)
                return written;
        }
        return {};
    }

private:
    struct Hash {
        size_t operator()(const ConversationId &id) const { return qHash(id); }
    };
    std::unordered_map<ConversationId, Head, Hash> m_heads;
};

// Whether a person's profile has become old, and the Page wants it to be asked for again. Only for
// such a profile is the Page looked up.
Result<bool> isProfileOld(Connection &connection, const Head &head, const Message &m)
{
    constexpr qint64 OldAfterMs = 30LL * 24 * 3'600'000;
    if (m.author != Author::Contact || m.sentAt - head.profileAt <= OldAfterMs)
        return false;
    const auto page = connection.besidePostponed([&] { return pageById(connection, m.pageId); });
    if (!page)
        return failure(page.error());
    return *page && (*page)->settings.requestProfiles && (*page)->settings.updateProfiles;
}

// A line that nobody wrote: it can begin a conversation, and otherwise leaves it as it is.
Result<Noted> noteLine(Connection &connection, const Message &m, const Psid &psid, qint64 seq)
{
    constexpr const char *Sql
        = "INSERT INTO conversation (id, page_id, psid, name, picture_hash, profile_asked, "
          "profile_at, "
          "state, assignee, escalated, labels, unread, read_up_to_at, last_message_id, "
          "last_message_at, last_text, last_attachment, last_attachment_count, last_direction, "
          "last_author, last_state, last_customer_at, waiting_since, delivered_up_to_at, "
          "seen_up_to_at, seq) VALUES (?, ?, ?, '', '', 1, ?, 1, '', 0, '[]', 0, 0, '', ?, '', 0, "
          "0, 1, 4, 1, 0, 0, 0, 0, ?) ON CONFLICT (id) DO NOTHING";
    const auto begun = connection.exec(
        Sql, {m.conversationId.value, m.pageId.value, psid.value, m.sentAt, m.sentAt, seq});
    if (!begun)
        return failure(begun.error());
    return Noted{*begun == 1, *begun == 1};
}

} // namespace

Result<Noted> noteMessage(Connection &connection, const Message &m, const Psid &psid, qint64 seq)
{
    if (m.author == Author::System)
        return noteLine(connection, m, psid, seq);
    const auto known = ChangedHeads::of(connection).find(connection, m.conversationId);
    if (!known)
        return failure(known.error());
    if (!*known) {
        Head head;
        addTo(head, m, seq);
        const auto begun = connection.besidePostponed(
            [&] { return beginConversation(connection, m, psid, head); });
        if (!begun)
            return failure(begun.error());
        return Noted{true, m.direction == Direction::In};
    }
    Head &head = **known;
    const bool opens = m.direction == Direction::In
        && (head.state != static_cast<int>(ConversationState::Open) || head.lastCustomerAt == 0);
    const bool isLate = m.sentAt < head.lastMessageAt;
    bool wantsProfile = !std::exchange(head.profileAsked, true);
    if (!wantsProfile) {
        const auto isOld = isProfileOld(connection, head, m);
        if (!isOld)
            return failure(isOld.error());
        wantsProfile = *isOld;
    }
    if (wantsProfile)
        head.profileAt = m.sentAt;
    addTo(head, m, seq);
    if (isLate && m.direction == Direction::Out) {
        if (const auto counted = countUnread(connection, m.conversationId); !counted)
            return failure(counted.error());
    }
    return Noted{wantsProfile, opens};
}

} // namespace Pagedesk::Relay
