// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/appsettings.h"
#include "app/sandbox/services.h"

namespace Pagedesk::Sandbox {

struct DialogPage;

// The login dialog: pages a person clicks through in a browser. Who logs in, which Pages, which
// permissions, and a last look; each step can be cancelled or taken back. What was chosen travels
// in the forms, so nothing is kept of a login that is not finished.
// Source: Facebook Login, "Manually build a login flow", 2026-03-10.
class LoginDialog {
public:
    LoginDialog(const Services &services, const AppSettings &settings);

    // GET begins; POST is the form of one of its pages, the last of which leads back to the app.
    Server::Response handle(const GraphRequest &request);

private:
    struct Login { // as far as it has come
        const GraphRequest &request;
        const Person &person;
        bool isAllOrNothing = false; // Login for Business
        QStringList asked; // the permissions the person is asked for
        QStringList already; // those granted before
    };

    std::optional<Server::Response> mistake(const GraphRequest &request) const;
    Server::Response choosePerson(const GraphRequest &request) const;
    Server::Response step(const GraphRequest &request, const Person &person);
    Server::Response choosePages(const Login &login) const;
    Server::Response choosePermissions(const Login &login) const;
    Server::Response confirm(const Login &login) const;
    const Grant &keep(const Login &login);
    Server::Response connect(const Login &login);
    Server::Response cancelled(const GraphRequest &request) const;

    Login loginOf(const GraphRequest &request, const Person &person) const;
    QList<const Page *> pagesOf(const Person &person) const;
    static bool isTicked(const Login &login, const QString &kind, const QString &id);
    DialogPage page(const Login &login, const QString &step, const QString &title) const;

    World &m_world;
    const AppIdentity &m_app;
    const Clock &m_clock;
    Tokens &m_tokens;
    const AppSettings &m_settings;
};

} // namespace Pagedesk::Sandbox
