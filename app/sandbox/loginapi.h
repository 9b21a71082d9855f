// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/fieldspec.h"
#include "app/sandbox/services.h"

namespace Pagedesk::Sandbox {

class Callbacks;
struct PageReader;

// What follows the login dialog: codes and tokens are exchanged and explained, and people's
// permissions and Pages are read.
// Sources: Facebook Login, "Manually build a login flow" and "Access tokens"; Graph API Reference,
// "debug_token", "User accounts", "User permissions"; 2026.
class LoginApi {
public:
    LoginApi(const Services &services, Callbacks &callbacks);

    // GET /oauth/access_token
    GraphResult accessToken(const GraphRequest &request);
    // GET /debug_token
    GraphResult debugToken(const GraphRequest &request, const Caller &caller) const;
    // GET /me, /{user}
    GraphResult user(const QList<FieldSpec> &fields, const Caller &caller) const;
    // GET /{page} with a person's token, or the Page's own
    GraphResult page(const GraphRequest &request, const QList<FieldSpec> &fields, const Page &page,
        const Caller &caller) const;
    // GET /{user}/permissions, DELETE /{user}/permissions[/{permission}]; nothing when the path is
    // another.
    std::optional<GraphResult> permissions(const GraphRequest &request, const Caller &caller);
    // GET /me/accounts
    GraphResult accounts(
        const GraphRequest &request, const QList<FieldSpec> &fields, const Caller &caller) const;
    // GET /me/businesses
    GraphResult businesses(const Caller &caller) const;

private:
    GraphResult exchangeToken(const GraphRequest &request);
    GraphResult exchangeCode(const GraphRequest &request);
    GraphResult revoke(const QString &personId, const QString &permission);
    QJsonObject tokenData(const Token &token) const;
    PageReader readerOf(const Token &token, const Page &page) const;
    bool isListed(const Token &token, const Page &page) const;

    Services m_services;
    Callbacks &m_callbacks;
};

} // namespace Pagedesk::Sandbox
