// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/childprocess.h"
#include "app/desktop/practicesetup.h"
#include "models/desk/identity.h"
#include "models/desk/practicecustomers.h"

#include <QNetworkAccessManager>

namespace Pagedesk {

// A whole world on this machine: the sandbox that plays Meta and a relay of its own, both as child
// processes on loopback, with the sandbox's sample Pages connected.
class PracticeWorld : public QObject, public PracticeCustomers {
    Q_OBJECT

public:
    // `identity`: whose relay address is brought up to date when its port has changed.
    PracticeWorld(
        const QString &profileFolder, const IdentityStore &identity, QObject *parent = nullptr);
    ~PracticeWorld() override;

    // Starts everything. Finishes with a link to pair with, empty when the desktop is paired
    // already.
    Task<QString> start();
    Task<> write(const PageId &page, const QString &text) override;

Q_SIGNALS:
    void broken(const QString &sentence); // something has stopped although nobody asked it to

private:
    Task<QString> startSandbox();
    Task<QString> startRelay();
    Task<QString> connectPages();
    Task<QString> connectPage(const QString &id, const QString &name);
    Task<QString> settleIdentity(const QString &relayAddress);
    Task<QString> invite();
    Task<QString> maintain(const QStringList &arguments);
    QString relayUrl(const QString &path) const;
    QString path(const QString &name) const;

    QString m_folder;
    const IdentityStore &m_identity;
    PracticeSetup m_setup;
    bool m_relayIsNew = false;
    QNetworkAccessManager m_http;
    ChildProcess m_sandbox;
    ChildProcess m_relay;
};

} // namespace Pagedesk
