// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"
#include "models/domain/attachment.h"

#include <QObject>
#include <QSet>
#include <QThreadPool>

#include <functional>

namespace Pagedesk {

class MediaFetcher;

// Files on their way to customers. They are copied into a folder of the profile when they are
// chosen, so that a reply sends what its writer saw, whatever becomes of the original.
class OutgoingFiles : public QObject {
    Q_OBJECT

public:
    // What is kept is also shown: `media` need not fetch it.
    OutgoingFiles(QString folder, MediaFetcher &media, QObject *parent = nullptr);
    ~OutgoingFiles() override; // waits for a copy under way

    // A copy, with its hash, kind and size; it does not stop the screen. Rejected: no file, or an
    // empty one. TooLarge: over Limits::OutgoingFileBytes. Storage: cannot be read or copied.
    Task<Attachment> take(const QString &path);
    Task<Attachment> take(const QByteArray &bytes, const QString &name);
    // `read` is called on another thread.
    using Bytes = std::function<Result<QByteArray>()>;
    Task<Attachment> take(const Bytes &read, const QString &name);
    // The same file once more, which this computer or the relay has.
    Task<Attachment> again(const Attachment &file);
    // The copy's path; empty when it is not here.
    QString pathOf(const QString &hash) const;
    // Whether the copy is still what was chosen. One that is not is removed: it can be chosen
    // again.
    Task<bool> isWhole(const QString &hash);
    // Removes every copy.
    void clear();
    // Removes every copy but these, and but those taken since the program began.
    void keepOnly(const QSet<QString> &hashes);

private:
    QString m_folder;
    MediaFetcher &m_media;
    QSet<QString> m_taken;
    QThreadPool m_thread;
};

} // namespace Pagedesk
