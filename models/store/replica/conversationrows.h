// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/store/query.h"

// How a conversation lies in its table.
namespace Pagedesk::ConversationRows {

// The columns that from() expects first in a SELECT.
#define PAGEDESK_CONVERSATION_COLUMNS                                                              \
    "id, page_id, psid, name, picture_hash, state, assignee, escalated, labels, unread, "          \
    "last_message_at, last_text, last_attachment, last_attachment_count, last_direction, "         \
    "last_author, last_state, last_customer_at, waiting_since, seq, owner_app, team, priority, "   \
    "snoozed_until, taking_since, taking_failed"

Conversation from(const Row &row);

// Stores a conversation under its id. False when what is stored is as new or newer.
Result<bool> write(Connection &connection, const Conversation &conversation);

// Makes a change that the relay has carried out part of the row, unless the relay has sent a newer
// one than that of `atSeq`.
Result<> change(Connection &connection, const Conversation &changed, qint64 atSeq);

} // namespace Pagedesk::ConversationRows
