// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/people.h"
#include "app/relay/metrics.h"
#include "app/relay/sync/changereader.h"
#include "app/relay/sync/requestline.h"
#include "app/server/http.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <memory>
#include <mutex>

namespace Pagedesk::Relay {

class SyncPeer;

// The desktops that are connected. Tells each what has changed in its streams and ends the
// connections of revoked devices.
class SyncHub : public QObject {
    Q_OBJECT

public:
    SyncHub(Ledger &ledger, const Clock &clock, Metrics &metrics, QObject *parent = nullptr);
    ~SyncHub() override;

    // Thread-safe. Answers GET /sync: 401 for an unknown or revoked device, else 101.
    void connectDesktop(const Server::Request &request, const Server::Responder &responder);
    void closeAll(const QString &reason);
    // Thread-safe.
    bool isConnected(const DeviceId &device) const;
    int peerCount() const { return static_cast<int>(m_peers.size()); }

private:
    void accept(const Device &device, const Server::Responder &responder);
    void streamsTouched(const Ledger::Touched &touched);
    void remove(quint64 number);
    void noteSeen(const DeviceId &device);
    void writeSeen();

    Ledger &m_ledger;
    const Clock &m_clock;
    Metrics &m_metrics;
    ChangeReader m_changes;
    RequestLine m_requests;
    std::unordered_map<quint64, std::unique_ptr<SyncPeer>> m_peers;
    quint64 m_lastNumber = 0;
    mutable std::mutex m_mutex;
    QHash<DeviceId, int> m_connected; // with how many connections; under the mutex
    QSet<DeviceId> m_seen; // since it was written the last time
    QTimer m_seenSoon; // puts those together who come at once
    QTimer m_seenAgain;
};

} // namespace Pagedesk::Relay
