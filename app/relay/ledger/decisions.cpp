// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/decisions.h"

#include "app/relay/ledger/messages.h"

namespace Pagedesk::Relay {

Result<> addDecision(Connection &connection, const Conversation &conversation,
    const Decision &decision, const QString &who, const QString &comment, qint64 now)
{
    const PageId &page = conversation.contact.pageId;
    const auto seq = takeSeqs(connection, page.value, 1);
    if (!seq)
        return failure(seq.error());
    Message line;
    line.id = {newUuid(now)};
    line.pageId = page;
    line.conversationId = conversation.id;
    line.direction = Direction::Note;
    line.author = Author::System;
    line.authorName = who;
    line.text = comment;
    line.sentAt = now;
    line.arrival = *seq;
    line.seq = *seq;
    line.details.notice = decision.notice;
    line.details.subject = decision.subject;
    line.details.until = decision.until;
    line.details.payload = decision.reason;
    const auto added = insertMessage(connection, line);
    if (!added)
        return failure(added.error());
    return {};
}

} // namespace Pagedesk::Relay
