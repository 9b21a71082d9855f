// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/label.h"
#include "models/store/query.h"

namespace Pagedesk {

// The workspace's labels in the replica.
class LabelStore {
public:
    static Result<QList<Label>> all(Connection &connection); // removed ones too, by name
    // Keeps the row if it is newer than what is stored.
    static Result<> apply(Connection &connection, const Label &label);
    static Result<> remove(Connection &connection, const LabelId &id);
    static Result<> removeAll(Connection &connection);
};

} // namespace Pagedesk
