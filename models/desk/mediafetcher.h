// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/secret.h"
#include "models/base/task.h"

#include <QObject>
#include <QSet>
#include <QUrl>

#include <memory>

namespace Pagedesk {

// The bytes of attachments and pictures by their hash: from the cache folder of the profile, else
// from the relay with this device's token. Checked against the hash before use; the cache is
// bounded.
class MediaFetcher : public QObject {
    Q_OBJECT

public:
    explicit MediaFetcher(QString cacheFolder, QObject *parent = nullptr);
    ~MediaFetcher() override;

    // Where to fetch from and this device's token there.
    void setSource(const QUrl &relay, const Secret &token);
    // Beyond it the files that were not used for the longest time go. 1 GiB unless it is set.
    void setCacheLimit(qint64 bytes);

    // The path of the file in the cache. Offline, NotFound, Damaged (the bytes do not fit).
    Task<QString> fetch(const QString &hash);
    // Removes every file; or these, which may not be looked at any more.
    void clear();
    void remove(const QSet<QString> &hashes);
    // A file of this computer that has this hash need not be fetched.
    void adopt(const QString &hash, const QString &path);

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace Pagedesk
