// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/api/router.h"

#include "app/relay/access/access.h"
#include "app/relay/api/metricstext.h"
#include "models/base/logging.h"
#include "models/wire/pairing.h"

namespace Pagedesk::Relay {

namespace {

using Server::Request;
using Server::Responder;
using Server::Response;

Response plain(int status, std::string text)
{
    return {.status = status, .body = std::move(text) + "\n"};
}

Response notAllowed(std::string methods)
{
    Response response = plain(405, "only " + methods + " here");
    response.headers.push_back({"Allow", std::move(methods)});
    return response;
}

} // namespace

void Router::route(Request &&request, const Responder &responder)
{
    const std::string_view path = request.path;
    const bool get = request.method == "GET" || request.method == "HEAD";
    if (path == "/webhooks/messenger") {
        if (request.method == "POST")
            m_parts.webhooks.receive(request, responder);
        else if (get)
            m_parts.webhooks.verify(request, responder);
        else
            responder.send(notAllowed("GET, POST"));
    } else if (path == Wire::PairPath) {
        request.method == "POST" ? pair(request, responder) : responder.send(notAllowed("POST"));
    } else if (path == "/meta/deauthorize" || path == "/meta/data-deletion") {
        if (request.method == "POST")
            m_parts.callbacks.receive(request, responder);
        else
            responder.send(notAllowed("POST"));
    } else if (path.starts_with(Wire::UploadPath)) {
        if (request.method == "PUT" || request.method == "GET")
            m_parts.uploads.serve(std::move(request), responder);
        else
            responder.send(notAllowed("GET, PUT"));
    } else if (path.starts_with(Wire::ConnectPath)) {
        m_parts.connect.serve(request, responder);
    } else if (path.starts_with(Wire::PagesPath)) {
        m_parts.pages.serve(request, responder);
    } else if (path == Wire::LoginReturnPath) {
        // A question for the head alone must not use a login up.
        if (request.method == "GET")
            m_parts.connect.handleReturn(request, responder);
        else
            responder.send(notAllowed("GET"));
    } else if (!get) {
        responder.send(plain(404, "nothing here"));
    } else if (path == CallbackEndpoint::StatusPath) {
        m_parts.callbacks.showStatus(request, responder);
    } else if (path == Wire::SyncPath) {
        m_parts.sync.connectDesktop(request, responder);
    } else if (path.starts_with(Wire::MediaPath)) {
        media(request, responder);
    } else if (path == "/healthz") {
        responder.send(plain(200, "ok"));
    } else if (path == "/readyz") {
        ready(responder);
    } else if (path == "/metrics") {
        metrics(responder);
    } else {
        responder.send(plain(404, "nothing here"));
    }
}

void Router::pair(const Request &request, const Responder &responder)
{
    const auto asked = Wire::decodePairingRequest(QByteArray::fromStdString(request.body));
    if (!asked) {
        responder.send(plain(400, asked.error().detail.toStdString()));
        return;
    }
    const auto answer = std::make_shared<Wire::PairingAnswer>();
    m_parts.ledger.submit(
        [asked = *asked, answer, now = m_parts.clock.now()](
            Connection &connection, Ledger::Touched &) -> Result<> {
            const auto paired = Access::pair(connection, asked, now);
            if (!paired)
                return failure(paired.error());
            *answer = *paired;
            return {};
        },
        [answer, responder](const Result<> &done) {
            const bool refused
                = done ? answer->deviceToken.isEmpty() : done.error().kind == Error::Kind::Rejected;
            if (refused)
                responder.send(plain(403, "this invite is used, expired or wrong"));
            else if (!done)
                responder.send(plain(503, "cannot be stored now"));
            else
                responder.send({.status = 200,
                    .body = Wire::encode(*answer).toStdString(),
                    .contentType = "application/json"});
        });
}

void Router::media(const Request &request, const Responder &responder)
{
    const std::string authorization(request.header("Authorization"));
    const QString hash
        = QString::fromStdString(request.path.substr(std::string_view(Wire::MediaPath).size()));
    m_parts.ledger.database().submitRead(
        [authorization, hash, responder, &blobs = m_parts.blobs](Connection &connection) {
            const auto device = Access::authenticate(connection, authorization);
            if (!device || !Access::permit(device->owner, Action::ReadPages)) {
                responder.send(plain(401, "unknown or revoked device token"));
                return;
            }
            const auto bytes = blobs.get(hash);
            if (!bytes) {
                responder.send(plain(404, "no such attachment"));
                return;
            }
            // Foreign bytes: never to be shown as a page, should a browser ask for them.
            responder.send({.status = 200,
                .body = bytes->toStdString(),
                .contentType = "application/octet-stream",
                .headers
                = {{"X-Content-Type-Options", "nosniff"}, {"Content-Disposition", "attachment"}}});
        });
}

void Router::ready(const Responder &responder)
{
    m_parts.ledger.submit(
        [now = m_parts.clock.now()](Connection &connection, Ledger::Touched &) {
            return setSetting(connection, QStringLiteral("ready_at"), QString::number(now));
        },
        [responder](const Result<> &done) {
            responder.send(done ? plain(200, "ready") : plain(503, "cannot store now"));
        });
}

void Router::metrics(const Responder &responder)
{
    const Server::Statistics statistics = m_statistics ? m_statistics() : Server::Statistics{};
    m_parts.ledger.database().submitRead(
        [responder, statistics, &metrics = m_parts.metrics](Connection &connection) {
            responder.send({.status = 200,
                .body = metricsText(metrics, statistics, connection).toStdString(),
                .contentType = "text/plain; version=0.0.4; charset=utf-8"});
        });
}

} // namespace Pagedesk::Relay
