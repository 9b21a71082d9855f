// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/sync/synchub.h"

#include "app/relay/access/access.h"
#include "app/relay/sync/syncpeer.h"
#include "models/base/logging.h"

#include <vector>

namespace Pagedesk::Relay {

SyncHub::SyncHub(Ledger &ledger, const Clock &clock, Metrics &metrics, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_clock(clock)
    , m_metrics(metrics)
    , m_changes(ledger.database())
    , m_requests(ledger.database())
{
    connect(&m_ledger, &Ledger::touched, this, &SyncHub::streamsTouched);
}

SyncHub::~SyncHub() = default;

void SyncHub::connectDesktop(const Server::Request &request, const Server::Responder &responder)
{
    if (!request.wantsWebSocket) {
        responder.send({.status = 426,
            .body = "this is a WebSocket\n",
            .headers = {{"Upgrade", "websocket"}}});
        return;
    }
    const std::string authorization(request.header("Authorization"));
    m_ledger.database().submitRead([this, authorization, responder](Connection &connection) {
        const auto device = Access::authenticate(connection, authorization);
        if (!device) {
            const bool unknown = device.error().kind == Error::Kind::Unauthorized;
            responder.send({.status = unknown ? 401 : 503,
                .body = unknown ? "unknown or revoked device token\n" : "cannot be checked now\n"});
            return;
        }
        QMetaObject::invokeMethod(
            this, [this, device = *device, responder] { accept(device, responder); },
            Qt::QueuedConnection);
    });
}

void SyncHub::accept(const Device &device, const Server::Responder &responder)
{
    const quint64 number = ++m_lastNumber;
    m_peers.emplace(number,
        std::make_unique<SyncPeer>(
            device, SyncPeer::Shared{m_ledger, m_changes, m_requests, m_clock, m_metrics}));
    // The callbacks come on the server's thread; the peer lives here.
    const auto atPeer = [this, number](std::function<void(SyncPeer &)> work) {
        QMetaObject::invokeMethod(
            this,
            [this, number, work = std::move(work)] {
                if (const auto peer = m_peers.find(number); peer != m_peers.end())
                    work(*peer->second);
            },
            Qt::QueuedConnection);
    };
    Server::WebSocketCallbacks callbacks;
    const auto opened = std::make_shared<Server::WebSocketHandle>();
    callbacks.opened = [atPeer, opened](const Server::WebSocketHandle &socket) {
        *opened = socket;
        atPeer([socket](SyncPeer &peer) { peer.opened(socket); });
    };
    callbacks.textReceived = [atPeer, opened](const std::string &text) {
        atPeer([bytes = QByteArray::fromStdString(text), held = (*opened)->hold(text.size())](
                   SyncPeer &peer) { peer.received(bytes, held); });
    };
    callbacks.drained = [atPeer, waits = m_peers.at(number)->waitsForRoom()] {
        if (waits->exchange(false))
            atPeer([](SyncPeer &peer) { peer.drained(); });
    };
    callbacks.closed = [this, number](int code, const std::string &) {
        qCInfo(logSync) << "desktop" << number << "left with" << code;
        QMetaObject::invokeMethod(
            this, [this, number] { remove(number); }, Qt::QueuedConnection);
    };
    qCInfo(logSync) << "desktop" << number << "device" << device.id.value;
    responder.accept(std::move(callbacks));
}

void SyncHub::streamsTouched(const Ledger::Touched &touched)
{
    const bool workspace = touched.streams.contains(QString::fromLatin1(WorkspaceStream));
    for (const auto &[number, peer] : m_peers) {
        if (workspace)
            peer->streamsMayHaveBeenAdded();
        else
            peer->streamsTouched(touched.streams);
    }
    if (workspace)
        checkDevices();
}

// Rights may have been taken away: whoever lost them is out at once.
void SyncHub::checkDevices()
{
    for (const auto &[number, peer] : m_peers) {
        m_ledger.database()
            .read<bool>([id = peer->device().id](Connection &connection) -> Result<bool> {
                const auto owner = activeOwner(connection, id);
                if (!owner)
                    return failure(owner.error());
                return owner->has_value();
            })
            .then(peer.get(), [peer = peer.get()](const Result<bool> &active) {
                if (active && !*active)
                    peer->end(QStringLiteral("revoked"));
            });
    }
}

void SyncHub::closeAll(const QString &reason)
{
    for (const auto &[number, peer] : m_peers)
        peer->end(reason);
}

void SyncHub::remove(quint64 number)
{
    m_peers.erase(number);
}

} // namespace Pagedesk::Relay
