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
    qint64 attemptBegunAt = 0; // ms UTC of the last call that ended, 0 none
    qint64 attemptEndedAt = 0; // ms UTC
    QString ownerApp = {}; // the other app that holds its conversation; empty: none does
};

// How often a conversation has been read for an unknown reply is kept in `tries`. All of them by
// conversation and arrival, but for unknown ones that have had `readings` of them.
Result<QList<Outbound>> outboundUnderWay(Connection &connection, int readings);
// Of one conversation, all.
Result<QList<Outbound>> outboundOf(Connection &connection, const ConversationId &conversation);
// Unknown ones whose conversations are to be read, at most 1000.
Result<QList<Outbound>> unknownReplies(Connection &connection, int readings);
Result<std::optional<Outbound>> outboundById(Connection &connection, const MessageId &id);
Result<> setDeadline(Connection &connection, const MessageId &id, qint64 deadlineAt);
Result<> noteTry(Connection &connection, const MessageId &id, int tries, qint64 nextTryAt);
// A relay that died while sending leaves messages in Sending: nobody knows what became of them.
// `nextTryAt` is when the call began.
Result<QList<Outbound>> stuckInSending(Connection &connection);
// The parts of one reply, whatever has become of them, in order. `sinceAt`: ms UTC, no later than
// the day they were written.
Result<QList<Message>> partsOf(Connection &connection, const ConversationId &conversation,
    const QString &group, qint64 sinceAt);

struct SendAttempt {
    MessageId messageId;
    qint64 startedAt = 0; // ms UTC
    qint64 endedAt = 0; // ms UTC
    int httpStatus = 0;
    SendVerdict verdict;
};
// How often Meta has answered a reply with a code.
Result<int> attemptsWithCode(Connection &connection, const MessageId &id, int code);
Result<> recordAttempt(Connection &connection, const SendAttempt &attempt);

// How many replies wait, for metrics.
Result<qint64> outboundCount(Connection &connection);

} // namespace Pagedesk::Relay
