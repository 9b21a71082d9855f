// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/secret.h"

#include <QNetworkAccessManager>
#include <QTimer>
#include <QUrl>

class QNetworkReply;

namespace Pagedesk::Sandbox {

// The verification request that proves the webhook URL belongs to the app. Asks again, with
// growing pauses up to five seconds, until the receiver answers it.
// Source: Messenger Platform, "Webhooks", verification requests.
class Handshake final : public QObject {
    Q_OBJECT
public:
    explicit Handshake(Secret verifyToken);

    void begin(const QUrl &webhookUrl); // forgets what was verified before
    void setVerifyToken(const Secret &token) { m_verifyToken = token; }
    bool isVerified() const { return m_isVerified; }
    int attempts() const { return m_attempts; }
    QString lastResult() const { return m_lastResult; } // one sentence, empty before the first

Q_SIGNALS:
    void verified();
    void attempted(); // an attempt has ended, either way

private:
    void ask();
    void answered(QNetworkReply &reply, const QByteArray &challenge);

    Secret m_verifyToken;
    QUrl m_url;
    QNetworkAccessManager m_network;
    QTimer m_pause;
    QNetworkReply *m_reply = nullptr;
    QString m_lastResult;
    int m_attempts = 0;
    bool m_isVerified = false;
};

} // namespace Pagedesk::Sandbox
