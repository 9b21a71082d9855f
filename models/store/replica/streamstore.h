// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/store/query.h"

namespace Pagedesk {

// What this desktop has of a stream. The cursor is written in the transaction that writes the rows
// it counts, so the two never disagree.
struct StreamProgress {
    enum class Listed { Nothing = 0, Newest = 1, All = 2 };

    QString name;
    qint64 head = 0; // every row with tail <= seq <= head is here
    qint64 tail = 0; // 0: complete
    Listed listed = Listed::Nothing; // the conversations by activity
    qint64 listedAt = 0; // the last one that was listed, from which to go on
    ConversationId listedId;

    bool isComplete() const { return tail <= 0; }
    bool operator==(const StreamProgress &) const = default;
};

class StreamStore {
public:
    static Result<QList<StreamProgress>> all(Connection &connection);
    static Result<std::optional<StreamProgress>> find(Connection &connection, const QString &name);
    static Result<> save(Connection &connection, const StreamProgress &progress);
    static Result<> remove(Connection &connection, const QString &name);
};

} // namespace Pagedesk
