// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operator.h"
#include "models/store/query.h"

namespace Pagedesk {

// The people of the workspace and their teams in the replica.
class OperatorStore {
public:
    static Result<QList<Operator>> all(Connection &connection);
    // Keeps the row if it is newer than what is stored.
    static Result<> apply(Connection &connection, const Operator &person);
    static Result<> remove(Connection &connection, const OperatorId &id);
    static Result<> removeAll(Connection &connection); // and the teams

    static Result<QList<Team>> teams(Connection &connection); // that are active, by name
    static Result<> apply(Connection &connection, const Team &team);
    static Result<> remove(Connection &connection, const TeamId &id);
};

} // namespace Pagedesk
