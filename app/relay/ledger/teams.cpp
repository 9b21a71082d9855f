// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/teams.h"

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/rows.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

Team teamFrom(const Row &row)
{
    return {{row.text(0)}, row.text(1), row.flag(2), row.integer(3)};
}

template <typename T> T idFrom(const Row &row)
{
    return {row.text(0)};
}

Result<> done(const Result<qint64> &changed)
{
    if (!changed)
        return failure(changed.error());
    return {};
}

Result<qint64> nextSeq(Connection &connection)
{
    return takeSeqs(connection, QString::fromLatin1(WorkspaceStream), 1);
}

// Replaces the rows of a table that belong to `owner`.
template <typename T>
Result<> replace(Connection &connection, const char *clear, const char *add, const QString &owner,
    const QList<T> &ids)
{
    if (auto cleared = connection.exec(clear, {owner}); !cleared)
        return failure(cleared.error());
    for (const T &id : ids) {
        if (auto added = connection.exec(add, {owner, id.value}); !added)
            return failure(added.error());
    }
    return {};
}

} // namespace

Result<> insertTeam(Connection &connection, const Team &team, qint64 now)
{
    constexpr const char *Sql
        = "INSERT INTO team (id, name, active, created_at, seq) VALUES (?, ?, 1, ?, ?)";
    const auto seq = nextSeq(connection);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(Sql, {team.id.value, team.name, now, *seq}));
}

Result<> updateTeam(Connection &connection, const Team &team)
{
    constexpr const char *Sql = "UPDATE team SET name = ?, active = ?, seq = ? WHERE id = ?";
    constexpr const char *NoMembers = "DELETE FROM team_member WHERE team_id = ?";
    const auto seq = nextSeq(connection);
    if (!seq)
        return failure(seq.error());
    if (!team.active) {
        if (auto cleared = connection.exec(NoMembers, {team.id.value}); !cleared)
            return failure(cleared.error());
        if (auto cleared = setPagesOfTeam(connection, team.id, {}); !cleared)
            return cleared;
    }
    return done(connection.exec(Sql, {team.name, int(team.active), *seq, team.id.value}));
}

Result<std::optional<Team>> teamById(Connection &connection, const TeamId &id)
{
    constexpr const char *Sql = "SELECT id, name, active, seq FROM team WHERE id = ?";
    return connection.one(Sql, {id.value}, teamFrom);
}

Result<QList<Team>> activeTeams(Connection &connection)
{
    constexpr const char *Sql
        = "SELECT id, name, active, seq FROM team WHERE active = 1 ORDER BY created_at, id";
    return connection.all(Sql, {}, teamFrom);
}

Result<QList<Team>> teamsAfter(Connection &connection, qint64 after, qint64 upTo, int limit)
{
    constexpr const char *Sql = "SELECT id, name, active, seq FROM team "
                                "WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?";
    return connection.all(Sql, {after, upTo, limit}, teamFrom);
}

Result<QList<Team>> teamsBelow(Connection &connection, qint64 before, int limit)
{
    constexpr const char *Sql
        = "SELECT id, name, active, seq FROM team WHERE seq < ? ORDER BY seq DESC LIMIT ?";
    return connection.all(Sql, {before, limit}, teamFrom);
}

Result<QList<TeamId>> teamsOf(Connection &connection, const OperatorId &person)
{
    constexpr const char *Sql
        = "SELECT team_id FROM team_member WHERE operator_id = ? ORDER BY team_id";
    return connection.all(Sql, {person.value}, idFrom<TeamId>);
}

Result<QList<OperatorId>> membersOf(Connection &connection, const TeamId &team)
{
    constexpr const char *Sql
        = "SELECT operator_id FROM team_member WHERE team_id = ? ORDER BY operator_id";
    return connection.all(Sql, {team.value}, idFrom<OperatorId>);
}

Result<> setTeamsOf(Connection &connection, const OperatorId &person, const QList<TeamId> &teams)
{
    constexpr const char *Clear = "DELETE FROM team_member WHERE operator_id = ?";
    constexpr const char *Add = "INSERT INTO team_member (operator_id, team_id) VALUES (?, ?)";
    return replace(connection, Clear, Add, person.value, teams);
}

Result<QList<PageId>> pagesOfTeam(Connection &connection, const TeamId &team)
{
    constexpr const char *Sql = "SELECT page_id FROM team_page WHERE team_id = ? ORDER BY page_id";
    return connection.all(Sql, {team.value}, idFrom<PageId>);
}

Result<> setPagesOfTeam(Connection &connection, const TeamId &team, const QList<PageId> &pages)
{
    constexpr const char *Clear = "DELETE FROM team_page WHERE team_id = ?";
    constexpr const char *Add = "INSERT INTO team_page (team_id, page_id) VALUES (?, ?)";
    return replace(connection, Clear, Add, team.value, pages);
}

Result<std::optional<QList<PageId>>> ownPagesOf(Connection &connection, const OperatorId &person)
{
    constexpr const char *IsLimited = "SELECT limited FROM operator WHERE id = ?";
    constexpr const char *Pages
        = "SELECT page_id FROM operator_page WHERE operator_id = ? ORDER BY page_id";
    const auto limited
        = connection.one(IsLimited, {person.value}, [](const Row &row) { return row.flag(0); });
    if (!limited)
        return failure(limited.error());
    if (*limited && !**limited)
        return std::nullopt;
    auto pages = connection.all(Pages, {person.value}, idFrom<PageId>);
    if (!pages)
        return failure(pages.error());
    return std::optional(std::move(*pages)); // none for somebody who does not exist
}

Result<> setOwnPagesOf(
    Connection &connection, const OperatorId &person, const std::optional<QList<PageId>> &pages)
{
    constexpr const char *Limit = "UPDATE operator SET limited = ? WHERE id = ?";
    constexpr const char *Clear = "DELETE FROM operator_page WHERE operator_id = ?";
    constexpr const char *Add = "INSERT INTO operator_page (operator_id, page_id) VALUES (?, ?)";
    if (auto limited = connection.exec(Limit, {pages ? 1 : 0, person.value}); !limited)
        return failure(limited.error());
    return replace(connection, Clear, Add, person.value, pages.value_or(QList<PageId>()));
}

Result<PageScope> pageScopeOf(Connection &connection, const Operator &person)
{
    constexpr const char *TeamPages = "SELECT p.page_id FROM team_member m "
                                      "JOIN team_page p ON p.team_id = m.team_id "
                                      "WHERE m.operator_id = ?";
    if (person.role == Role::Admin)
        return PageScope{};
    const auto own = ownPagesOf(connection, person.id);
    if (!own)
        return failure(own.error());
    if (!*own)
        return PageScope{};
    const auto teams = connection.all(TeamPages, {person.id.value}, idFrom<PageId>);
    if (!teams)
        return failure(teams.error());
    PageScope scope{false};
    for (const QList<PageId> &pages : {**own, *teams})
        scope.pages.unite(QSet<PageId>(pages.begin(), pages.end()));
    return scope;
}

Result<> notePageFile(Connection &connection, const QString &hash, const PageId &page)
{
    constexpr const char *Sql = "INSERT INTO page_file (hash, page_id) VALUES (?, ?) "
                                "ON CONFLICT (hash, page_id) DO NOTHING";
    if (hash.isEmpty())
        return {};
    return done(connection.exec(Sql, {hash, page.value}));
}

Result<bool> isFileOf(Connection &connection, const QString &hash, const PageScope &pages)
{
    constexpr const char *Sql = "SELECT page_id FROM page_file WHERE hash = ?";
    if (pages.all)
        return true;
    const auto owners = connection.all(Sql, {hash}, idFrom<PageId>);
    if (!owners)
        return failure(owners.error());
    return std::any_of(owners->begin(), owners->end(),
        [&pages](const PageId &page) { return pages.allows(page); });
}

} // namespace Pagedesk::Relay
