// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/permissions.h"
#include "models/store/query.h"

// Teams, and which Pages people may work on.
namespace Pagedesk::Relay {

Result<> insertTeam(Connection &connection, const Team &team, qint64 now);
// Renames it, or ends it: without members and Pages.
Result<> updateTeam(Connection &connection, const Team &team);
Result<std::optional<Team>> teamById(Connection &connection, const TeamId &id);
Result<QList<Team>> activeTeams(Connection &connection);
Result<QList<Team>> teamsAfter(Connection &connection, qint64 after, qint64 upTo, int limit);
Result<QList<Team>> teamsBelow(Connection &connection, qint64 before, int limit);

Result<QList<TeamId>> teamsOf(Connection &connection, const OperatorId &person);
Result<QList<OperatorId>> membersOf(Connection &connection, const TeamId &team);
// Replaces an operator's teams. Their row has to be touched by the caller.
Result<> setTeamsOf(Connection &connection, const OperatorId &person, const QList<TeamId> &teams);
Result<QList<PageId>> pagesOfTeam(Connection &connection, const TeamId &team);
Result<> setPagesOfTeam(Connection &connection, const TeamId &team, const QList<PageId> &pages);

// Nothing: all Pages. Else those that were given to the operator alone, without the teams'.
Result<std::optional<QList<PageId>>> ownPagesOf(Connection &connection, const OperatorId &person);
Result<> setOwnPagesOf(
    Connection &connection, const OperatorId &person, const std::optional<QList<PageId>> &pages);
// The Pages an operator may work on: all for an admin, else their own and their teams'.
Result<PageScope> pageScopeOf(Connection &connection, const Operator &person);

// A file belongs to a Page: a customer or an operator has sent it there.
Result<> notePageFile(Connection &connection, const QString &hash, const PageId &page);
// Whether a file belongs to one of these Pages.
Result<bool> isFileOf(Connection &connection, const QString &hash, const PageScope &pages);

} // namespace Pagedesk::Relay
