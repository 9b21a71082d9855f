// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/message.h"
#include "models/store/query.h"

// How rows of the ledger become values. The column lists and the mappers belong together.
namespace Pagedesk::Relay {

// Takes the next `count` numbers of a stream for rows that change in this transaction; the first
// of them. The stream's row is locked until the commit, so numbers rise in commit order.
Result<qint64> takeSeqs(Connection &connection, const QString &stream, int count);
Result<qint64> streamHead(Connection &connection, const QString &stream);

#define PAGEDESK_CONVERSATION_COLUMNS                                                              \
    "id, page_id, psid, name, picture_hash, state, assignee, escalated, labels, unread, "          \
    "last_message_at, last_text, last_attachment, last_attachment_count, last_direction, "         \
    "last_author, last_state, last_customer_at, waiting_since, seq, owner_app, team, priority, "   \
    "snoozed_until, taking_since, taking_failed"
Conversation conversationFrom(const Row &row);

#define PAGEDESK_MESSAGE_COLUMNS                                                                   \
    "id, page_id, conversation_id, mid, direction, author, author_name, text, attachments, "       \
    "reply_to, sent_at, arrival, state, delivered_at, read_at, failure, seq, details"
Message messageFrom(const Row &row);

QString labelsToText(const QStringList &labels);
QString attachmentsToText(const QList<Attachment> &attachments);
QList<Attachment> attachmentsFromText(const QString &text);

} // namespace Pagedesk::Relay
