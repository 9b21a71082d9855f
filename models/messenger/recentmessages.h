// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/result.h"

#include <QByteArray>
#include <QList>

namespace Pagedesk {

// A message as the Conversations API lists it; it has no `metadata` there.
struct RecentMessage {
    Mid mid;
    QString fromId; // the Page, or the customer
    QString text;
    qint64 sentAt = 0; // ms UTC, of a whole second
};

struct RecentMessages {
    QList<RecentMessage> messages; // newest first
    bool complete = false; // there are no older ones
};

// Meta tells the content of this many messages of a conversation.
inline constexpr int RecentMessageLimit = 20;

// Reads the answer to GET /{page}/conversations?user_id=PSID with the fields
// messages.limit(20){id,created_time,from,message}. Protocol when it has another shape; a
// conversation that Meta does not list is an empty answer which is not complete.
// Source: Messenger Platform, "Conversations", 2026.
Result<RecentMessages> readRecentMessages(const QByteArray &body);

} // namespace Pagedesk
