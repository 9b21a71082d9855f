// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/pages.h"

#include "app/relay/ledger/rows.h"

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
    return {};
}

Result<QList<Page>> allPages(Connection &connection)
{
    constexpr const char *Sql
        = "SELECT id, name, colour, state, human_agent, seq FROM page ORDER BY connected_at, id";
    return connection.all(Sql, {}, pageFrom);
}

Result<std::optional<Page>> pageById(Connection &connection, const PageId &id)
{
    constexpr const char *Sql
        = "SELECT id, name, colour, state, human_agent, seq FROM page WHERE id = ?";
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
