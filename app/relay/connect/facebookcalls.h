// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/graph/graphclient.h"
#include "models/messenger/graphlogin.h"

namespace Pagedesk::Relay {

// Which app of Meta's this relay speaks for.
struct AppCredentials {
    QString id; // empty: not known, then nobody can log in
    Secret secret;

    // The app's own access token. Source: Facebook Login, "Access tokens", 2026.
    Secret token() const { return Secret(id.toUtf8() + '|' + secret.reveal()); }
};

// The calls of a login. Errors: Unauthorized: the token is dead. Forbidden: the app or its settings
// are not right. Conflict: the code is used, expired or not for this address. Offline, Timeout:
// Meta was not reached. Everything else is Rejected, with Meta's code.
class FacebookCalls {
public:
    FacebookCalls(GraphClient &graph, AppCredentials app);

    Task<GrantedToken> exchange(const Secret &code, const QUrl &returnUrl) const;
    // A token that lives for an hour or two, for one of sixty days.
    Task<GrantedToken> lengthen(const Secret &token) const;
    Task<TokenFacts> inspect(const Secret &token) const;
    Task<QStringList> declined(const Secret &token) const;
    Task<NamedNode> me(const Secret &token) const;
    // Every Page the person can see, up to a few thousand.
    Task<QList<SeenPage>> pages(const Secret &token) const;
    Task<NamedNode> page(const PageId &id, const Secret &token) const;
    // The Page's own token, for somebody who has a right to it.
    Task<GrantedToken> pageToken(const PageId &id, const Secret &token) const;

    const AppCredentials &app() const { return m_app; }

private:
    struct Listing;
    void nextPages(const std::shared_ptr<Listing> &listing, const QString &after) const;

    GraphClient &m_graph;
    AppCredentials m_app;
};

} // namespace Pagedesk::Relay
