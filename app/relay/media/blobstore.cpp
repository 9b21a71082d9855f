// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/media/blobstore.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

bool isHash(const QString &text)
{
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

} // namespace

BlobStore::BlobStore(QString folder)
    : m_folder(std::move(folder))
{
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
    const auto missing = failure(Error::Kind::NotFound, QStringLiteral("no such attachment"));
    if (!isHash(hash))
        return missing;
    QFile file(pathOf(hash));
    if (!file.open(QIODevice::ReadOnly))
        return missing;
    return file.readAll();
}

} // namespace Pagedesk::Relay
