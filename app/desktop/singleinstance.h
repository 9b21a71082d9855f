// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

namespace Pagedesk {

// One Pagedesk a profile: the first holds a lock and listens; a later one hands over what it was
// asked for and leaves.
class SingleInstance : public QObject {
    Q_OBJECT

public:
    explicit SingleInstance(const QString &profileFolder, QObject *parent = nullptr);

    // True when this is the only one. False when another one has the profile.
    bool acquire();
    // Blocks for at most a few seconds. Conflict: the other one does not listen.
    Result<> handOver(const QByteArray &request) const;

Q_SIGNALS:
    void requested(const QByteArray &request);

private:
    void serve();

    QLockFile m_lock;
    QString m_socket;
    QLocalServer m_server;
};

} // namespace Pagedesk
