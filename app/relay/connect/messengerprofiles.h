// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/access/vault.h"
#include "app/relay/graph/graphclient.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/people.h"
#include "models/base/clock.h"
#include "models/wire/pageprofiles.h"

namespace Pagedesk::Relay {

// What Pages show in Messenger: read from Meta and changed there; nothing of it is kept here.
// Errors are sentences that say what to do.
class MessengerProfiles : public QObject {
    Q_OBJECT

public:
    MessengerProfiles(Ledger &ledger, GraphClient &graph, HttpClient &http, const Vault &vault,
        const Clock &clock, QObject *parent = nullptr);

    Task<Wire::ShownProfile> read(const PageId &page);
    // Sends what differs, and nothing when something could not be taken (Rejected) or somebody else
    // has changed it meanwhile (Conflict).
    Task<Wire::ShownProfile> apply(const Device &device, const Wire::ApplyProfile &order);

private:
    struct Change;

    Task<Secret> tokenOf(const PageId &page);
    Task<QByteArray> call(const HttpCall &call);
    Task<MessengerProfile> profileAt(const Secret &token);
    Task<Wire::ShownProfile> send(const std::shared_ptr<Change> &change);
    Task<> note(const std::shared_ptr<Change> &change);

    Ledger &m_ledger;
    GraphClient &m_graph;
    HttpClient &m_http;
    const Vault &m_vault;
    const Clock &m_clock;
};

} // namespace Pagedesk::Relay
