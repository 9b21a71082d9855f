// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/store/query.h"

namespace Pagedesk::Relay {

// How far a Page's conversations at Meta have been read. Times named `meta` are Meta's own, ms UTC:
// they are compared with each other only, so that a clock that is wrong here misses nothing.
struct PageReading {
    QString historyCursor; // behind the conversations read so far; empty: from the newest
    qint64 historyBegunAt = 0; // ms UTC, 0: never
    qint64 historyDoneAt = 0; // ms UTC, 0: not yet
    qint64 oldestMetaAt = 0; // of the messages read, 0: none
    qint64 holesUntilMetaAt = 0; // before it, conversations are not whole; 0: all are
    qint64 comparedMetaAt = 0; // conversations without activity since then have been compared
    QString checkCursor; // of a comparison under way
    qint64 checkUntilMetaAt = 0; // what comparedMetaAt becomes when it is through

    bool operator==(const PageReading &) const = default;
};

Result<PageReading> readingOf(Connection &connection, const PageId &page);
Result<> saveReading(Connection &connection, const PageId &page, const PageReading &reading);

// Makes the relay read a Page's history as far as it is missing, look after its webhooks and
// compare it with Meta. The caller announces that jobs have changed.
Result<> wakePageJobs(Connection &connection, const PageId &page, qint64 now);

// When the Page was connected first, ms UTC; 0 for an unknown one.
Result<qint64> connectedAt(Connection &connection, const PageId &page);

// A span in which Meta has messages of a conversation that it does not give any more.
struct MessageGap {
    ConversationId conversationId;
    qint64 sinceAt = 0; // ms UTC
    qint64 untilAt = 0; // ms UTC
};
Result<> noteGap(Connection &connection, const PageId &page, const MessageGap &gap, qint64 now);
Result<int> gapCount(Connection &connection, const PageId &page);

} // namespace Pagedesk::Relay
