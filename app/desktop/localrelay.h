// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/childprocess.h"
#include "app/desktop/devicesecrets.h"
#include "models/desk/identity.h"
#include "models/desk/localworkspace.h"

namespace Pagedesk {

// The workspace of this profile on this computer: pagedesk-relay as a child process on loopback,
// its data in the profile, its master key and the app's secrets in the keychain.
class LocalRelay final : public LocalWorkspace {
    Q_OBJECT

public:
    // `identity`: whose relay address is brought up to date when the port has changed.
    LocalRelay(QString profileFolder, DeviceSecrets::Place place, const IdentityStore &identity,
        QObject *parent = nullptr);
    ~LocalRelay() override;

    bool isHere() const override;
    Task<QString> create() override;
    QString folder() const override { return path({}); }
    Task<> remove() override;
    QUrl address() const override;
    Task<AppSettings> appSettings() override;
    Task<> useApp(const AppSettings &settings) override;

    // Starts the relay of a workspace that is here.
    Task<> start();

private:
    // What is no secret.
    struct Facts {
        quint16 port = 0;
        QString appId;
        QUrl publicUrl;
    };
    struct Keys {
        QString masterKey;
        QString appSecret; // empty: none was given yet
        QString verifyToken;
    };

    Result<Facts> load() const;
    Result<> store(const Facts &facts) const;
    Task<Keys> keys();
    Task<> keep(const Keys &keys);
    Task<> prepare();
    Task<> serve(const Keys &keys);
    Result<> settlePort(Facts &facts) const;
    Result<> noteAddress() const;
    Task<QString> invite();
    // Whom an earlier try has made; empty: nobody.
    Task<QString> admin(const Keys &keys);
    Task<QString> command(const Keys &keys, const QStringList &words);
    Result<> putAside() const;
    Result<> removeAsides() const;
    QProcessEnvironment environment(const Keys &keys, const Facts &facts) const;
    QString path(const QString &name) const;

    const QString m_folder;
    const IdentityStore &m_identity;
    DeviceSecrets m_secrets;
    ChildProcess m_relay;
    bool m_running = false;
};

} // namespace Pagedesk
