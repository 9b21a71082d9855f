// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>

namespace Pagedesk {

// Files named by the SHA-256 of their bytes, as ab/cdef…, in a folder that is kept below a limit:
// what was not used for the longest time goes first.
class MediaCache {
public:
    explicit MediaCache(QString folder);

    // Whether it is 64 lower-case hex digits, and so harmless in a path.
    static bool isHash(const QString &text);

    void setLimit(qint64 bytes);
    // The file's path, which counts as a use; empty when it is not here.
    QString find(const QString &hash);
    // Damaged when the bytes do not have this hash; Storage when they cannot be written.
    Result<QString> store(const QString &hash, const QByteArray &bytes);
    void clear(); // nothing is left
    void remove(const QString &hash);
    // Takes in a file that lies elsewhere on the same disk and has this hash; it stays there too.
    void adopt(const QString &hash, const QString &path);

private:
    QString pathOf(const QString &hash) const;
    void prune();

    QString m_folder;
    qint64 m_limit = 1024LL * 1024 * 1024;
    qint64 m_used = -1; // bytes; -1 until it was counted
};

} // namespace Pagedesk
