// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/secret.h"
#include "models/base/task.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

#include <chrono>

namespace Pagedesk {

// Asks the relay something over HTTP with this device's token. Asked at once or not at all: nothing
// of it waits for a connection. Errors: Offline, Timeout: the relay was not reached; Unauthorized,
// Forbidden: this device or its operator may not; everything else is the relay's refusal, whose
// detail is a sentence for people.
class RelayHttp : public QObject {
    Q_OBJECT

public:
    explicit RelayHttp(QObject *parent = nullptr);

    // The relay and this device's token there.
    void setSource(const QUrl &relay, const Secret &token);

    // `route`: path below the relay's address, and its query if it has one.
    Task<QByteArray> ask(const QByteArray &method, const QString &route, const QByteArray &body,
        std::chrono::milliseconds patience);

private:
    QNetworkAccessManager m_network;
    QUrl m_relay;
    Secret m_token;
};

} // namespace Pagedesk
