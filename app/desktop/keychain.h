// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/secret.h"
#include "models/base/task.h"

#include <QObject>

namespace Pagedesk {

// The platform's keychain as tasks: entries of the service "Pagedesk" by key. Every error but "no
// such entry" means that there is no keychain to rely on.
class Keychain : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    Task<Secret> read(const QString &key); // NotFound, or Storage when there is no keychain
    // Writes and reads back: a keychain that is locked takes an entry and forgets it.
    Task<> write(const QString &key, const Secret &secret);
    Task<> remove(const QString &key);
    // Whether what is written can be read again. Leaves nothing behind.
    Task<> probe();

private:
    Task<> put(const QString &key, const Secret &secret);
};

} // namespace Pagedesk
