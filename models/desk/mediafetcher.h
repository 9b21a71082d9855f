// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"

#include <QObject>

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

    // The path of the file in the cache. Offline, NotFound, Damaged (the bytes do not fit).
    Task<QString> fetch(const QString &hash);

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace Pagedesk
