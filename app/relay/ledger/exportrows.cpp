// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/exportrows.h"

namespace Pagedesk::Relay {

Result<> eachConversation(Connection &connection, const QString &pageId,
    const QString &conversationId, const std::function<void(const Conversation &)> &visit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_CONVERSATION_COLUMNS " FROM conversation "
                                "WHERE (? = '' OR page_id = ?) AND (? = '' OR id = ?) ORDER BY id";
    return connection.each(Sql, {pageId, pageId, conversationId, conversationId},
        [&visit](const Row &row) { visit(conversationFrom(row)); });
}

Result<> eachMessage(Connection &connection, const QString &pageId, const QString &conversationId,
    const std::function<void(const Message &)> &visit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message "
                                "WHERE (? = '' OR page_id = ?) AND (? = '' OR conversation_id = ?) "
                                "ORDER BY conversation_id, sent_at, arrival";
    return connection.each(Sql, {pageId, pageId, conversationId, conversationId},
        [&visit](const Row &row) { visit(messageFrom(row)); });
}

} // namespace Pagedesk::Relay
