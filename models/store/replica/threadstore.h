// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/message.h"
#include "models/store/query.h"

namespace Pagedesk {

// A place in a thread: before or after it lie messages.
struct ThreadPlace {
    qint64 at = 0; // ms UTC
    qint64 arrival = 0;

    static ThreadPlace of(const Message &message) { return {message.sentAt, message.arrival}; }
    auto operator<=>(const ThreadPlace &) const = default;
};

// From `floor` on, every message of a thread is here; below it some may be missing. Kept only while
// the history of the thread's Page is not complete.
struct ThreadProgress {
    ThreadPlace floor;
    bool complete = false; // there is nothing below the floor

    bool operator==(const ThreadProgress &) const = default;
};

class ThreadStore {
public:
    static Result<std::optional<ThreadProgress>> find(
        Connection &connection, const ConversationId &conversation);
    static Result<> save(Connection &connection, const ConversationId &conversation,
        const PageId &page, const ThreadProgress &progress);
    static Result<> removePage(Connection &connection, const PageId &page);
};

} // namespace Pagedesk
