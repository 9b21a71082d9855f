// SPDX-License-Identifier: GPL-3.0-or-later
// The relay's own server checking signatures and answering 200 without storing anything: the limit
// that ingest_durable is measured against.
#include "app/server/httpserver.h"
#include "models/messenger/signature.h"

#include <cstdio>
#include <unistd.h>

int main()
{
    using namespace Pagedesk;
    const WebhookSignature signature({Secret(qgetenv("PAGEDESK_APP_SECRET"))});
    Server::HttpServer server(
        {}, [&signature](Server::Request &&request, const Server::Responder &responder) {
            const bool right
                = signature.verify(request.header("X-Hub-Signature-256"), request.body);
            responder.send({.status = right ? 200 : 403, .body = "EVENT_RECEIVED"});
        });
    const auto port = server.listen("127.0.0.1", 0);
    if (!port)
        return 1;
    std::printf("listening on %d\n", static_cast<int>(*port));
    std::fflush(stdout);
    ::pause();
    return 0;
}
