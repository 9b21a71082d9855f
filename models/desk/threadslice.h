// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/message.h"
#include "models/store/query.h"
#include "models/store/replica/threadstore.h"

namespace Pagedesk {

// A page of a thread that somebody asks for: the newest messages, or those before one.
struct ThreadQuestion {
    ConversationId conversation;
    std::optional<Message> before;
    int limit = 0;
};

struct ThreadSlice {
    QList<Message> messages; // in thread order
    bool moreBefore = false;
};

// What the replica has for a question. While the history of a Page is on its way a thread may have
// gaps: single old messages are here because something about them has changed.
struct ThreadReading {
    QList<Message> pending; // replies on their way; only for the newest
    QList<Message> settled; // one more than asked for, if there is one
    bool historyComplete = true; // of the Page
    std::optional<ThreadProgress> progress;

    // The page, when it is known to have no gaps.
    std::optional<ThreadSlice> gapless(const ThreadQuestion &question) const;
    // Whatever is here.
    ThreadSlice whatever(const ThreadQuestion &question) const;
    // The page down to the lowest message of a part that was just fetched. No `lowest`: the part
    // was empty, and `more` says whether the relay has anything below.
    ThreadSlice down(
        const ThreadQuestion &question, const std::optional<ThreadPlace> &lowest, bool more) const;
    // Where to go on asking the relay; nothing: from its newest.
    std::optional<ThreadPlace> askBefore(const ThreadQuestion &question) const;

private:
    ThreadSlice cut(const ThreadQuestion &question, QList<Message> usable, bool moreBefore) const;
    QList<Message> downTo(const ThreadPlace &lowest) const;
};

Result<ThreadReading> readThread(Connection &connection, const ThreadQuestion &question);

} // namespace Pagedesk
