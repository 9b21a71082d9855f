// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/store/replica/replicachanges.h"

namespace Pagedesk {

// What waits on this desktop, laid over conversations as the relay last described them.
class ConversationOverlay {
public:
    // For every conversation, or for one.
    static Result<ConversationOverlay> load(Connection &connection);
    static Result<ConversationOverlay> load(Connection &connection, const ConversationId &only);

    Result<> lay(Connection &connection, Conversation &conversation) const;

private:
    struct Reply {
        QString text;
        qint64 sentAt = 0;
        DeliveryState state = DeliveryState::Queued;
    };
    struct Waiting {
        std::optional<qint64> readUpTo;
        bool unreadAgain = false; // marked as unread after that
        qint64 takingSince = 0; // ms UTC; 0: nobody has asked for it here
        // In the order they were given.
        QList<ConversationChange> changes;
        std::optional<Reply> lastReply;
    };

    void noteCommand(const Row &row);
    void noteReply(const Row &row);

    QHash<ConversationId, Waiting> m_waiting;
};

// How many of `conversation`'s unread messages are left once it has been read up to `upToAt`.
Result<int> unreadAfter(Connection &connection, const Conversation &conversation, qint64 upToAt);

} // namespace Pagedesk
