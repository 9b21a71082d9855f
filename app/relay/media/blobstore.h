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
    // Moves a file of the same file system in, whose bytes have this hash.
    Result<> adopt(const QString &path, const QString &hash) const;
    // Where the bytes lie; NotFound as get().
    Result<QString> find(const QString &hash) const;

    // Whether it is 64 lower-case hex digits, and so harmless in a path.
    static bool isHash(const QString &text);

private:
    QString pathOf(const QString &hash) const;

    QString m_folder;
};

} // namespace Pagedesk::Relay
