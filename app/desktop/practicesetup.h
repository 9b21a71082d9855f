// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QProcessEnvironment>
#include <QString>

namespace Pagedesk {

// What a practice world is made of and keeps from one start to the next: secrets and ports. They
// lie in practice.json of the profile, for its owner only.
struct PracticeSetup {
    QString appSecret;
    QString verifyToken;
    QString masterKey; // 64 hex digits
    quint16 sandboxPort = 0;
    quint16 mediaPort = 0;
    quint16 relayPort = 0;

    // What is stored, completed with what is missing; ports that are taken are replaced.
    static Result<PracticeSetup> prepare(const QString &profileFolder);
    QProcessEnvironment environment() const;
};

// Whether a port of 127.0.0.1 can be listened on now.
bool isFree(quint16 port);

} // namespace Pagedesk
