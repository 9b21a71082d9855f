// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/message.h"
#include "models/store/query.h"

// How a message and its attachments lie in their tables.
namespace Pagedesk::MessageRows {

// The columns that read() expects first in a SELECT.
#define PAGEDESK_MESSAGE_COLUMNS                                                                   \
    "row, attachment_count, id, conversation_id, page_id, mid, direction, author, author_name, "   \
    "text, reply_to, sent_at, arrival, state, delivered_at, read_at, failure, seq, "               \
    "details"

// Every message that `sql` selects, with its attachments.
Result<QList<Message>> read(Connection &connection, const char *sql, const Values &values);

// The same with the numbers of their rows.
struct Numbered {
    qint64 row = 0;
    Message message;
};
Result<QList<Numbered>> readWithRows(Connection &connection, const char *sql, const Values &values);

// Stores a message under its id. False when what is stored is as new or newer.
Result<bool> write(Connection &connection, const Message &message);

// Takes the messages that `sql` selects, which are about to be removed, out of the search.
Result<> forget(Connection &connection, const char *sql, const Values &values);

} // namespace Pagedesk::MessageRows
