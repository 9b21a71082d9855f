// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/api/uploadendpoint.h"

#include "app/relay/access/gate.h"
#include "app/relay/ledger/files.h"
#include "models/base/logging.h"

#include <QMimeDatabase>
#include <QUrlQuery>

namespace Pagedesk::Relay {

using namespace Qt::Literals::StringLiterals;

namespace {

using Server::Request;
using Server::Responder;
using Server::Response;

Response plain(int status, const QString &text)
{
    return {.status = status, .body = text.toStdString() + "\n"};
}

Response stateResponse(int status, const Wire::UploadState &state)
{
    return {.status = status,
        .body = Wire::encode(state).toStdString(),
        .contentType = "application/json"};
}

Response refusal(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::TooLarge:
        return plain(413, error.detail);
    case Error::Kind::Conflict:
        return plain(429, error.detail);
    case Error::Kind::Damaged:
        return plain(422, error.detail);
    case Error::Kind::Storage:
        return plain(503, u"cannot be stored now"_s);
    default:
        return plain(400, error.detail);
    }
}

qint64 number(const QUrlQuery &query, const QString &name)
{
    bool fine = false;
    const qint64 value = query.queryItemValue(name).toLongLong(&fine);
    return fine && value >= 0 ? value : -1;
}

} // namespace

UploadEndpoint::UploadEndpoint(
    const QString &folder, const BlobStore &blobs, Ledger &ledger, const Clock &clock)
    : m_blobs(blobs)
    , m_uploads(folder, blobs)
    , m_ledger(ledger)
    , m_clock(clock)
{
    m_thread.setMaxThreadCount(1);
}

UploadEndpoint::~UploadEndpoint()
{
    m_thread.waitForDone();
}

void UploadEndpoint::serve(Request &&request, const Responder &responder)
{
    const QUrlQuery query(QString::fromStdString(request.query));
    Order order;
    order.isPut = request.method == "PUT";
    order.piece.hash
        = QString::fromStdString(request.path.substr(std::string_view(Wire::UploadPath).size()));
    order.piece.size = number(query, u"size"_s);
    order.piece.offset = order.isPut ? number(query, u"offset"_s) : 0;
    if (order.piece.size < 0 || order.piece.offset < 0) {
        responder.send(plain(400, u"size and offset are numbers of bytes"_s));
        return;
    }
    if (request.body.size() > static_cast<size_t>(Wire::UploadPieceBytes)) {
        responder.send(plain(413, u"a piece has at most %1 bytes"_s.arg(Wire::UploadPieceBytes)));
        return;
    }
    order.piece.bytes = QByteArray::fromStdString(request.body);
    const Gate::Asked asked = Gate::Asked::from(request);
    m_ledger.database().submitRead([this, asked, order, responder](Connection &connection) {
        const auto device = Gate::pass(connection, asked);
        if (!device) {
            const bool known = device.error().kind == Error::Kind::Forbidden;
            responder.send(known ? plain(403, u"this operator may not reply"_s)
                                 : plain(401, u"unknown or revoked device token"_s));
            return;
        }
        Order own = order;
        own.piece.device = device->id;
        m_thread.start([this, own, responder] { work(own, responder); });
    });
}

void UploadEndpoint::work(const Order &order, const Responder &responder)
{
    const Uploads::Piece &piece = order.piece;
    const auto state = order.isPut ? m_uploads.add(piece)
                                   : m_uploads.state(piece.device, piece.hash, piece.size);
    if (!state) {
        if (state.error().kind == Error::Kind::Storage)
            qCWarning(logRelay) << "an upload cannot be stored:" << state.error().detail;
        responder.send(refusal(state.error()));
        return;
    }
    keep(order, *state, responder);
}

// A file is only complete for others once the ledger knows it.
void UploadEndpoint::keep(
    const Order &order, const Wire::UploadState &state, const Responder &responder)
{
    const bool moved = state.complete || !order.isPut
        || state.received == order.piece.offset + order.piece.bytes.size();
    if (!state.complete) {
        responder.send(stateResponse(moved ? 200 : 409, state));
        return;
    }
    const auto path = m_blobs.find(order.piece.hash);
    if (!path) {
        responder.send(plain(503, u"cannot be stored now"_s));
        return;
    }
    const KeptFile file{order.piece.hash, state.received,
        QMimeDatabase().mimeTypeForFile(*path, QMimeDatabase::MatchContent).name(), 0, 0, {}};
    m_ledger.submit([file, now = m_clock.now()](Connection &connection,
                        Ledger::Touched &) { return keepFile(connection, file, now); },
        [state, responder](const Result<> &done) {
            responder.send(
                done ? stateResponse(200, state) : plain(503, u"cannot be stored now"_s));
        });
}

} // namespace Pagedesk::Relay
