// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/pages.h"

#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/pagereading.h"
#include "app/relay/ledger/rows.h"
#include "models/domain/detailsjson.h"

#include <utility>

namespace Pagedesk::Relay {

namespace {

Page pageFrom(const Row &row)
{
    Page page;
    page.id = {row.text(0)};
    page.name = row.text(1);
    page.colour = row.text(2);
    page.state = static_cast<PageState>(row.number(3));
    page.humanAgent = row.flag(4);
    page.seq = row.integer(5);
    page.health = healthFromText(row.text(6));
    page.settings = settingsFromText(row.text(7));
    return page;
}

} // namespace

Result<> connectPage(Connection &connection, const PageId &id, const QString &name,
    const QByteArray &sealedToken, qint64 now)
{
    constexpr const char *Count = "SELECT count(*) FROM page";
    constexpr const char *Sql
        = "INSERT INTO page (id, name, colour, state, human_agent, sealed_token, connected_at, "
          "seq) "
          "VALUES (?, ?, ?, ?, 0, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
          "state = excluded.state, sealed_token = excluded.sealed_token, seq = excluded.seq";
    const auto count = connection.one(Count, {}, [](const Row &row) { return row.number(0); });
    if (!count)
        return failure(count.error());
    const auto seq = takeSeqs(connection, id.value, 1);
    if (!seq)
        return failure(seq.error());
    const auto done = connection.exec(Sql,
        {id.value, name, pageColour(count->value_or(0)), static_cast<int>(PageState::Connected),
            sealedToken, now, *seq});
    if (!done)
        return failure(done.error());
    // Nothing is known of the new token yet.
    const auto forgotten = changeHealth(connection, id, [](PageHealth &health) {
        const PageCare before = std::exchange(health.care, {});
        // These are about the app, whoever connects the Page.
        health.care.roleOnlyAt = before.roleOnlyAt;
        health.care.agentConfirmedAt = before.agentConfirmedAt;
        health.care.agentRefusedAt = before.agentRefusedAt;
        health.care.agentProblem = before.agentProblem;
    });
    if (!forgotten)
        return forgotten;
    if (auto woken = wakePageJobs(connection, id, now); !woken)
        return woken;
    return wakeJob(connection, JobKind::Inspection, id, id.value, now);
}

Result<> noteLoginOf(Connection &connection, const PageId &id, const QString &loginId)
{
    constexpr const char *Sql = "UPDATE page SET login_id = ? WHERE id = ?";
    const auto done = connection.exec(Sql, {loginId, id.value});
    return done ? Result<>() : failure(done.error());
}

Result<QList<Page>> allPages(Connection &connection)
{
    constexpr const char *Sql
        = "SELECT id, name, colour, state, human_agent, seq, health, settings FROM "
          "page ORDER BY connected_at, id";
    return connection.all(Sql, {}, pageFrom);
}

Result<std::optional<Page>> pageById(Connection &connection, const PageId &id)
{
    constexpr const char *Sql
        = "SELECT id, name, colour, state, human_agent, seq, health, settings FROM page "
          "WHERE id = ?";
    return connection.one(Sql, {id.value}, pageFrom);
}

Result<QByteArray> sealedTokenOf(Connection &connection, const PageId &id)
{
    constexpr const char *Sql = "SELECT sealed_token FROM page WHERE id = ?";
    const auto token = connection.one(Sql, {id.value}, [](const Row &row) { return row.bytes(0); });
    if (!token)
        return failure(token.error());
    if (!*token)
        return failure(Error::Kind::NotFound, QStringLiteral("no Page %1").arg(id.value));
    return **token;
}

Result<> changeHealth(
    Connection &connection, const PageId &id, const std::function<void(PageHealth &)> &change)
{
    constexpr const char *Sql = "UPDATE page SET health = ?, seq = ? WHERE id = ?";
    const auto page = pageById(connection, id);
    if (!page)
        return failure(page.error());
    if (!*page)
        return {};
    PageHealth health = (*page)->health;
    change(health);
    if (health == (*page)->health)
        return {};
    const auto seq = takeSeqs(connection, id.value, 1);
    if (!seq)
        return failure(seq.error());
    const auto done = connection.exec(Sql, {healthToText(health), *seq, id.value});
    if (!done)
        return failure(done.error());
    return {};
}

Result<> writeSettings(
    Connection &connection, const PageId &id, const PageSettings &settings, const QString &colour)
{
    constexpr const char *Sql
        = "UPDATE page SET settings = ?, human_agent = ?, colour = ?, seq = ? WHERE id = ?";
    const auto seq = takeSeqs(connection, id.value, 1);
    if (!seq)
        return failure(seq.error());
    const bool humanAgent = settings.humanAgent == HumanAgentUse::Yes;
    const auto done
        = connection.exec(Sql, {settingsToText(settings), humanAgent, colour, *seq, id.value});
    return done ? Result<>() : failure(done.error());
}

Result<> replaceSealedToken(Connection &connection, const PageId &id, const QByteArray &sealed)
{
    constexpr const char *Sql = "UPDATE page SET sealed_token = ? WHERE id = ?";
    if (const auto done = connection.exec(Sql, {sealed, id.value}); !done)
        return failure(done.error());
    return {};
}

Result<bool> removePage(Connection &connection, const PageId &id)
{
    constexpr const char *Sql
        = "UPDATE page SET state = ?, sealed_token = ?, seq = ? WHERE id = ? AND state <> ?";
    constexpr int Removed = static_cast<int>(PageState::Removed);
    const auto page = pageById(connection, id);
    if (!page)
        return failure(page.error());
    if (!*page)
        return false;
    const auto seq = takeSeqs(connection, id.value, 1);
    if (!seq)
        return failure(seq.error());
    const auto done = connection.exec(Sql, {Removed, QByteArray(), *seq, id.value, Removed});
    if (!done)
        return failure(done.error());
    return *done == 1;
}

Result<> setPageState(Connection &connection, const PageId &id, PageState state)
{
    constexpr const char *Sql = "UPDATE page SET state = ?, seq = ? WHERE id = ? AND state <> ?";
    const auto seq = takeSeqs(connection, id.value, 1);
    if (!seq)
        return failure(seq.error());
    const auto done
        = connection.exec(Sql, {static_cast<int>(state), *seq, id.value, static_cast<int>(state)});
    if (!done)
        return failure(done.error());
    return {};
}

} // namespace Pagedesk::Relay
