// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/responseticket.h"

#include "app/server/httpconnection.h"
#include "app/server/websocketport.h"
#include "models/base/logging.h"

namespace Pagedesk::Server {

ResponseTicket::ResponseTicket(
    std::shared_ptr<Mailbox> mailbox, std::weak_ptr<HttpConnection> connection)
    : m_mailbox(std::move(mailbox))
    , m_connection(std::move(connection))
{
}

ResponseTicket::~ResponseTicket()
{
    if (m_answered)
        return;
    try {
        send({500, "The request was not answered.\n"});
    } catch (const std::exception &error) {
        qCWarning(logServer, "an unanswered request stays so: %s", error.what());
    }
}

void ResponseTicket::send(Response response)
{
    if (m_answered.exchange(true))
        return;
    m_mailbox->deliver([to = m_connection, response = std::move(response)]() mutable {
        if (const auto connection = to.lock())
            connection->answer(std::move(response));
    });
}

void ResponseTicket::accept(WebSocketCallbacks callbacks)
{
    if (m_answered.exchange(true))
        return;
    auto shared = std::make_shared<WebSocketCallbacks>(std::move(callbacks));
    m_mailbox->deliver([mailbox = m_mailbox, to = m_connection, shared = std::move(shared)] {
        if (const auto connection = to.lock())
            connection->accept(shared);
        else
            postClosed(*mailbox, shared, CloseCode::Abnormal, "the client has left");
    });
}

} // namespace Pagedesk::Server
