// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/logindialog.h"
#include "app/sandbox/sendapi.h"

namespace Pagedesk::Sandbox {

class Handshake;
class WebhookSender;

// What an app does with itself and its webhooks.
class AppApi final : public QObject {
    Q_OBJECT
public:
    AppApi(const Services &services, WebhookSender &sender, Handshake &handshake);

    // GET, POST and DELETE of /{page}/subscribed_apps. POST replaces the list of fields.
    GraphResult subscribedApps(const GraphRequest &request, Page &page);
    // GET, POST and DELETE of /{app}/subscriptions. POST asks the new URL for its handshake first.
    void subscriptions(const GraphRequest &request, const GraphReply &reply);
    // GET /oauth/access_token: the codes of the login dialog, app tokens, and exchanging the sample
    // person's token for a longer-lived one, which here is the same.
    GraphResult accessToken(const GraphRequest &request);
    LoginDialog &loginDialog() { return m_loginDialog; }

private:
    void subscribe(const GraphRequest &request, const GraphReply &reply);

    Services m_services;
    WebhookSender &m_sender;
    Handshake &m_handshake;
    LoginDialog m_loginDialog;
};

} // namespace Pagedesk::Sandbox
