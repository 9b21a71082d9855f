// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/outbound.h"

namespace Pagedesk::Relay {

namespace {

#define PAGEDESK_OUTBOUND                                                                          \
    "SELECT m.id, m.page_id, m.conversation_id, m.mid, m.direction, m.author, m.author_name, "     \
    "m.text, m.attachments, m.reply_to, m.sent_at, m.arrival, m.state, m.delivered_at, "           \
    "m.read_at, m.failure, m.seq, m.details, c.psid, m.deadline_at, m.tries, m.next_try_at, "      \
    "c.last_customer_at FROM message m JOIN conversation c ON c.id = m.conversation_id "

Outbound outboundFrom(const Row &row)
{
    return {messageFrom(row), {row.text(18)}, row.integer(19), row.number(20), row.integer(21),
        row.integer(22)};
}

Result<> done(const Result<qint64> &changed)
{
    if (!changed)
        return failure(changed.error());
    return {};
}

} // namespace

Result<QList<Outbound>> outboundUnderWay(Connection &connection)
{
    constexpr const char *Sql = PAGEDESK_OUTBOUND
        "WHERE m.direction = 2 AND m.state BETWEEN 2 AND 4 ORDER BY m.conversation_id, m.arrival";
    return connection.all(Sql, {}, outboundFrom);
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

Result<QList<Message>> stuckInSending(Connection &connection)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message "
                                "WHERE direction = 2 AND state = 3 AND state BETWEEN 2 AND 4";
    return connection.all(Sql, {}, messageFrom);
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
