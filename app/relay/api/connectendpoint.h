// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/connect/pageconnector.h"
#include "app/relay/connect/pagedoctor.h"
#include "app/server/http.h"

#include <atomic>

namespace Pagedesk::Relay {

// /connect/...: how admins connect Pages (models/wire/connecting.h), and /oauth/callback, where
// their browsers come back to.
class ConnectEndpoint : public QObject {
    Q_OBJECT

public:
    // Who does what is asked for.
    struct Workers {
        FacebookLogins &logins;
        PageConnector &connector;
        PageInspector &inspector;
        PageDoctor &doctor;
    };

    ConnectEndpoint(Ledger &ledger, const Workers &workers, QObject *parent = nullptr);

    // Both run on the server's thread, for any method but others than GET and POST.
    void serve(const Server::Request &request, const Server::Responder &responder);
    void handleReturn(const Server::Request &request, const Server::Responder &responder);

private:
    struct Order;

    void work(const Order &order, const Device &device, const Server::Responder &responder);

    Ledger &m_ledger;
    Workers m_workers;
    // Returns from the dialog that are being worked on.
    std::shared_ptr<std::atomic<int>> m_returning = std::make_shared<std::atomic<int>>(0);
};

} // namespace Pagedesk::Relay
