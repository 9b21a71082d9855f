// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/rows.h"

namespace Pagedesk::Relay {

// The kind of the first attachment; Unknown without any.
AttachmentKind firstKind(const Message &message);

// Brings the conversation of a new message up to date, or begins it: last message, unread count,
// reply window, waiting time, state. A line that nobody wrote changes none of them, and an
// automatic answer leaves unread and waiting what was so. Takes `seq` as its number.
struct Noted {
    bool wantsProfile = false; // it has not been asked for yet, or is old; it is noted as asked now
    bool opened = false; // the customer has begun the conversation, or opened it again
};
Result<Noted> noteMessage(
    Connection &connection, const Message &message, const Psid &psid, qint64 seq);

// The same for a message of before the Page was connected: nobody has to read it again or is
// waited for. A conversation that begins with it begins in `state`, with no profile asked for.
struct OldMessage {
    qint64 readUpToAt = 0; // ms UTC
    ConversationState state = ConversationState::Open;
};
Result<> noteOldMessage(Connection &connection, const Message &message, const Psid &psid,
    const OldMessage &old, qint64 seq);
// Names a person who has no name yet; an empty name changes nothing. True when it did.
Result<bool> nameConversation(
    Connection &connection, const PageId &page, const ConversationId &id, const QString &name);

// A customer's action that opens the reply window without being a message. Nothing happens when
// the conversation has not begun.
Result<> noteCustomerAction(
    Connection &connection, const PageId &page, const ConversationId &id, qint64 at);

// Which other app holds the conversation; empty: we may answer. Nobody waits for it then, or has
// been refused.
Result<> setOwnerApp(
    Connection &connection, const PageId &page, const ConversationId &id, const QString &app);

// The message that the list shows has changed its state, text or time.
Result<> noteMessageChanged(Connection &connection, const Message &message);

// Watermarks only rise; what they were raised to comes back.
struct Watermarks {
    qint64 deliveredUpToAt = 0; // ms UTC
    qint64 seenUpToAt = 0; // ms UTC
};
Result<Watermarks> watermarks(Connection &connection, const ConversationId &id);
Result<> raiseWatermarks(Connection &connection, const ConversationId &id, const Watermarks &to);

Result<std::optional<Conversation>> conversationById(
    Connection &connection, const ConversationId &id);
// Writes what the team decides: state, snooze, who has it, priority and labels.
Result<> saveDecisions(Connection &connection, const Conversation &conversation);
// The customer's last message, and what came after it, has not been looked at. Nothing happens
// where the customer has not written.
Result<> setUnread(Connection &connection, const Conversation &conversation);
// Everything up to `upToAt` has been looked at; `unread` is what is left.
Result<> setReadUpTo(Connection &connection, const Conversation &conversation, qint64 upToAt);
Result<> setProfile(Connection &connection, const Conversation &conversation, const QString &name,
    const QString &pictureHash);

// Whoever has no name is asked about again when they write next.
Result<> forgetMissingProfiles(Connection &connection, const PageId &page);

Result<QList<Conversation>> conversationsAfter(
    Connection &connection, const PageId &page, qint64 after, qint64 upTo, int limit);
Result<QList<Conversation>> conversationsBelow(
    Connection &connection, const PageId &page, qint64 before, int limit);
// By last activity, newest first; beforeAt 0 begins at the newest.
Result<QList<Conversation>> conversationsByActivity(Connection &connection, const PageId &page,
    qint64 beforeAt, const ConversationId &beforeId, int limit);

} // namespace Pagedesk::Relay
