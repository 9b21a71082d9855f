// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/api/router.h"

#include "app/relay/access/access.h"
#include "app/relay/access/gate.h"
#include "app/relay/api/metricstext.h"
#include "app/relay/ledger/teams.h"
#include "models/base/logging.h"
#include "models/wire/pairing.h"
#include "models/wire/people.h"

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

// What the gate's table does not name is not there, whatever could be made of it below.
void Router::route(Request &&request, const Responder &responder)
{
    if (Gate::find(request.method, request.path) == nullptr) {
        std::string methods = Gate::methodsOf(request.path);
        responder.send(
            methods.empty() ? plain(404, "nothing here") : notAllowed(std::move(methods)));
        return;
    }
    const std::string_view path = request.path;
    if (path == "/webhooks/messenger") {
        if (request.method == "POST")
            m_parts.webhooks.receive(request, responder);
        else
            m_parts.webhooks.verify(request, responder);
    } else if (path == Wire::PairPath) {
        pair(request, responder);
    } else if (path == "/meta/deauthorize" || path == "/meta/data-deletion") {
        m_parts.callbacks.receive(request, responder);
    } else if (path.starts_with(Wire::UploadPath)) {
        m_parts.uploads.serve(std::move(request), responder);
    } else if (path.starts_with(Wire::ConnectPath)) {
        m_parts.connect.serve(request, responder);
    } else if (path.starts_with(Wire::PagesPath)) {
        m_parts.pages.serve(request, responder);
    } else if (path.starts_with(Wire::PeoplePath)) {
        m_parts.people.serve(request, responder);
    } else if (path == Wire::LoginReturnPath) {
        // A question for the head alone must not use a login up.
        if (request.method == "GET")
            m_parts.connect.handleReturn(request, responder);
        else
            responder.send(notAllowed("GET"));
    } else if (path == CallbackEndpoint::StatusPath) {
        m_parts.callbacks.showStatus(request, responder);
    } else if (path == Wire::SyncPath) {
        m_parts.sync.connectDesktop(request, responder);
    } else if (path.starts_with(Wire::MediaPath)) {
        media(request, responder);
    } else {
        serveState(path, responder);
    }
}

void Router::serveState(std::string_view path, const Responder &responder)
{
    if (path == "/healthz")
        responder.send(plain(200, "ok"));
    else if (path == "/readyz")
        ready(responder);
    else if (path == "/metrics")
        metrics(responder);
    else
        responder.send(plain(404, "nothing here"));
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
            Connection &connection, Ledger::Touched &touched) -> Result<> {
            const auto paired = Access::pair(connection, asked, now);
            if (!paired)
                return failure(paired.error());
            touched.stream(QString::fromLatin1(WorkspaceStream));
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
    const Gate::Asked asked = Gate::Asked::from(request);
    const QString hash
        = QString::fromStdString(request.path.substr(std::string_view(Wire::MediaPath).size()));
    m_parts.ledger.database().submitRead(
        [asked, hash, responder, &blobs = m_parts.blobs](Connection &connection) {
            const auto device = Gate::pass(connection, asked);
            if (!device) {
                responder.send(plain(401, "unknown or revoked device token"));
                return;
            }
            const auto isTheirs = isFileOf(connection, hash, device->pages);
            const Result<QByteArray> bytes = isTheirs && *isTheirs
                ? blobs.get(hash)
                : failure(Error::Kind::NotFound, QStringLiteral("not a file of theirs"));
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
