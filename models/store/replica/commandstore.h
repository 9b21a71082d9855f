// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/replica/replicachanges.h"

namespace Pagedesk {

// Commands that the relay has not confirmed yet, in the order they were given. As long as one is
// here, its conversation is read as if it had been carried out.
class CommandStore {
public:
    static Result<QList<StoredCommand>> all(Connection &connection);
    static Result<std::optional<StoredCommand>> find(Connection &connection, const CommandId &id);
    // The reply's command while it waits here, confirmed or not.
    static Result<std::optional<StoredCommand>> findReply(
        Connection &connection, const MessageId &message);

    // In the order they were given.
    static Result<QList<StoredCommand>> ofKind(Connection &connection, CommandKind kind);
    static Result<QList<StoredCommand>> ofConversation(
        Connection &connection, const ConversationId &conversation, CommandKind kind);

    // A MarkRead takes the place of an earlier one for the same conversation.
    static Result<> add(ReplicaWriter &writer, const StoredCommand &command);
    static Result<> remove(ReplicaWriter &writer, const StoredCommand &command);
    static Result<> removePage(ReplicaWriter &writer, const PageId &page);
};

} // namespace Pagedesk
