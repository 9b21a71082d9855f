// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/replica/replicachanges.h"

namespace Pagedesk {

// The stream that is no Page's.
inline constexpr QLatin1StringView WorkspaceStream("workspace");

// Everything that came in one stream, taken together.
class StreamRows {
public:
    // The stream is not this operator's any more: its rows go, with drafts and replies that wait.
    static Result<> remove(ReplicaWriter &writer, const QString &stream);
    // The stream begins anew: the relay's rows go, what was written here stays.
    static Result<> clear(ReplicaWriter &writer, const QString &stream);
};

} // namespace Pagedesk
