// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"
#include "models/wire/pairing.h"

#include <QNetworkAccessManager>
#include <QObject>

class QNetworkReply;

namespace Pagedesk {

// Redeems a pairing link at its relay.
class PairingClient : public QObject {
    Q_OBJECT

public:
    explicit PairingClient(QObject *parent = nullptr);
    // Rejected (used, expired or wrong code, or too many tries), Offline, Timeout or Protocol.
    Task<Wire::PairingAnswer> redeem(const Wire::PairingLink &link, const QString &deviceName);

private:
    QNetworkAccessManager m_network;
};

} // namespace Pagedesk
