// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/mediacache.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <filesystem>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

MediaCache::MediaCache(QString folder)
    : m_folder(std::move(folder))
{
}

bool MediaCache::isHash(const QString &text)
{
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

void MediaCache::setLimit(qint64 bytes)
{
    m_limit = bytes;
}

QString MediaCache::find(const QString &hash)
{
    const QString path = pathOf(hash);
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        return {};
    // The time of the last change serves as that of the last use: access times are often off.
    file.setFileTime(QDateTime::currentDateTimeUtc(), QFileDevice::FileModificationTime);
    return path;
}

Result<QString> MediaCache::store(const QString &hash, const QByteArray &bytes)
{
    const QByteArray actual = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    if (QString::fromLatin1(actual) != hash)
        return failure(Error::Kind::Damaged, u"the bytes do not have the hash %1"_s.arg(hash));
    const QString path = pathOf(hash);
    QSaveFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly)
        || file.write(bytes) != bytes.size() || !file.commit())
        return failure(Error::Kind::Storage, u"%1: %2"_s.arg(path, file.errorString()));
    if (m_used >= 0)
        m_used += bytes.size();
    if (m_used < 0 || m_used > m_limit)
        prune();
    return path;
}

void MediaCache::adopt(const QString &hash, const QString &path)
{
    const QString target = pathOf(hash);
    if (!isHash(hash) || QFile::exists(target) || !QDir().mkpath(QFileInfo(target).path()))
        return;
    std::error_code failed;
    std::filesystem::create_hard_link(
        QFileInfo(path).filesystemFilePath(), QFileInfo(target).filesystemFilePath(), failed);
    if (failed)
        QFile::copy(path, target);
    m_used = -1; // counted again when something is stored
}

void MediaCache::clear()
{
    QDir(m_folder).removeRecursively();
    m_used = -1;
}

void MediaCache::remove(const QString &hash)
{
    if (isHash(hash) && QFile::remove(pathOf(hash)))
        m_used = -1; // counted again when something is stored
}

QString MediaCache::pathOf(const QString &hash) const
{
    return u"%1/%2/%3"_s.arg(m_folder, hash.first(2), hash.sliced(2));
}

void MediaCache::prune()
{
    QList<QFileInfo> files;
    m_used = 0;
    for (QDirIterator it(m_folder, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
        files.append(it.nextFileInfo());
        m_used += files.constLast().size();
    }
    if (m_used <= m_limit)
        return;
    std::sort(files.begin(), files.end(),
        [](const QFileInfo &a, const QFileInfo &b) { return a.lastModified() < b.lastModified(); });
    // A tenth below the limit, so that not every new file counts all the others again. The newest
    // stays whatever its size: it was asked for just now.
    const qint64 goal = m_limit - m_limit / 10;
    for (const QFileInfo &file : files.first(files.size() - 1)) {
        if (m_used <= goal)
            break;
        if (QFile::remove(file.filePath()))
            m_used -= file.size();
    }
}

} // namespace Pagedesk
