// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/events.h"

namespace Pagedesk::Relay {

// Notes that an event has to do with a message beside the one that brought it. `id` may be the one
// that follows from a mid of which there is no message yet.
Result<> linkEvent(Connection &connection, const MessageId &id, qint64 event);

// The events linked to a message by its id or by the one that follows from its mid, oldest first.
Result<QList<StoredEvent>> waitingEvents(Connection &connection, const MessageId &id);

} // namespace Pagedesk::Relay
