// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/api/callbackendpoint.h"
#include "app/relay/api/connectendpoint.h"
#include "app/relay/api/pagesendpoint.h"
#include "app/relay/api/peopleendpoint.h"
#include "app/relay/api/uploadendpoint.h"
#include "app/relay/intake/webhookendpoint.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/media/blobstore.h"
#include "app/relay/metrics.h"
#include "app/relay/sync/synchub.h"
#include "app/server/http.h"

#include <functional>

namespace Pagedesk::Relay {

// Which route of the relay's one port does what. Runs on the server's thread.
class Router {
public:
    struct Parts {
        WebhookEndpoint &webhooks;
        CallbackEndpoint &callbacks;
        UploadEndpoint &uploads;
        ConnectEndpoint &connect;
        PagesEndpoint &pages;
        PeopleEndpoint &people;
        SyncHub &sync;
        Ledger &ledger;
        const BlobStore &blobs;
        const Clock &clock;
        Metrics &metrics;
    };

    explicit Router(Parts parts)
        : m_parts(parts)
    {
    }
    void useStatistics(std::function<Server::Statistics()> statistics)
    {
        m_statistics = std::move(statistics);
    }

    void route(Server::Request &&request, const Server::Responder &responder);

private:
    void pair(const Server::Request &request, const Server::Responder &responder);
    void media(const Server::Request &request, const Server::Responder &responder);
    void serveState(std::string_view path, const Server::Responder &responder);
    void ready(const Server::Responder &responder);
    void metrics(const Server::Responder &responder);

    Parts m_parts;
    std::function<Server::Statistics()> m_statistics;
};

} // namespace Pagedesk::Relay
