// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/intake/projector.h"
#include "app/relay/intake/refusallog.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/metrics.h"
#include "app/server/http.h"
#include "models/base/secret.h"
#include "models/messenger/signature.h"
#include "models/messenger/webhook.h"

namespace Pagedesk::Relay {

// GET and POST /webhooks/messenger. Lives on the server's thread. A POST is answered 200 only
// after its events are committed with full sync.
class WebhookEndpoint {
public:
    struct Secrets {
        QList<Secret> appSecrets; // several during a rotation
        Secret verifyToken;
    };
    struct Rules {
        QString ownApp; // the id of our own app; empty when it is not known
        int eventsPerMinute = 100; // of one person before their updates are spread out; 0: never
    };

    WebhookEndpoint(
        Secrets secrets, Rules rules, Ledger &ledger, const Clock &clock, Metrics &metrics);

    // Meta's verification handshake.
    void verify(const Server::Request &request, const Server::Responder &responder) const;
    void receive(const Server::Request &request, const Server::Responder &responder);

private:
    Secret m_verifyToken;
    WebhookSignature m_signature;
    Ledger &m_ledger;
    const Clock &m_clock;
    Metrics &m_metrics;
    RefusalLog m_refusals;
    GroupMeter m_groups; // of the writing thread
    IntakeGuard m_guard; // of the database thread
    IntakeRules m_rules;
};

} // namespace Pagedesk::Relay
