// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/media/uploads.h"

#include "models/messenger/outgoingfile.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>

namespace Pagedesk::Relay {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 AbandonedAfterMs = 24 * 3'600'000LL;

QFileInfoList partsIn(const QString &folder)
{
    return QDir(folder).entryInfoList({u"*.part"_s}, QDir::Files);
}

Result<QString> hashOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return failure(Error::Kind::Storage, u"cannot read %1"_s.arg(path));
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace

Uploads::Uploads(QString folder, const BlobStore &blobs)
    : m_folder(std::move(folder))
    , m_blobs(blobs)
{
}

// Device ids are ours, but nothing is taken for harmless that becomes part of a path.
QString Uploads::pathOf(const DeviceId &device, const QString &hash, qint64 size) const
{
    const QByteArray owner
        = QCryptographicHash::hash(device.value.toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"%1/%2/%3-%4.part"_s.arg(m_folder, QString::fromLatin1(owner.first(32)), hash)
        .arg(size);
}

Result<Wire::UploadState> Uploads::state(
    const DeviceId &device, const QString &hash, qint64 size) const
{
    if (const auto kept = m_blobs.find(hash))
        return Wire::UploadState{QFileInfo(*kept).size(), true};
    if (!BlobStore::isHash(hash))
        return Wire::UploadState{};
    const QString path = pathOf(device, hash, size);
    const qint64 received = QFileInfo(path).size();
    if (received == 0 || received < size)
        return Wire::UploadState{received, false};
    const auto finished = finish(path, hash);
    if (!finished && finished.error().kind == Error::Kind::Damaged)
        return Wire::UploadState{}; // it begins anew
    return finished;
}

Result<Wire::UploadState> Uploads::add(const Piece &piece)
{
    if (!BlobStore::isHash(piece.hash))
        return failure(Error::Kind::Rejected, u"the address does not end in a SHA-256"_s);
    if (const auto sendable = checkOutgoingSize(piece.size); !sendable)
        return failure(sendable.error());
    const auto before = state(piece.device, piece.hash, piece.size);
    if (!before)
        return failure(before.error());
    const Wire::UploadState &here = *before;
    if (here.complete || piece.offset != here.received)
        return here;
    if (piece.bytes.isEmpty() || piece.bytes.size() > piece.size - piece.offset)
        return failure(Error::Kind::Rejected, u"the piece does not fit into the file"_s);
    const QString path = pathOf(piece.device, piece.hash, piece.size);
    if (piece.offset == 0) {
        if (auto room = makeRoomFor(piece.device); !room)
            return failure(room.error());
    }
    QFile file(path);
    const bool written = QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::Append)
        && file.write(piece.bytes) == piece.bytes.size() && file.flush();
    if (!written) {
        file.resize(here.received); // a part of a piece is none
        return failure(
            Error::Kind::Storage, u"cannot write %1: %2"_s.arg(path, file.errorString()));
    }
    file.close();
    const qint64 received = piece.offset + piece.bytes.size();
    if (received < piece.size)
        return Wire::UploadState{received, false};
    return finish(path, piece.hash);
}

Result<Wire::UploadState> Uploads::finish(const QString &path, const QString &hash) const
{
    const auto actual = hashOf(path);
    if (!actual)
        return failure(actual.error());
    if (*actual != hash) {
        QFile::remove(path);
        return failure(Error::Kind::Damaged, u"the bytes do not have the hash announced"_s);
    }
    const qint64 size = QFileInfo(path).size();
    if (auto adopted = m_blobs.adopt(path, hash); !adopted)
        return failure(adopted.error());
    return Wire::UploadState{size, true};
}

// A new file begins: a good time to clear away what was given up.
Result<> Uploads::makeRoomFor(const DeviceId &device) const
{
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addMSecs(-AbandonedAfterMs);
    for (QDirIterator it(m_folder, {u"*.part"_s}, QDir::Files, QDirIterator::Subdirectories);
         it.hasNext();) {
        const QFileInfo part = it.nextFileInfo();
        if (part.lastModified() < oldest)
            QFile::remove(part.filePath());
    }
    const QString own = QFileInfo(pathOf(device, QString(), 0)).path();
    if (partsIn(own).size() >= MostUnfinished) {
        return failure(Error::Kind::Conflict,
            u"this device has %1 unfinished uploads already"_s.arg(MostUnfinished));
    }
    return {};
}

} // namespace Pagedesk::Relay
