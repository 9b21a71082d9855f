// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/connect/pageconnector.h"
#include "app/server/http.h"

namespace Pagedesk::Relay {

// /connect/...: how admins connect Pages (models/wire/connecting.h), and /oauth/callback, where
// their browsers come back to.
class ConnectEndpoint : public QObject {
    Q_OBJECT

public:
    ConnectEndpoint(Ledger &ledger, FacebookLogins &logins, PageConnector &connector,
        QObject *parent = nullptr);

    // Both run on the server's thread, for any method but others than GET and POST.
    void serve(const Server::Request &request, const Server::Responder &responder);
    void handleReturn(const Server::Request &request, const Server::Responder &responder);

private:
    struct Order;

    void work(const Order &order, const Device &device, const Server::Responder &responder);

    Ledger &m_ledger;
    FacebookLogins &m_logins;
    PageConnector &m_connector;
};

} // namespace Pagedesk::Relay
