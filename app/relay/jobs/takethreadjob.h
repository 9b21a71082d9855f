// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/access/vault.h"
#include "app/relay/graph/graphclient.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/ledger.h"
#include "models/base/clock.h"

namespace Pagedesk::Relay {

// Asks Meta to give us a conversation that another app holds, because somebody wants it. What comes
// of it is a line in the thread. Asking again does no harm, so an answer that proves nothing is
// followed by another try, a few times within PatienceMs.
class TakeThreadJob : public QObject {
    Q_OBJECT

public:
    // Nobody waits longer for it: a conversation must not be taken by surprise hours later.
    static constexpr qint64 PatienceMs = 120'000;

    TakeThreadJob(Ledger &ledger, GraphClient &graph, const Vault &vault, const Clock &clock,
        QObject *parent = nullptr);
    Task<> run(const Job &job);

private:
    // Nothing to be asked when the conversation is ours by now, or nobody waits any more.
    struct Wish {
        bool isOpen = false;
        bool isOld = false;
        Psid psid;
        QByteArray sealedToken;
    };
    static Result<Wish> wishOf(Connection &connection, const Job &job, qint64 now);
    Task<> ask(const Job &job, const Wish &wish);
    Task<> answered(const Job &job, const SendVerdict &verdict);
    Task<> end(const Job &job, FailureKind why); // None: it is ours

    Ledger &m_ledger;
    GraphClient &m_graph;
    const Vault &m_vault;
    const Clock &m_clock;
};

} // namespace Pagedesk::Relay
