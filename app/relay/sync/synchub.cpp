// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/sync/synchub.h"

#include "app/relay/access/gate.h"
#include "app/relay/ledger/workforce.h"
#include "app/relay/sync/syncpeer.h"
#include "models/base/logging.h"

#include <vector>

namespace Pagedesk::Relay {

namespace {

using namespace std::chrono_literals;

constexpr auto SeenWithin = 2s; // until it is noted who has come or gone
constexpr auto SeenEvery = 5min; // while somebody stays

} // namespace

SyncHub::SyncHub(Ledger &ledger, const Clock &clock, Metrics &metrics, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_clock(clock)
    , m_metrics(metrics)
    , m_changes(ledger.database())
    , m_requests(ledger.database())
{
    connect(&m_ledger, &Ledger::touched, this, &SyncHub::streamsTouched);
    m_seenSoon.setSingleShot(true);
    m_seenSoon.setInterval(SeenWithin);
    connect(&m_seenSoon, &QTimer::timeout, this, &SyncHub::writeSeen);
    m_seenAgain.setInterval(SeenEvery);
    connect(&m_seenAgain, &QTimer::timeout, this, [this] {
        for (const auto &[number, peer] : m_peers)
            m_seen.insert(peer->device().id);
        writeSeen();
    });
    m_seenAgain.start();
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
    const Gate::Asked asked = Gate::Asked::from(request);
    m_ledger.database().submitRead([this, asked, responder](Connection &connection) {
        const auto device = Gate::pass(connection, asked);
        if (!device) {
            const bool unknown = device.error().kind == Error::Kind::Unauthorized
                || device.error().kind == Error::Kind::Forbidden;
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
    {
        const std::lock_guard lock(m_mutex);
        ++m_connected[device.id];
    }
    noteSeen(device.id);
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
    // Rights may have changed with the workspace: whoever lost them is out at once.
    const bool workspace = touched.streams.contains(QString::fromLatin1(WorkspaceStream));
    for (const auto &[number, peer] : m_peers) {
        if (workspace)
            peer->lookAgain();
        else
            peer->streamsTouched(touched.streams);
    }
}

bool SyncHub::isConnected(const DeviceId &device) const
{
    const std::lock_guard lock(m_mutex);
    return m_connected.contains(device);
}

void SyncHub::noteSeen(const DeviceId &device)
{
    m_seen.insert(device);
    if (!m_seenSoon.isActive())
        m_seenSoon.start();
}

void SyncHub::writeSeen()
{
    if (m_seen.isEmpty())
        return;
    const QList<DeviceId> seen = std::exchange(m_seen, {}).values();
    m_ledger.submit([seen, now = m_clock.now()](Connection &connection,
                        Ledger::Touched &) { return Relay::noteSeen(connection, seen, now); },
        [](const Result<> &done) {
            if (!done)
                qCWarning(logSync) << "cannot note who was seen" << done.error().detail;
        });
}

void SyncHub::closeAll(const QString &reason)
{
    for (const auto &[number, peer] : m_peers)
        peer->end(reason);
}

void SyncHub::remove(quint64 number)
{
    const auto peer = m_peers.find(number);
    if (peer == m_peers.end())
        return;
    const DeviceId device = peer->second->device().id;
    m_peers.erase(peer);
    {
        const std::lock_guard lock(m_mutex);
        if (--m_connected[device] <= 0)
            m_connected.remove(device);
    }
    noteSeen(device);
}

} // namespace Pagedesk::Relay
