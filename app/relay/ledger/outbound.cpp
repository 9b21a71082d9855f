// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/outbound.h"

#include <algorithm>
#include <tuple>

namespace Pagedesk::Relay {

namespace {

#define PAGEDESK_OUTBOUND                                                                          \
    "SELECT m.id, m.page_id, m.conversation_id, m.mid, m.direction, m.author, m.author_name, "     \
    "m.text, m.attachments, m.reply_to, m.sent_at, m.arrival, m.state, m.delivered_at, "           \
    "m.read_at, m.failure, m.seq, m.details, c.psid, m.deadline_at, m.tries, m.next_try_at, "      \
    "c.last_customer_at, "                                                                         \
    "coalesce((SELECT max(a.started_at) FROM send_attempt a WHERE a.message_id = m.id), 0), "      \
    "coalesce((SELECT max(a.ended_at) FROM send_attempt a WHERE a.message_id = m.id), 0), "        \
    "c.owner_app "                                                                                 \
    "FROM message m JOIN conversation c ON c.id = m.conversation_id "

Outbound outboundFrom(const Row &row)
{
    return {messageFrom(row), {row.text(18)}, row.integer(19), row.number(20), row.integer(21),
        row.integer(22), row.integer(23), row.integer(24), row.text(25)};
}

Result<> done(const Result<qint64> &changed)
{
    if (!changed)
        return failure(changed.error());
    return {};
}

} // namespace

Result<QList<Outbound>> outboundUnderWay(Connection &connection, int readings)
{
    constexpr const char *Sql = PAGEDESK_OUTBOUND
        "WHERE m.direction = 2 AND m.state BETWEEN 2 AND 4 AND (m.state <> 4 OR m.tries < ?) "
        "ORDER BY m.conversation_id, m.arrival";
    return connection.all(Sql, {readings}, outboundFrom);
}

Result<QList<Outbound>> outboundOf(Connection &connection, const ConversationId &conversation)
{
    constexpr const char *Sql = PAGEDESK_OUTBOUND
        "WHERE m.conversation_id = ? AND m.direction = 2 AND m.state BETWEEN 2 AND 4 "
        "ORDER BY m.arrival";
    return connection.all(Sql, {conversation.value}, outboundFrom);
}

Result<QList<Outbound>> unknownReplies(Connection &connection, int readings)
{
    constexpr const char *Sql = PAGEDESK_OUTBOUND
        "WHERE m.direction = 2 AND m.state BETWEEN 2 AND 4 AND m.state = 4 AND m.tries < ? "
        "ORDER BY m.tries, m.arrival LIMIT 1000";
    return connection.all(Sql, {readings}, outboundFrom);
}

Result<std::optional<Outbound>> outboundById(Connection &connection, const MessageId &id)
{
    constexpr const char *Sql = PAGEDESK_OUTBOUND "WHERE m.id = ?";
    return connection.one(Sql, {id.value}, outboundFrom);
}

Result<> setDeadline(Connection &connection, const MessageId &id, qint64 deadlineAt)
{
    constexpr const char *Sql = "UPDATE message SET deadline_at = ? WHERE id = ?";
    return done(connection.exec(Sql, {deadlineAt, id.value}));
}

Result<> noteTry(Connection &connection, const MessageId &id, int tries, qint64 nextTryAt)
{
    constexpr const char *Sql = "UPDATE message SET tries = ?, next_try_at = ? WHERE id = ?";
    return done(connection.exec(Sql, {tries, nextTryAt, id.value}));
}

Result<QList<Outbound>> stuckInSending(Connection &connection)
{
    constexpr const char *Sql
        = PAGEDESK_OUTBOUND "WHERE m.direction = 2 AND m.state = 3 AND m.state BETWEEN 2 AND 4";
    return connection.all(Sql, {}, outboundFrom);
}

Result<QList<Message>> partsOf(Connection &connection, const ConversationId &conversation,
    const QString &group, qint64 sinceAt)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message "
                                "WHERE conversation_id = ? AND sent_at >= ? AND direction = 2 "
                                "AND details LIKE '%\"group\":%'";
    auto parts = connection.all(Sql, {conversation.value, sinceAt}, messageFrom);
    if (!parts)
        return parts;
    parts->removeIf([&group](const Message &each) { return each.details.group != group; });
    std::sort(parts->begin(), parts->end(), [](const Message &a, const Message &b) {
        return std::tie(a.details.part, a.arrival) < std::tie(b.details.part, b.arrival);
    });
    return parts;
}

Result<int> attemptsWithCode(Connection &connection, const MessageId &id, int code)
{
    constexpr const char *Sql
        = "SELECT count(*) FROM send_attempt WHERE message_id = ? AND code = ?";
    const auto count
        = connection.one(Sql, {id.value, code}, [](const Row &row) { return row.number(0); });
    if (!count)
        return failure(count.error());
    return count->value_or(0);
}

Result<> recordAttempt(Connection &connection, const SendAttempt &attempt)
{
    constexpr const char *Sql
        = "INSERT INTO send_attempt (message_id, started_at, ended_at, outcome, http_status, code, "
          "subcode, trace_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    return done(connection.exec(Sql,
        {attempt.messageId.value, attempt.startedAt, attempt.endedAt,
            static_cast<int>(attempt.verdict.outcome), attempt.httpStatus, attempt.verdict.code,
            attempt.verdict.subcode, attempt.verdict.traceId}));
}

Result<qint64> outboundCount(Connection &connection)
{
    constexpr const char *Sql
        = "SELECT count(*) FROM message WHERE direction = 2 AND state BETWEEN 2 AND 4";
    const auto count = connection.one(Sql, {}, [](const Row &row) { return row.integer(0); });
    if (!count)
        return failure(count.error());
    return count->value_or(0);
}

} // namespace Pagedesk::Relay
