// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/replica/replicachanges.h"

namespace Pagedesk {

// The conversations in the replica. Stored is what the relay said; read is what it will say once
// it has carried out what waits here: replies of ours are the last message, what was marked as
// read is read, a new state is the state.
class ConversationStore {
public:
    // Newest activity first.
    static Result<QList<Conversation>> all(Connection &connection);
    static Result<std::optional<Conversation>> find(
        Connection &connection, const ConversationId &id);

    // Keeps the relay's row if it is newer than what is stored and was not deleted since.
    static Result<> apply(ReplicaWriter &writer, const Conversation &conversation);
    static Result<> remove(
        ReplicaWriter &writer, const ConversationId &id, const QString &stream, qint64 seq);
    static Result<> removePage(ReplicaWriter &writer, const PageId &page);

    // The relay has carried out a command that is still stored: makes its effect part of the row,
    // unless the relay has sent a newer one since, which says it better.
    static Result<> settle(ReplicaWriter &writer, const StoredCommand &command);
};

} // namespace Pagedesk
