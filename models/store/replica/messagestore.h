// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/replica/replicachanges.h"

namespace Pagedesk {

// The messages in the replica: those of the relay, and replies of ours that only this desktop
// knows (seq 0) until the relay's row of the same id takes their place.
class MessageStore {
public:
    static Result<std::optional<Message>> find(Connection &connection, const MessageId &id);
    // Replies on their way, in the order they were written.
    static Result<QList<Message>> pending(
        Connection &connection, const ConversationId &conversation);
    // At most `limit` messages that are not on their way, in thread order: the newest, or those
    // before `before`.
    static Result<QList<Message>> slice(Connection &connection, const ConversationId &conversation,
        const std::optional<Message> &before, int limit);
    // Every message that only this desktop knows.
    static Result<QList<Message>> onlyHere(Connection &connection);

    // Keeps the relay's row if it is newer than what is stored and was not deleted since.
    static Result<> apply(ReplicaWriter &writer, const Message &message);
    static Result<> remove(
        ReplicaWriter &writer, const MessageId &id, const QString &stream, qint64 seq);
    // What the relay has told of a Page; `all`: what only this desktop knows of it too.
    static Result<> removePage(ReplicaWriter &writer, const PageId &page, bool all);

    // Replies of ours that the relay has confirmed but whose row never came may or may not have
    // been sent: the relay that knew of them has forgotten.
    static Result<> doubtConfirmed(ReplicaWriter &writer, const PageId &page);

    // A reply that was written here.
    static Result<> add(ReplicaWriter &writer, const Message &message);
    // These leave a message alone that the relay has told of already.
    static Result<> fail(ReplicaWriter &writer, const MessageId &id, FailureKind kind);
    static Result<> takeBack(ReplicaWriter &writer, const MessageId &id);
};

} // namespace Pagedesk
