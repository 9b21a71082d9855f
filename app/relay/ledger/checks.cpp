// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/checks.h"

#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/rows.h"

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

// `faulty` gives the id of each row that is wrong.
struct Check {
    const char *name;
    const char *count;
    const char *faulty;
};

#define PAGEDESK_STREAM_ROWS                                                                       \
    "(SELECT id AS stream, seq, id FROM page UNION ALL "                                           \
    "SELECT page_id, seq, id FROM conversation UNION ALL "                                         \
    "SELECT page_id, seq, id FROM message UNION ALL "                                              \
    "SELECT page_id, seq, conversation_id FROM contact UNION ALL "                                 \
    "SELECT 'workspace', seq, id FROM operator) AS r "

// Numbers are those of the enums: direction 1 in, 2 out; author 1 contact, 2 operator,
// 3 assistant; event kind 1 message, state 1 projected; outcome 0 sent.
constexpr Check Checks[] = {
    {"every message has its conversation", "SELECT count(*) FROM message",
        "SELECT m.id FROM message m LEFT JOIN conversation c ON c.id = m.conversation_id "
        "WHERE c.id IS NULL"},
    {"every message is on the Page of its conversation", "SELECT count(*) FROM message",
        "SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation_id "
        "WHERE c.page_id <> m.page_id"},
    {"every customer's message has its event", "SELECT count(*) FROM message WHERE event_id > 0",
        "SELECT m.id FROM message m LEFT JOIN event e ON e.id = m.event_id "
        "WHERE m.event_id > 0 AND (e.id IS NULL OR e.page_id <> m.page_id)"},
    {"every event of a message has its message",
        "SELECT count(*) FROM event WHERE kind = 1 AND state = 1 AND duplicate = 0 "
        "AND dedup_key = x''",
        "SELECT CAST(e.id AS TEXT) FROM event e LEFT JOIN message m ON m.event_id = e.id "
        "WHERE e.kind = 1 AND e.state = 1 AND e.duplicate = 0 AND e.dedup_key = x'' "
        "AND m.id IS NULL"},
    {"every event that changed a message is there", "SELECT count(*) FROM message_event",
        "SELECT x.message_id FROM message_event x LEFT JOIN event e ON e.id = x.event_id "
        "WHERE e.id IS NULL"},
    {"no message is there twice", "SELECT count(*) FROM message WHERE mid <> ''",
        "SELECT min(id) FROM message WHERE mid <> '' GROUP BY page_id, mid HAVING count(*) > 1"},
    {"every conversation shows its newest message", "SELECT count(*) FROM conversation",
        "SELECT c.id FROM conversation c LEFT JOIN message m ON m.id = (SELECT n.id FROM message n "
        "WHERE n.conversation_id = c.id AND n.author <> 4 "
        "ORDER BY n.sent_at DESC, n.arrival DESC LIMIT 1) "
        "WHERE (m.id IS NULL AND c.last_message_id <> '') OR m.id <> c.last_message_id OR "
        "m.sent_at <> c.last_message_at "
        "OR m.state <> c.last_state"},
    {"every conversation counts what is unread", "SELECT count(*) FROM conversation",
        "SELECT c.id FROM conversation c WHERE c.unread <> (SELECT count(*) FROM message m "
        "WHERE m.conversation_id = c.id AND m.author = 1 AND m.sent_at > c.read_up_to_at)"},
    {"every conversation knows the customer's last word", "SELECT count(*) FROM conversation",
        "SELECT c.id FROM conversation c WHERE c.last_customer_at < (SELECT max(m.sent_at) "
        "FROM message m WHERE m.conversation_id = c.id AND m.author = 1)"},
    {"every contact has its conversation", "SELECT count(*) FROM contact",
        "SELECT k.conversation_id FROM contact k LEFT JOIN conversation c "
        "ON c.id = k.conversation_id WHERE c.id IS NULL OR c.page_id <> k.page_id"},
    {"every suggestion stands with two contacts", "SELECT count(*) FROM contact_match",
        "SELECT x.id FROM contact_match x LEFT JOIN contact a ON a.conversation_id = "
        "x.conversation_id LEFT JOIN contact b ON b.conversation_id = x.other_id "
        "WHERE a.conversation_id IS NULL OR b.conversation_id IS NULL OR a.page_id = b.page_id "
        "OR (a.card LIKE '%' || x.id || '%') <> (x.declined_at = 0) "
        "OR (b.card LIKE '%' || x.id || '%') <> (x.declined_at = 0)"},
    {"every number of a stream is used once", "SELECT count(*) FROM " PAGEDESK_STREAM_ROWS,
        "SELECT stream || '/' || CAST(seq AS TEXT) FROM " PAGEDESK_STREAM_ROWS
        "GROUP BY stream, seq HAVING count(*) > 1"},
    {"no row is ahead of its stream", "SELECT count(*) FROM stream",
        "SELECT r.stream || '/' || CAST(r.seq AS TEXT) FROM " PAGEDESK_STREAM_ROWS
        "LEFT JOIN stream s ON s.name = r.stream WHERE s.name IS NULL OR r.seq > s.seq"},
    {"every send call belongs to a reply", "SELECT count(*) FROM send_attempt",
        "SELECT CAST(a.id AS TEXT) FROM send_attempt a LEFT JOIN message m ON m.id = a.message_id "
        "WHERE m.id IS NULL OR m.direction <> 2"},
    {"no reply was sent twice", "SELECT count(DISTINCT message_id) FROM send_attempt",
        "SELECT message_id FROM send_attempt WHERE outcome = 0 "
        "GROUP BY message_id HAVING count(*) > 1"},
    {"every device belongs to an operator", "SELECT count(*) FROM device",
        "SELECT d.id FROM device d LEFT JOIN operator o ON o.id = d.operator_id "
        "WHERE o.id IS NULL OR (o.active = 0 AND d.revoked_at = 0)"},
};

Result<qint64> number(Connection &connection, const char *sql)
{
    const auto found = connection.one(sql, {}, [](const Row &row) { return row.integer(0); });
    if (!found)
        return failure(found.error());
    return found->value_or(0);
}

Result<CheckOutcome> run(Connection &connection, const Check &check)
{
    CheckOutcome outcome{QString::fromLatin1(check.name)};
    const auto looked = number(connection, check.count);
    if (!looked)
        return failure(looked.error());
    outcome.looked = *looked;
    const auto read = connection.each(
        check.faulty, {}, [&outcome](const Row &row) { outcome.add(row.text(0)); });
    if (!read)
        return failure(read.error());
    return outcome;
}

// What SQLite says of its own structures may quote values, so only how much it has to say is told.
Result<CheckOutcome> checkStructure(Connection &connection)
{
    constexpr const char *Sql = "PRAGMA integrity_check";
    CheckOutcome outcome{u"the database is whole"_s};
    const auto read = connection.each(Sql, {}, [&outcome](const Row &row) {
        if (row.text(0) != u"ok")
            ++outcome.faults;
    });
    if (!read)
        return failure(read.error());
    return outcome;
}

Result<CheckOutcome> checkForeignKeys(Connection &connection)
{
    constexpr const char *Sql = "PRAGMA foreign_key_check";
    CheckOutcome outcome{u"every reference leads somewhere"_s};
    const auto read = connection.each(
        Sql, {}, [&outcome](const Row &row) { outcome.add(row.text(0) + u'/' + row.text(1)); });
    if (!read)
        return failure(read.error());
    return outcome;
}

Result<CheckOutcome> checkJobs(Connection &connection)
{
    constexpr const char *Sql = "SELECT id, kind FROM job";
    CheckOutcome outcome{u"every job is of a known kind"_s};
    const auto read = connection.each(Sql, {}, [&outcome](const Row &row) {
        ++outcome.looked;
        if (!isKnown(static_cast<JobKind>(row.number(1))))
            outcome.add(row.text(0));
    });
    if (!read)
        return failure(read.error());
    return outcome;
}

Result<CheckOutcome> checkChain(Connection &connection)
{
    const auto check = checkAudit(connection);
    if (!check)
        return failure(check.error());
    CheckOutcome outcome{u"the audit chain is unbroken"_s, check->entries};
    if (!check->fault.isEmpty())
        outcome.add(check->fault);
    else if (check->entries > 0)
        outcome.note = u"head %1"_s.arg(QString::fromLatin1(check->head.toHex()));
    return outcome;
}

} // namespace

Result<> inSnapshot(Connection &connection, const std::function<Result<>()> &read)
{
    if (const auto begun = connection.run(u"BEGIN"_s); !begun)
        return begun;
    auto done = read();
    connection.rollBack();
    return done;
}

Result<QList<CheckOutcome>> checkRows(Connection &connection)
{
    QList<CheckOutcome> outcomes;
    const auto keep = [&outcomes](Result<CheckOutcome> outcome) -> Result<> {
        if (!outcome)
            return failure(outcome.error());
        outcomes.append(*std::move(outcome));
        return {};
    };
    if (auto kept = keep(checkStructure(connection)); !kept)
        return failure(kept.error());
    if (auto kept = keep(checkForeignKeys(connection)); !kept)
        return failure(kept.error());
    for (const Check &check : Checks) {
        if (auto kept = keep(run(connection, check)); !kept)
            return failure(kept.error());
    }
    if (auto kept = keep(checkJobs(connection)); !kept)
        return failure(kept.error());
    if (auto kept = keep(checkChain(connection)); !kept)
        return failure(kept.error());
    return outcomes;
}

Result<> eachBlob(Connection &connection,
    const std::function<void(const QString &hash, const QString &id)> &visit)
{
    constexpr const char *Attachments
        = "SELECT id, attachments FROM message WHERE attachments <> ''";
    constexpr const char *Pictures
        = "SELECT id, picture_hash FROM conversation WHERE picture_hash <> ''";
    const auto messages = connection.each(Attachments, {}, [&visit](const Row &row) {
        const auto attachments = attachmentsFromText(row.text(1));
        for (const Attachment &attachment : attachments) {
            if (attachment.state == AttachmentState::Captured)
                visit(attachment.hash, row.text(0));
            if (!attachment.thumbnail.isEmpty())
                visit(attachment.thumbnail, row.text(0));
        }
    });
    if (!messages)
        return messages;
    return connection.each(
        Pictures, {}, [&visit](const Row &row) { visit(row.text(1), row.text(0)); });
}

} // namespace Pagedesk::Relay
