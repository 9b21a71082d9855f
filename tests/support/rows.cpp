// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rows.h"

namespace Pagedesk::Testing {

using namespace Qt::Literals::StringLiterals;

Page page(const QString &id, qint64 seq, bool humanAgent)
{
    Page page;
    page.id = {id};
    page.name = u"Page "_s + id;
    page.colour = pageColour(0);
    page.humanAgent = humanAgent;
    page.seq = seq;
    return page;
}

Conversation conversation(const QString &page, const QString &person, qint64 at, qint64 seq)
{
    Conversation conversation;
    conversation.id = conversationId({page}, {person});
    conversation.contact = {{page}, {person}, u"Customer "_s + person, {}};
    conversation.unread = 1;
    conversation.lastMessageAt = at;
    conversation.lastText = u"hello"_s;
    conversation.lastCustomerAt = at;
    conversation.waitingSince = at;
    conversation.seq = seq;
    return conversation;
}

Message inbound(
    const QString &page, const QString &person, const QString &id, qint64 at, qint64 seq)
{
    Message message;
    message.id = {id};
    message.conversationId = conversationId({page}, {person});
    message.pageId = {page};
    message.mid = {u"m_"_s + id};
    message.text = u"text of "_s + id;
    message.sentAt = at;
    message.arrival = seq;
    message.seq = seq;
    return message;
}

Message outbound(const QString &page, const QString &person, const QString &id, qint64 at,
    qint64 seq, DeliveryState state)
{
    Message message = inbound(page, person, id, at, seq);
    message.direction = Direction::Out;
    message.author = Author::Operator;
    message.authorName = u"Amal"_s;
    message.state = state;
    return message;
}

} // namespace Pagedesk::Testing
