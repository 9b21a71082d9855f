// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>
#include <QStringList>

namespace Pagedesk::Relay {

struct BackupReport {
    qint64 blobs = 0;
    qint64 bytes = 0; // of the backup's file
    qint64 madeAt = 0; // ms UTC
    QString keyId; // of the master key the Page tokens are sealed under; empty without any
    QStringList faults = {}; // what `verify` says of what was restored
};

// Writes the ledger in `folder` and its attachments to one file, while a relay may be serving
// them; `to` is replaced only by a whole backup. The master key is not in it.
Result<BackupReport> writeBackup(const QString &folder, const QString &to, qint64 now);

// Puts a backup into a folder that has no ledger. Conflict: it has one, or a relay serves it.
// Damaged: the backup is; then nothing was put in place.
Result<BackupReport> restoreBackup(const QString &from, const QString &folder, qint64 now);

} // namespace Pagedesk::Relay
