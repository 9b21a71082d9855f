// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QString>

namespace Pagedesk::Relay {

// Bytes kept under their SHA-256, once each, as files of the data folder. Thread-safe.
class BlobStore {
public:
    explicit BlobStore(QString folder);

    // The hash in hex. The file is complete and synced before this returns.
    Result<QString> put(const QByteArray &bytes) const;
    // NotFound for an unknown hash or something that is no hash.
    Result<QByteArray> get(const QString &hash) const;

private:
    QString pathOf(const QString &hash) const;

    QString m_folder;
};

} // namespace Pagedesk::Relay
