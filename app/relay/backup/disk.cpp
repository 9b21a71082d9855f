// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/backup/disk.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace Pagedesk::Relay::Disk {

namespace {

bool sync(const QString &path, int flags)
{
    const int handle = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    if (handle < 0)
        return false;
    const bool synced = ::fsync(handle) == 0;
    const int why = errno;
    ::close(handle);
    errno = why;
    return synced;
}

} // namespace

bool writeAll(int file, const QByteArray &bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t count
            = ::write(file, bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        done += count;
    }
    return true;
}

bool syncFolder(const QString &folder)
{
    return sync(folder, O_RDONLY | O_DIRECTORY);
}

bool syncFolderOf(const QString &path)
{
    return syncFolder(QFileInfo(path).absolutePath());
}

bool syncFile(const QString &path)
{
    return sync(path, O_RDONLY);
}

Error cannotWrite(const QString &path)
{
    return {Error::Kind::Storage,
        QStringLiteral("cannot write %1: %2")
            .arg(path, QString::fromLocal8Bit(std::strerror(errno)))};
}

} // namespace Pagedesk::Relay::Disk
