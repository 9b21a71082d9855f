// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/connect/messengerprofiles.h"
#include "app/server/http.h"

namespace Pagedesk::Relay {

// /pages/...: what admins ask about one Page at Meta (models/wire/pageprofiles.h).
class PagesEndpoint : public QObject {
    Q_OBJECT

public:
    PagesEndpoint(Ledger &ledger, MessengerProfiles &profiles, QObject *parent = nullptr);

    // Runs on the server's thread.
    void serve(const Server::Request &request, const Server::Responder &responder);

private:
    struct Order;

    void work(const Order &order, const Device &device, const Server::Responder &responder);

    Ledger &m_ledger;
    MessengerProfiles &m_profiles;
};

} // namespace Pagedesk::Relay
