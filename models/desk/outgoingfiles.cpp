// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/outgoingfiles.h"

#include "models/desk/mediacache.h"
#include "models/desk/mediafetcher.h"
#include "models/messenger/limits.h"
#include "models/messenger/outgoingfile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QMimeDatabase>
#include <QSaveFile>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<QByteArray> bytesOf(const QString &path)
{
    if (!QFileInfo(path).isFile()) // a folder, or a pipe that would never end
        return failure(Error::Kind::Rejected, u"not a file"_s);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::Storage, file.errorString());
    if (const auto fits = checkOutgoingSize(file.size()); !fits)
        return failure(fits.error());
    const QByteArray bytes = file.read(Limits::OutgoingFileBytes + 1); // it may be growing
    if (file.error() != QFileDevice::NoError)
        return failure(Error::Kind::Storage, file.errorString());
    return bytes;
}

QString hashOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

Result<Attachment> copy(const QByteArray &bytes, const QString &name, const QString &folder)
{
    if (const auto fits = checkOutgoingSize(bytes.size()); !fits)
        return failure(fits.error());
    Attachment file;
    file.state = AttachmentState::Captured;
    file.name = outgoingName(name);
    file.size = bytes.size();
    // By content as the relay does it, so that both speak of the same kind.
    file.mimeType = QMimeDatabase().mimeTypeForData(bytes).name();
    file.kind = outgoingKind(file.mimeType);
    file.hash = hashOf(bytes);
    const QString path = folder + u'/' + file.hash;
    if (QFileInfo(path).size() == file.size)
        return file;
    QSaveFile copy(path);
    if (!QDir().mkpath(folder) || !copy.open(QIODevice::WriteOnly)
        || copy.write(bytes) != bytes.size() || !copy.commit())
        return failure(Error::Kind::Storage, copy.errorString());
    return file;
}

} // namespace

OutgoingFiles::OutgoingFiles(QString folder, MediaFetcher &media, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_media(media)
{
    m_thread.setMaxThreadCount(1); // several large files need not be in memory together
}

OutgoingFiles::~OutgoingFiles()
{
    m_thread.clear();
    m_thread.waitForDone();
}

Task<Attachment> OutgoingFiles::take(const QString &path)
{
    return take([path] { return bytesOf(path); }, QFileInfo(path).fileName());
}

Task<Attachment> OutgoingFiles::take(const QByteArray &bytes, const QString &name)
{
    return take([bytes]() -> Result<QByteArray> { return bytes; }, name);
}

Task<Attachment> OutgoingFiles::take(const Bytes &read, const QString &name)
{
    auto promise = std::make_shared<Promise<Attachment>>();
    auto task = promise->task();
    // The destructor waits for this thread, so `this` outlives it.
    m_thread.start([this, read, name, promise] {
        const auto bytes = read();
        const Result<Attachment> file
            = bytes ? copy(*bytes, name, m_folder) : failure(bytes.error());
        QMetaObject::invokeMethod(
            this,
            [this, file, promise] {
                if (file) {
                    m_taken.insert(file->hash);
                    m_media.adopt(file->hash, pathOf(file->hash));
                }
                promise->finish(file);
            },
            Qt::QueuedConnection);
    });
    return task;
}

Task<Attachment> OutgoingFiles::again(const Attachment &file)
{
    if (!pathOf(file.hash).isEmpty())
        return Task<Attachment>::finished(file);
    auto promise = std::make_shared<Promise<Attachment>>();
    auto task = promise->task();
    m_media.fetch(file.hash).then(this, [this, file, promise](const Result<QString> &path) {
        if (!path) {
            promise->finish(file); // the relay may have it all the same
            return;
        }
        take([path = *path] { return bytesOf(path); }, file.name)
            .then(this, [promise](const Result<Attachment> &copied) { promise->finish(copied); });
    });
    return task;
}

QString OutgoingFiles::pathOf(const QString &hash) const
{
    const QString path = m_folder + u'/' + hash;
    return MediaCache::isHash(hash) && QFile::exists(path) ? path : QString();
}

Task<bool> OutgoingFiles::isWhole(const QString &hash)
{
    auto promise = std::make_shared<Promise<bool>>();
    auto task = promise->task();
    m_thread.start([this, hash, path = pathOf(hash), promise] {
        const auto bytes = bytesOf(path);
        const bool isWhole = bytes && hashOf(*bytes) == hash;
        if (!isWhole && !path.isEmpty())
            QFile::remove(path);
        QMetaObject::invokeMethod(
            this, [promise, isWhole] { promise->finish(isWhole); }, Qt::QueuedConnection);
    });
    return task;
}

void OutgoingFiles::clear()
{
    m_thread.waitForDone();
    m_taken.clear();
    QDir(m_folder).removeRecursively();
}

void OutgoingFiles::keepOnly(const QSet<QString> &hashes)
{
    const QStringList names = QDir(m_folder).entryList(QDir::Files);
    for (const QString &name : names) {
        if (!hashes.contains(name) && !m_taken.contains(name))
            QFile::remove(m_folder + u'/' + name);
    }
}

} // namespace Pagedesk
