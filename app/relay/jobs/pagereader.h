// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/access/vault.h"
#include "app/relay/graph/backgroundcalls.h"
#include "app/relay/graph/graphclient.h"
#include "app/relay/ledger/ledger.h"
#include "models/messenger/graphhistory.h"

namespace Pagedesk::Relay {

// What jobs ask Meta about a Page with the Page's token. Of the errors, Forbidden means that the
// token is refused or lacks a permission, with the reason in words; a refused token is noted at the
// Page. Rejected: Meta does not take the call as it is. Others pass.
class PageReader : public QObject {
    Q_OBJECT

public:
    PageReader(Ledger &ledger, GraphClient &graph, BackgroundCalls &calls, const Vault &vault,
        QObject *parent = nullptr);

    Task<HistoryPage> conversations(const PageId &page, const QString &after, int limit);
    // Which fields of webhooks the app is subscribed to; see Pagedesk::orderedFields().
    Task<QStringList> orderedFields(const PageId &page, const QString &appId);
    // Subscribes to all fields, or to the needed ones alone when Meta does not take all.
    Task<> order(const PageId &page);
    // Meta delivers nothing of the Page to the app any more.
    Task<> unsubscribe(const PageId &page);

private:
    using MakeCall = std::function<HttpCall(const Secret &token)>;
    Task<QByteArray> call(const PageId &page, const MakeCall &make);
    Task<> subscribe(const PageId &page, const QStringList &fields);
    Task<QByteArray> read(const PageId &page, const Secret &token, const HttpAnswer &answer);
    Error refusal(const PageId &page, const Secret &token, const HttpAnswer &answer);

    Ledger &m_ledger;
    GraphClient &m_graph;
    BackgroundCalls &m_calls;
    const Vault &m_vault;
};

} // namespace Pagedesk::Relay
