// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/connect/facebookcalls.h"
#include "app/relay/graph/backgroundcalls.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/ledger.h"
#include "models/base/clock.h"
#include "models/messenger/graphmatches.h"

namespace Pagedesk::Relay {

// Asks Meta whether somebody writes to other Pages of the workspace too, and suggests what it says.
// Only where the settings of the Pages allow it; nobody is merged by it. A refusal that is not
// about this person alone is kept with the Page, so that Meta is not asked for each of its people.
class MatchJob : public QObject {
    Q_OBJECT

public:
    // `app` without an id or a secret: nothing is asked, and the Page says why.
    MatchJob(Ledger &ledger, GraphClient &graph, BackgroundCalls &calls, AppCredentials app,
        const Clock &clock, QObject *parent = nullptr);
    Task<> run(const Job &job);

private:
    struct Search;
    using Handle = std::shared_ptr<Search>;

    void ask(const Handle &search, const QString &after);
    void read(const Handle &search, const HttpAnswer &answer);
    void refuse(const Handle &search, const HttpAnswer &answer);
    void giveUp(const Handle &search, const QString &problem);
    void keep(const Handle &search);

    Ledger &m_ledger;
    GraphClient &m_graph;
    BackgroundCalls &m_calls;
    const AppCredentials m_app;
    const Clock &m_clock;
};

} // namespace Pagedesk::Relay
