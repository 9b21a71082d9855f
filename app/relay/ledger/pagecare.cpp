// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/pagecare.h"

#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/pages.h"

namespace Pagedesk::Relay {

namespace {

constexpr qint64 LatelyMs = 6LL * 3'600'000; // some readings miss one every time

Result<> wakeInspection(
    Connection &connection, const PageId &id, qint64 now, Ledger::Touched &touched)
{
    touched.jobs = true;
    return wakeJob(connection, JobKind::Inspection, id, id.value, now);
}

} // namespace

Result<QString> loginOf(Connection &connection, const PageId &id)
{
    constexpr const char *Sql = "SELECT login_id FROM page WHERE id = ?";
    const auto login = connection.one(Sql, {id.value}, [](const Row &row) { return row.text(0); });
    if (!login)
        return failure(login.error());
    return login->value_or(QString());
}

Result<> noteTokenRefused(Connection &connection, const PageId &id, TokenProblem why, qint64 now,
    Ledger::Touched &touched)
{
    const auto page = pageById(connection, id);
    if (!page)
        return failure(page.error());
    if (!*page || (*page)->state != PageState::Connected)
        return {};
    if (auto set = setPageState(connection, id, PageState::NeedsLogin); !set)
        return set;
    touched.stream(id.value);
    const auto noted = changeHealth(connection, id, [why, now](PageHealth &health) {
        health.care.token = why;
        health.care.refusedAt = now;
    });
    if (!noted || why == TokenProblem::AppRemoved)
        return noted;
    return wakeInspection(connection, id, now, touched);
}

Result<> notePermissionMissed(
    Connection &connection, const PageId &id, MissedBy call, qint64 now, Ledger::Touched &touched)
{
    const qint64 fresh = call == MissedBy::Reply ? 0 : LatelyMs;
    const auto page = pageById(connection, id);
    if (!page)
        return failure(page.error());
    const bool isKnown = !*page || (*page)->state != PageState::Connected
        || now - (*page)->health.care.inspectedAt < fresh;
    return isKnown ? Result<>() : wakeInspection(connection, id, now, touched);
}

Result<> noteRoleOnly(Connection &connection, const PageId &id, qint64 at)
{
    return changeHealth(connection, id, [at](PageHealth &health) { health.care.roleOnlyAt = at; });
}

Result<> noteAgentConfirmed(
    Connection &connection, const PageId &id, qint64 now, Ledger::Touched &touched)
{
    touched.stream(id.value);
    return changeHealth(connection, id, [now](PageHealth &health) {
        if (health.care.agentConfirmedAt == 0)
            health.care.agentConfirmedAt = now;
    });
}

Result<> noteAgentRefused(Connection &connection, const PageId &id, const QString &why, qint64 now,
    Ledger::Touched &touched)
{
    const auto page = pageById(connection, id);
    if (!page)
        return failure(page.error());
    if (!*page || !(*page)->humanAgent)
        return {}; // an admin has said so meanwhile, or another reply has met it before
    touched.stream(id.value);
    PageSettings settings = (*page)->settings;
    settings.humanAgent = HumanAgentUse::No;
    if (auto written = writeSettings(connection, id, settings, (*page)->colour); !written)
        return written;
    const auto noted = changeHealth(connection, id, [&why, now](PageHealth &health) {
        health.care.agentConfirmedAt = 0;
        health.care.agentRefusedAt = now;
        health.care.agentProblem = why;
    });
    if (!noted)
        return noted;
    return appendAudit(connection, now,
        {QStringLiteral("relay"), QStringLiteral("human_agent_refused"), id.value,
            QStringLiteral("code:") + why});
}

Result<bool> wasRoleOnly(Connection &connection, const ConversationId &conversation)
{
    constexpr const char *Sql
        = "SELECT count(*) FROM send_attempt a JOIN message m ON m.id = a.message_id "
          "WHERE m.conversation_id = ? AND a.code = 200";
    const auto count
        = connection.one(Sql, {conversation.value}, [](const Row &row) { return row.number(0); });
    if (!count)
        return failure(count.error());
    return count->value_or(0) > 0;
}

} // namespace Pagedesk::Relay
