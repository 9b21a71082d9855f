// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/http.h"
#include "app/server/mailbox.h"

#include <atomic>

namespace Pagedesk::Server {

class HttpConnection;

// What a Responder holds: the right to answer one request, once, from any thread. It keeps nothing
// of the connection alive, so it may outlive the client and the server.
class ResponseTicket final : public Responder::Target {
public:
    ResponseTicket(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<HttpConnection> connection);
    ~ResponseTicket() override; // unanswered: 500

    void send(Response response) override;
    void accept(WebSocketCallbacks callbacks) override;

private:
    std::shared_ptr<Mailbox> m_mailbox;
    std::weak_ptr<HttpConnection> m_connection;
    std::atomic<bool> m_answered = false;
};

} // namespace Pagedesk::Server
