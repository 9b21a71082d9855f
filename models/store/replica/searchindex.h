// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/replica/replicachanges.h"

namespace Pagedesk {

// How much of the replica the search knows.
struct IndexProgress {
    qint64 done = 0; // rows
    qint64 all = 0;
    bool isComplete = true;

    bool operator==(const IndexProgress &) const = default;
};

// Keeps the index of the search up to date, in the transactions that change the rows. What a
// transaction changes is written at its end and in order, which is what the index is quick at.
class SearchIndex {
public:
    // A message was stored at `row`, or its row was there before.
    static Result<> replace(Connection &connection, qint64 row,
        const std::optional<Message> &before, const Message &after);
    static Result<> remove(Connection &connection, qint64 row, const Message &before);
    // Rows were removed that nobody has counted: everything is looked at again, in steps.
    static Result<> startOver(Connection &connection);

    // What the person of a conversation is called or is known by has changed.
    static Result<> contactChanged(Connection &connection, const ConversationId &id);
    static Result<> removeContacts(Connection &connection, const PageId &page);

    // Takes up to `limit` rows that are not in the index yet, the newest rows first. To be called
    // until it is complete, also after a start of the program that was broken off.
    static Result<IndexProgress> step(Connection &connection, int limit);
};

} // namespace Pagedesk
