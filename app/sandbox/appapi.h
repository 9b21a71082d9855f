// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

Q_SIGNALS:
    void pageSubscribed(const QString &pageId);

private:
    void subscribe(const GraphRequest &request, const GraphReply &reply);

    Services m_services;
    WebhookSender &m_sender;
    Handshake &m_handshake;
};

} // namespace Pagedesk::Sandbox
