// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/caller.h"
#include "app/server/http.h"
#include "models/base/clock.h"

namespace Pagedesk::Sandbox {

// The login dialog: a page a person clicks through in a browser, and the codes it gives out.
// Whoever continues is the sample person and grants everything.
// Source: Facebook Login, "Manually build a login flow", 2026-03-10.
class LoginDialog {
public:
    LoginDialog(const World &world, const AppIdentity &app, const Clock &clock);

    // GET shows the page; POST is its form and leads back to the app.
    Server::Response handle(const GraphRequest &request);
    // Uses a code up: it is good for one exchange, ten minutes long, with the same redirect_uri.
    bool redeem(const QString &code, const QString &redirectUri);

private:
    struct Code {
        QString redirectUri;
        qint64 at = 0;
    };

    Server::Response page(const GraphRequest &request) const;
    Server::Response decided(const GraphRequest &request);

    const World &m_world;
    const AppIdentity &m_app;
    const Clock &m_clock;
    QHash<QString, Code> m_codes;
};

} // namespace Pagedesk::Sandbox
