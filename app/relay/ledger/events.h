// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messenger/webhook.h"
#include "models/store/query.h"

namespace Pagedesk::Relay {

struct KeptEvent {
    qint64 number = 0;
    bool fresh = false; // no event with the same key has been seen before
};

// Keeps an item as received, a repeated one too.
Result<KeptEvent> keepEvent(Connection &connection, const WebhookEvent &event, qint64 receivedAt);

// The same for an event that is deduplicated by the message it brings: its number. What is kept
// here is new until markDuplicate().
Result<qint64> keepMessageEvent(
    Connection &connection, const WebhookEvent &event, qint64 receivedAt);
Result<> markDuplicate(Connection &connection, qint64 event);

struct StoredEvent {
    qint64 id = 0;
    qint64 receivedAt = 0; // ms UTC
    QString pageId;
    EventKind kind = EventKind::Other;
    bool duplicate = false;
    EventState state = EventState::Projected;
    QString reason;
    QByteArray item;
};

Result<std::optional<StoredEvent>> eventById(Connection &connection, qint64 number);
// Up to `limit` events with an id above `afterId`, oldest first; of one Page unless it is empty.
Result<QList<StoredEvent>> eventsAfter(
    Connection &connection, qint64 afterId, const QString &pageId, int limit);

} // namespace Pagedesk::Relay
