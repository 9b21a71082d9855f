// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/appsettings.h"
#include "models/base/clock.h"
#include "models/base/secret.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkAccessManager>

#include <deque>

namespace Pagedesk::Sandbox {

// Tells the app's owner that a person has removed the app or wants data deleted: one signed POST.
// Source: App Dashboard, "Data Deletion Request Callback", read 2026-09.
class Callbacks final : public QObject {
    Q_OBJECT
public:
    Callbacks(const AppSettings &settings, Secret appSecret, const Clock &clock);

    // Both do nothing and say so when the dashboard has no such address.
    bool deauthorize(const QString &personId);
    bool requestDeletion(const QString &personId);

    // The newest 100, oldest first: kind, person, HTTP status (0: no answer yet) and the answer.
    QJsonArray list() const;

private:
    bool post(const QString &kind, const QUrl &url, const QString &personId);
    QByteArray signedRequest(const QString &personId) const;

    const AppSettings &m_settings;
    Secret m_appSecret;
    const Clock &m_clock;
    QNetworkAccessManager m_network;
    std::deque<std::shared_ptr<QJsonObject>> m_made;
};

} // namespace Pagedesk::Sandbox
