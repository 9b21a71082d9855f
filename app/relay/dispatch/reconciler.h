// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/access/vault.h"
#include "app/relay/dispatch/resolve.h"
#include "app/relay/graph/graphclient.h"
#include "app/relay/graph/pacing.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace Pagedesk::Relay {

// Finds out what became of replies of unknown fate when no echo tells: reads their conversations,
// less and less often. What is to be read follows from the ledger, so nothing is forgotten when
// the relay ends.
class Reconciler : public QObject {
    Q_OBJECT

public:
    Reconciler(Ledger &ledger, GraphClient &graph, const Vault &vault, const Clock &clock,
        Pacing &pacing, SendTimes times, QObject *parent = nullptr);

    void start();
    void stop();

private:
    struct Found {
        QList<Outbound> unknown;
        QSet<PageId> readable; // Pages that Meta lets us read
    };

    void look();
    void choose(const Found &found);
    void read(const Outbound &outbound);
    void keep(const Reading &reading);

    Ledger &m_ledger;
    GraphClient &m_graph;
    const Vault &m_vault;
    const Clock &m_clock;
    Pacing &m_pacing;
    const SendTimes m_times;
    QTimer m_wake;
    QSet<ConversationId> m_reading;
    bool m_looking = false;
    bool m_lookAgain = false;
    bool m_stopped = false;
};

} // namespace Pagedesk::Relay
