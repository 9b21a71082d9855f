// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/relay/media/uploads.h"
#include "app/server/http.h"

#include <QThreadPool>

namespace Pagedesk::Relay {

// PUT and GET /uploads/HASH: files that desktops bring (models/wire/uploads.h). Files are written
// on a thread of its own, so that neither the server nor the ledger waits for a disk.
class UploadEndpoint {
public:
    UploadEndpoint(
        const QString &folder, const BlobStore &blobs, Ledger &ledger, const Clock &clock);
    ~UploadEndpoint();

    // Runs on the server's thread, for any method but others than GET and PUT.
    void serve(Server::Request &&request, const Server::Responder &responder);

private:
    struct Order {
        Uploads::Piece piece;
        bool isPut = false;
    };
    void work(const Order &order, const Server::Responder &responder);
    void keep(
        const Order &order, const Wire::UploadState &state, const Server::Responder &responder);

    const BlobStore &m_blobs;
    Uploads m_uploads; // only on the thread below
    Ledger &m_ledger;
    const Clock &m_clock;
    QThreadPool m_thread;
};

} // namespace Pagedesk::Relay
