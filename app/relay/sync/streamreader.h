// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/permissions.h"
#include "models/store/query.h"
#include "models/wire/frames.h"

// What desktops ask of the ledger, as frames.
namespace Pagedesk::Relay {

struct StreamPart {
    Wire::Changes changes; // toSeq says how far they reach
    bool hasMore = false; // above them
};

// The rows of a stream above `after`, rising, at most about `limit` and what one frame holds.
Result<StreamPart> readChanges(
    Connection &connection, const QString &stream, qint64 after, int limit);
// The rows below request.beforeSeq, newest first; of this and the next ones what one frame holds.
Result<Wire::Answer> readHistory(Connection &connection, const Wire::HistoryRequest &request);
Result<Wire::Answer> readConversations(
    Connection &connection, const Wire::ConversationsRequest &request);
Result<Wire::Answer> readThread(Connection &connection, const Wire::ThreadRequest &request);

// The streams somebody with this scope may follow, with their heads.
Result<QList<Wire::StreamInfo>> readStreams(Connection &connection, const PageScope &scope);

} // namespace Pagedesk::Relay
