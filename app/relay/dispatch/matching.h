// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messenger/recentmessages.h"

#include <optional>

namespace Pagedesk::Relay {

// What a list of the newest messages says about a reply of unknown fate.
struct Finding {
    enum class Fate {
        Open, // cannot be told
        There, // as `message`
        NotThere,
    };
    Fate fate = Fate::Open;
    std::optional<RecentMessage> message = std::nullopt;
};

// Unknown replies of one conversation with one and the same text, by the beginning of their
// attempts (ms UTC), and the messages of the Page with that text that belong to no reply or echo
// we know, newest first. History holds no id of ours, so they are matched one to one in order, and
// only when there is one way to do it; nothing is guessed. `slack`: how far the clocks may be
// apart.
QList<Finding> matchByOrder(
    const QList<qint64> &startedAt, QList<RecentMessage> candidates, qint64 slack);

// Whether the list goes back to before `startedAt`, so that what is not in it is not there.
bool reachesBackTo(qint64 startedAt, const RecentMessages &recent, qint64 slack);

// Whether two texts might be one that was passed on with other blanks or another normal form.
bool looksLike(const QString &a, const QString &b);

} // namespace Pagedesk::Relay
