// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/message.h"
#include "models/domain/searchquery.h"

// The words of the index that no text has: what a message is, whose and where. They begin with '_'.
namespace Pagedesk::SearchTerms {

QString direction(Direction direction);
QString conversation(const ConversationId &id);
QString page(const PageId &id);
QString author(const QString &name); // of an operator
QString matter(SearchMatter matter);

// A message's number in the index. Rising with the time it was sent, to the second; 0 when its row
// is beyond what fits.
qint64 place(qint64 sentAt, qint64 row);
qint64 rowOf(qint64 place);
// The lowest number of messages sent at that time.
qint64 firstPlace(qint64 sentAt);

// Everything a message can be found by: its words, those of its files' names, and what it is.
// Nothing once its sender has taken it back.
QString ofMessage(const Message &message);
// The words of a text with spaces between, as the index takes them.
QString ofText(const QString &text);
// What placesOf() of a message looks at: its text and its files' names.
QString searchedText(const Message &message);

} // namespace Pagedesk::SearchTerms
