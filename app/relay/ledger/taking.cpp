// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/taking.h"

#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/decisions.h"
#include "app/relay/ledger/people.h"

namespace Pagedesk::Relay {

namespace {

Result<> done(const Result<qint64> &changed)
{
    if (!changed)
        return failure(changed.error());
    return {};
}

Result<QString> nameOfWho(Connection &connection, const ConversationId &id)
{
    constexpr const char *Sql = "SELECT taking_by FROM conversation WHERE id = ?";
    const auto who = connection.one(Sql, {id.value}, [](const Row &row) { return row.text(0); });
    if (!who)
        return failure(who.error());
    const auto person = operatorById(connection, {who->value_or(QString())});
    if (!person)
        return failure(person.error());
    return *person ? (*person)->name : QString();
}

Result<> noteFailure(Connection &connection, const Conversation &conversation, FailureKind why)
{
    constexpr const char *Sql = "UPDATE conversation SET taking_since = 0, taking_by = '', "
                                "taking_failed = ?, seq = ? WHERE id = ?";
    const auto seq = takeSeqs(connection, conversation.contact.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(Sql, {static_cast<int>(why), *seq, conversation.id.value}));
}

Result<> noteSuccess(Connection &connection, const Conversation &conversation, qint64 now)
{
    constexpr const char *Sql = "UPDATE conversation SET taken_at = ? WHERE id = ?";
    if (auto noted = done(connection.exec(Sql, {now, conversation.id.value})); !noted)
        return noted;
    return setOwnerApp(connection, conversation.contact.pageId, conversation.id, {});
}

} // namespace

Result<> beginTaking(
    Connection &connection, const Conversation &conversation, const OperatorId &who, qint64 now)
{
    constexpr const char *Sql = "UPDATE conversation SET taking_since = ?, taking_by = ?, "
                                "taking_failed = 0, seq = ? WHERE id = ?";
    const auto seq = takeSeqs(connection, conversation.contact.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(Sql, {now, who.value, *seq, conversation.id.value}));
}

Result<> endTaking(
    Connection &connection, const Conversation &conversation, FailureKind why, qint64 now)
{
    if (conversation.ownerApp.isEmpty())
        return {};
    const auto who = nameOfWho(connection, conversation.id);
    if (!who)
        return failure(who.error());
    const bool isOurs = why == FailureKind::None;
    const auto written = isOurs ? noteSuccess(connection, conversation, now)
                                : noteFailure(connection, conversation, why);
    if (!written)
        return written;
    const Decision line{isOurs ? Notice::TakenOver : Notice::TakeOverFailed, conversation.ownerApp,
        0, failureKindName(why)};
    return addDecision(connection, conversation, line, *who, {}, now);
}

Result<bool> confirmTaking(Connection &connection, const ConversationId &id)
{
    constexpr const char *Sql
        = "UPDATE conversation SET taking_by = '' WHERE id = ? AND taking_by <> ''";
    const auto confirmed = connection.exec(Sql, {id.value});
    if (!confirmed)
        return failure(confirmed.error());
    return *confirmed > 0;
}

Result<qint64> takenAt(Connection &connection, const ConversationId &id)
{
    constexpr const char *Sql = "SELECT taken_at FROM conversation WHERE id = ?";
    const auto at = connection.one(Sql, {id.value}, [](const Row &row) { return row.integer(0); });
    if (!at)
        return failure(at.error());
    return at->value_or(0);
}

} // namespace Pagedesk::Relay
