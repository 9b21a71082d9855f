// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/outbound.h"

#include <QHash>

namespace Pagedesk::Relay {

// Puts replies, which come by conversation and arrival, into the order in which they leave: the
// parts of one reply by their place, together, at the turn of the one that arrived first. `begun`
// holds the group of which a conversation's last reply to leave was a part: the rest of it is next.
QList<Outbound> inSendOrder(
    const QList<Outbound> &replies, const QHash<ConversationId, QString> &begun);

} // namespace Pagedesk::Relay
