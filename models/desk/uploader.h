// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/secret.h"
#include "models/base/task.h"
#include "models/domain/attachment.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace Pagedesk {

class OutgoingFiles;

// Brings files to the relay in pieces, a few at a time. What has arrived before a cut need not be
// brought again, and a file that the relay has already needs no bytes at all.
class Uploader : public QObject {
    Q_OBJECT

public:
    explicit Uploader(OutgoingFiles &files, QObject *parent = nullptr);
    ~Uploader() override;

    // Where to bring them and this device's token there.
    void setSource(const QUrl &relay, const Secret &token);

    // Finishes once the relay has the file. Offline, Timeout, Storage (of the relay), Unauthorized:
    // worth another try. NotFound: not there, and what is here is not that file any more. Rejected,
    // TooLarge: cannot be sent.
    Task<> bring(const Attachment &file);
    // How much of a file is there, 0 to 1; -1 while it is not being brought.
    double progress(const QString &hash) const;

Q_SIGNALS:
    void progressed(const QString &hash);

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace Pagedesk
