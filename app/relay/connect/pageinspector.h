// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/connect/facebooklogins.h"
#include "app/relay/jobs/pagereader.h"
#include "app/relay/ledger/jobs.h"

#include <QHash>

namespace Pagedesk::Relay {

// Looks after what Pages live on: their tokens and those of the logins behind them, permissions,
// webhooks and the version of the Graph API. What it finds is told with the Page. Once a day, more
// often while something is wrong, and whenever somebody asks.
class PageInspector : public QObject {
    Q_OBJECT

public:
    PageInspector(Ledger &ledger, GraphClient &graph, const FacebookCalls &calls,
        FacebookLogins &logins, PageReader &reader, const Vault &vault, const Clock &clock,
        QObject *parent = nullptr);

    Task<qint64> run(const Job &job); // when to look again, ms UTC; 0: the Page was removed
    // Looks now. NotFound: no such Page.
    Task<Wire::PageFields> inspect(const PageId &page);
    // Orders the Page's webhooks again, then looks.
    Task<Wire::PageFields> orderFields(const PageId &page);

    // Some call was refused. Only what concerns the Page's present token counts.
    void hearRefusal(const PageId &page, const Secret &token, const SendVerdict &verdict);

Q_SIGNALS:
    // A look that began `at`, ms UTC, found a token that works.
    void foundWell(const Pagedesk::PageId &page, qint64 at);

private:
    struct Round;
    using Handle = std::shared_ptr<Round>;

    Task<Wire::PageFields> look(const PageId &page, bool byHand);
    void next(const PageId &page);
    void readPage(const Handle &round);
    void askAboutToken(const Handle &round);
    void tryToken(const Handle &round);
    void askAboutLogin(const Handle &round);
    void renewToken(const Handle &round);
    void keepToken(const Handle &round, const Secret &token, const TokenFacts &facts);
    void askAboutFields(const Handle &round);
    void keep(const Handle &round);

    Ledger &m_ledger;
    GraphClient &m_graph;
    const FacebookCalls &m_calls;
    FacebookLogins &m_logins;
    PageReader &m_reader;
    const Vault &m_vault;
    const Clock &m_clock;
    // What waits for the look that is under way at a Page: one that began earlier must not end
    // later and say what is not true any more.
    QHash<PageId, QList<Handle>> m_waiting;
};

} // namespace Pagedesk::Relay
