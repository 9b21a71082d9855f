// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/secret.h"
#include "models/base/task.h"

#include <QObject>
#include <QUrl>

namespace Pagedesk {

// A workspace on this computer: a relay that this profile starts with the window and stops with it.
// The desktop program implements it with a process and the platform's keychain.
class LocalWorkspace : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // What Meta's app dashboard says, and where Meta reaches this computer.
    struct AppSettings {
        QString appId;
        Secret appSecret;
        Secret verifyToken; // made here; the dashboard asks for it
        QUrl publicUrl; // https; empty: Meta cannot reach the relay yet
    };

    // Whether this profile's workspace is here.
    virtual bool isHere() const = 0;
    // Makes and starts it; finishes with a link to pair with, as its first admin. Again, after an
    // answer was lost or this device has forgotten it: as the same one.
    virtual Task<QString> create() = 0;
    virtual QString folder() const = 0; // with all of its data
    // Stops it and deletes everything of it, its keys too. Storage: some of it is still there, and
    // the detail is a sentence for people.
    virtual Task<> remove() = 0;
    virtual QUrl address() const = 0; // of the relay, on loopback
    // NotFound when none were given yet.
    virtual Task<AppSettings> appSettings() = 0;
    // Keeps them and starts the relay again with them.
    virtual Task<> useApp(const AppSettings &settings) = 0;

Q_SIGNALS:
    void broken(const QString &sentence); // the relay has stopped although nobody asked it to
};

} // namespace Pagedesk
