// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/threadslice.h"
#include "models/domain/messageplace.h"

namespace Pagedesk {

// A part in the middle of a thread, as the replica has it.
struct ThreadAround {
    QList<Message> before; // in thread order, one more than asked for if there is one
    QList<Message> from; // the same, from the place on
    QList<Message> pending;
    bool isHere = true; // nothing that stands at or after the place is missing
    std::optional<ThreadPlace> floor; // below it messages may be missing

    // Up to `limit` messages before the place and as many from it on.
    struct Part {
        QList<Message> messages;
        bool moreBefore = false;
        bool moreAfter = false;
    };
    Part part(int limit) const;
};

Result<ThreadAround> readAround(Connection &connection, const ConversationId &conversation,
    const MessagePlace &place, int limit);
// What stands after a message.
Result<ThreadAround> readAfter(
    Connection &connection, const ConversationId &conversation, const Message &last, int limit);

// A part of a search through a thread, from its end to its beginning.
struct ThreadFound {
    QList<MessagePlace> found; // the newest first
    std::optional<MessagePlace> next; // where to go on; nothing: all of it was looked at
    bool isWhole = true; // the thread's history is here
};

// Looks at a limited number of messages before a place, or the newest, for a text of
// foldedForFind().
Result<ThreadFound> findInThread(Connection &connection, const ConversationId &conversation,
    const QString &folded, const std::optional<MessagePlace> &before);

} // namespace Pagedesk
