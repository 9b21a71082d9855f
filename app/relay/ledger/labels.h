// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/label.h"
#include "models/store/query.h"

#include <optional>

// The workspace's labels.
namespace Pagedesk::Relay {

Result<std::optional<Label>> labelById(Connection &connection, const LabelId &id);
// Makes it, or changes the one with its id, under the next number of the workspace's stream.
Result<> saveLabel(Connection &connection, const Label &label);
Result<QList<Label>> activeLabels(Connection &connection);
Result<QList<Label>> labelsAfter(Connection &connection, qint64 after, qint64 upTo, int limit);
Result<QList<Label>> labelsBelow(Connection &connection, qint64 before, int limit);

} // namespace Pagedesk::Relay
