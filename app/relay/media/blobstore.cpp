// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/media/blobstore.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace Pagedesk::Relay {

namespace {

// What is renamed is only safe once its bytes and the folder's entry are on the disk.
bool sync(const QString &path, int flags)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return synced;
}

} // namespace

BlobStore::BlobStore(QString folder)
    : m_folder(std::move(folder))
{
}

bool BlobStore::isHash(const QString &text)
{
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

QString BlobStore::pathOf(const QString &hash) const
{
    return m_folder + u'/' + hash.first(2) + u'/' + hash.sliced(2);
}

Result<QString> BlobStore::put(const QByteArray &bytes) const
{
    const QString hash
        = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    const QString path = pathOf(hash);
    if (QFile::exists(path))
        return hash;
    const auto failed = [&path](const QString &why) {
        return failure(Error::Kind::Storage, QStringLiteral("cannot write %1: %2").arg(path, why));
    };
    if (!QDir().mkpath(QFileInfo(path).path()))
        return failed(QStringLiteral("no folder"));
    QSaveFile file(path); // writes aside, syncs and renames
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failed(file.errorString());
    return hash;
}

Result<QByteArray> BlobStore::get(const QString &hash) const
{
    const auto path = find(hash);
    if (!path)
        return failure(path.error());
    QFile file(*path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::NotFound, QStringLiteral("no such attachment"));
    return file.readAll();
}

Result<QString> BlobStore::find(const QString &hash) const
{
    if (!isHash(hash) || !QFile::exists(pathOf(hash)))
        return failure(Error::Kind::NotFound, QStringLiteral("no such attachment"));
    return pathOf(hash);
}

Result<> BlobStore::adopt(const QString &path, const QString &hash) const
{
    const QString target = pathOf(hash);
    const QString folder = QFileInfo(target).path();
    const bool moved = QDir().mkpath(folder) && sync(path, O_RDONLY)
        && ::rename(QFile::encodeName(path).constData(), QFile::encodeName(target).constData()) == 0
        && sync(folder, O_RDONLY | O_DIRECTORY);
    if (!moved) {
        return failure(Error::Kind::Storage,
            QStringLiteral("cannot write %1: %2").arg(target, qt_error_string()));
    }
    return {};
}

} // namespace Pagedesk::Relay
