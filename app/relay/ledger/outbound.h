// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/rows.h"
#include "models/messenger/grapherror.h"

namespace Pagedesk::Relay {

// A reply that is queued, being sent, or of unknown fate.
struct Outbound {
    Message message;
    Psid psid;
    qint64 deadlineAt = 0; // ms UTC, 0 none
    int tries = 0;
    qint64 nextTryAt = 0; // ms UTC
    qint64 lastCustomerAt = 0; // ms UTC, of its conversation
};

// All of them, in the order in which they must leave their conversations.
Result<QList<Outbound>> outboundUnderWay(Connection &connection);
Result<std::optional<Outbound>> outboundById(Connection &connection, const MessageId &id);
Result<> setDeadline(Connection &connection, const MessageId &id, qint64 deadlineAt);
Result<> noteTry(Connection &connection, const MessageId &id, int tries, qint64 nextTryAt);
// A relay that died while sending leaves messages in Sending: nobody knows what became of them.
Result<QList<Message>> stuckInSending(Connection &connection);

struct SendAttempt {
    MessageId messageId;
    qint64 startedAt = 0; // ms UTC
    qint64 endedAt = 0; // ms UTC
    int httpStatus = 0;
    SendVerdict verdict;
};
Result<> recordAttempt(Connection &connection, const SendAttempt &attempt);

// How many replies wait, for metrics.
Result<qint64> outboundCount(Connection &connection);

} // namespace Pagedesk::Relay
