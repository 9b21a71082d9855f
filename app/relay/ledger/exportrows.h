// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/rows.h"

#include <functional>

namespace Pagedesk::Relay {

// Visits rows one by one, of one Page or conversation unless the id is empty.
Result<> eachConversation(Connection &connection, const QString &pageId,
    const QString &conversationId, const std::function<void(const Conversation &)> &visit);
// In the order of each thread.
Result<> eachMessage(Connection &connection, const QString &pageId, const QString &conversationId,
    const std::function<void(const Message &)> &visit);

} // namespace Pagedesk::Relay
