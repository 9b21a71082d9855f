// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/smalldisk.h"

#include "tests/e2e/world.h"

#include <QDir>
#include <QFile>
#include <QStorageInfo>

#include <sched.h>
#include <sys/mount.h>

namespace Pagedesk::Tests {

namespace {

using namespace Qt::Literals::StringLiterals;

// Mounts of this process are its own from now on.
bool isByItself()
{
    static const bool done = ::unshare(CLONE_NEWNS) == 0
        && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    return done;
}

} // namespace

SmallDisk::SmallDisk(World &world, const QString &nospace)
    : m_folder(world.data())
{
    QDir().mkpath(m_folder);
    m_isReal = isByItself()
        && ::mount("tmpfs", m_folder.toUtf8().constData(), "tmpfs", 0, "size=8m") == 0;
    m_ballast = QDir(m_isReal ? m_folder : world.folder()).filePath(u"ballast"_s);
    if (m_isReal)
        return;
    world.relay.setEnvironment(u"LD_PRELOAD"_s, nospace);
    world.relay.setEnvironment(u"PAGEDESK_TEST_NOSPACE"_s, m_ballast);
    world.relay.setEnvironment(u"ASAN_OPTIONS"_s, u"verify_asan_link_order=0"_s);
}

SmallDisk::~SmallDisk()
{
    if (m_isReal)
        ::umount2(m_folder.toUtf8().constData(), MNT_DETACH);
}

void SmallDisk::leave(qint64 bytes)
{
    QFile ballast(m_ballast);
    if (!ballast.open(QIODevice::Append | QIODevice::Unbuffered) || !m_isReal)
        return;
    for (;;) {
        const qint64 room = QStorageInfo(m_folder).bytesAvailable() - bytes;
        if (room <= 0 || ballast.write(QByteArray(std::min<qint64>(room, 65'536), 'x')) <= 0)
            return;
    }
}

void SmallDisk::giveBack()
{
    QFile::remove(m_ballast);
}

} // namespace Pagedesk::Tests
