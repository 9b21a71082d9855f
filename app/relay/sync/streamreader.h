// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/query.h"
#include "models/wire/frames.h"

// What desktops ask of the ledger, as frames.
namespace Pagedesk::Relay {

// The rows of a stream above `after`, rising, at most about `limit`; toSeq says how far they reach.
Result<Wire::Changes> readChanges(
    Connection &connection, const QString &stream, qint64 after, int limit);
// The rows below request.beforeSeq, newest first.
Result<Wire::Answer> readHistory(Connection &connection, const Wire::HistoryRequest &request);
Result<Wire::Answer> readConversations(
    Connection &connection, const Wire::ConversationsRequest &request);
Result<Wire::Answer> readThread(Connection &connection, const Wire::ThreadRequest &request);

// The streams an operator may follow, with their heads.
Result<QList<Wire::StreamInfo>> readStreams(Connection &connection);

} // namespace Pagedesk::Relay
