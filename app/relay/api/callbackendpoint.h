// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/callbacks.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/metrics.h"
#include "app/server/http.h"
#include "models/messenger/signedrequest.h"

namespace Pagedesk::Relay {

// POST /meta/deauthorize and /meta/data-deletion, and the page that shows what became of a request
// for deletion. Lives on the server's thread. A request is answered 200 only after it is
// committed; the same one again changes nothing and gets the same answer.
class CallbackEndpoint {
public:
    static constexpr const char *StatusPath = "/deletion"; // ?id=CODE

    CallbackEndpoint(
        const QList<Secret> &appSecrets, Ledger &ledger, const Clock &clock, Metrics &metrics);

    void receive(const Server::Request &request, const Server::Responder &responder);
    void showStatus(const Server::Request &request, const Server::Responder &responder);

private:
    // One of the few requests that may be at the database at a time; nothing when there are enough.
    using Place = std::shared_ptr<void>;
    Place takePlace();

    SignedRequestReader m_reader;
    Ledger &m_ledger;
    const Clock &m_clock;
    Metrics &m_metrics;
    std::shared_ptr<std::atomic<int>> m_underWay = std::make_shared<std::atomic<int>>(0);
};

} // namespace Pagedesk::Relay
