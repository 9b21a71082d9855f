// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/rows.h"

namespace Pagedesk::Relay {

// False when a message with this id is there already. `event`: which event brought it; 0 for our
// own replies and for what was read from Meta.
Result<bool> insertMessage(Connection &connection, const Message &message, qint64 event = 0);
// The event of a message that was known before; false when another event has brought it already.
Result<bool> noteEventOf(Connection &connection, const MessageId &id, qint64 event);
Result<std::optional<Message>> messageById(Connection &connection, const MessageId &id);
// One of our own replies by the id Meta gave it.
Result<std::optional<Message>> ownMessageByMid(
    Connection &connection, const PageId &page, const Mid &mid);
// A customer's message, one from elsewhere or one of our own.
Result<std::optional<Message>> messageByMid(
    Connection &connection, const PageId &page, const Mid &mid);
// Writes the fields that change in a message's life, under a new number of its stream.
Result<> updateMessage(Connection &connection, const Message &message);
// The Page's messages of a conversation up to a time that have not reached `state` yet.
Result<QList<Message>> outgoingUpTo(
    Connection &connection, const ConversationId &conversation, qint64 upToAt, DeliveryState state);

// Whether a reply of ours with this text is being sent or of unknown fate, without Meta's id yet.
Result<bool> hasUnnamedReply(
    Connection &connection, const ConversationId &conversation, const QString &text);
// How many messages of a conversation have an id of Meta's.
Result<int> namedMessageCount(Connection &connection, const ConversationId &conversation);

// Messages of a thread before a point, newest first; beforeAt 0 begins at the newest.
Result<QList<Message>> threadBefore(Connection &connection, const ConversationId &conversation,
    qint64 beforeAt, qint64 beforeArrival, int limit);
// Every message in the order of ids, from behind `after`.
Result<QList<Message>> messagesById(Connection &connection, const MessageId &after, int limit);
struct KeptMessage {
    MessageId id;
    qint64 event = 0; // the one that brought it; 0 or less: none that is known
    bool isUnsupported = false; // a line about a kind that is not known
};
Result<QList<KeptMessage>> keptMessages(Connection &connection, const MessageId &after, int limit);

// By number of the Page's stream: above `after` up to `upTo` rising, or below `before` falling.
Result<QList<Message>> messagesAfter(
    Connection &connection, const PageId &page, qint64 after, qint64 upTo, int limit);
Result<QList<Message>> messagesBelow(
    Connection &connection, const PageId &page, qint64 before, int limit);

} // namespace Pagedesk::Relay
