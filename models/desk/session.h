// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/secret.h"
#include "models/base/task.h"
#include "models/desk/connectionstatus.h"
#include "models/desk/identity.h"
#include "models/domain/operator.h"
#include "models/wire/pairing.h"

#include <QObject>

#include <memory>

namespace Pagedesk {

class LiveChannel;
class SecretStore;
class Syncer;

// This device in its workspace: pairing, the connection with its retries, and leaving. Decides
// nothing about conversations.
class Session : public QObject {
    Q_OBJECT

public:
    Session(LiveChannel &channel, Syncer &syncer, IdentityStore &identity, SecretStore &secrets,
        const Clock &clock, QObject *parent = nullptr);
    ~Session() override;

    // Connects with what is stored, if anything is; returns at once.
    void start();
    const ConnectionStatus &status() const;
    const Operator &self() const; // empty id while unpaired
    QString workspace() const;

    // Joins a workspace and connects. Rejected (used, expired or wrong code), Offline, Protocol.
    Task<> pair(const Wire::PairingLink &link, const QString &deviceName);
    void retryNow();
    // This device forgets the workspace: its key, who it was, and everything that was kept. Storage
    // when something of it could not be removed; it can be tried again.
    Task<> forget();

Q_SIGNALS:
    void statusChanged(const Pagedesk::ConnectionStatus &status);
    void selfChanged();
    // Whoever keeps something of the workspace besides the replica removes it now.
    void forgetting();
    // Which relay this device belongs to and its token there, for whoever fetches from it besides.
    void sourceChanged(const QUrl &relay, const Pagedesk::Secret &token);

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace Pagedesk
