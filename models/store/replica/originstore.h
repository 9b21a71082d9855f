// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operator.h"
#include "models/store/query.h"

namespace Pagedesk {

// Where the rows of the replica come from, and who works with them here.
struct Origin {
    QString relay; // its address
    OperatorId operatorId;
    QString operatorName;

    bool operator==(const Origin &) const = default;
};

class OriginStore {
public:
    static Result<std::optional<Origin>> load(Connection &connection);
    static Result<> save(Connection &connection, const Origin &origin);
};

} // namespace Pagedesk
