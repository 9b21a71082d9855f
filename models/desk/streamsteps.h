// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/replica/originstore.h"
#include "models/store/replica/replicachanges.h"
#include "models/store/replica/streamstore.h"
#include "models/store/replica/threadstore.h"
#include "models/wire/frames.h"

// What happens inside the transactions of a sync: pure steps from a frame to the replica.
namespace Pagedesk::StreamSteps {

// Takes the relay's list of streams: those that are new or do not fit begin, those that are not
// named any more go. Answers the progress of every stream.
Result<QList<StreamProgress>> welcome(ReplicaWriter &writer, const Wire::Welcome &welcome);

// A stream that begins, or goes on.
Result<StreamProgress> add(ReplicaWriter &writer, const Wire::StreamInfo &stream);

// Changes that go on where the stored head is, or overlap with it. Conflict: they leave a gap.
Result<StreamProgress> changes(ReplicaWriter &writer, const Wire::Changes &changes);

// A part of a thread from the relay, which was asked for before `before` or from its newest.
Result<> threadPart(ReplicaWriter &writer, const ConversationId &conversation,
    const std::optional<ThreadPlace> &before, const Wire::Answer &answer);

// Empties the replica of another origin's rows, if it holds any, and notes whose it is now.
Result<> adopt(ReplicaWriter &writer, const Origin &origin);

// The place of the lowest message in an answer.
std::optional<ThreadPlace> lowestPlace(const Wire::Answer &answer);

} // namespace Pagedesk::StreamSteps
