// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/media/blobstore.h"
#include "models/base/ids.h"
#include "models/wire/uploads.h"

namespace Pagedesk::Relay {

// Files that desktops bring piece by piece. The pieces of each device lie in a folder of their own
// until the file is complete and its bytes have the hash they were announced with; what nobody has
// added to for a day goes. Not thread-safe.
class Uploads {
public:
    static constexpr int MostUnfinished = 16; // of one device

    Uploads(QString folder, const BlobStore &blobs);

    // How far a file of `size` bytes has come. One that was whole when the relay died is taken in
    // now. Storage: that cannot be done.
    Result<Wire::UploadState> state(const DeviceId &device, const QString &hash, qint64 size) const;

    struct Piece {
        DeviceId device;
        QString hash;
        qint64 size = 0; // of the whole file, bytes
        qint64 offset = 0; // where the piece belongs
        QByteArray bytes;
    };
    // Adds a piece; one that does not follow what is there is left aside, as the state then tells.
    // Rejected, TooLarge: not a file that could be sent. Conflict: too many unfinished ones.
    // Damaged: complete, but other bytes than announced; it begins anew. Storage: no room.
    Result<Wire::UploadState> add(const Piece &piece);

private:
    QString pathOf(const DeviceId &device, const QString &hash, qint64 size) const;
    Result<> makeRoomFor(const DeviceId &device) const;
    Result<Wire::UploadState> finish(const QString &path, const QString &hash) const;

    QString m_folder;
    const BlobStore &m_blobs;
};

} // namespace Pagedesk::Relay
