// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/processfacts.h"

#include <QByteArrayList>
#include <QFile>

#include <ctime>
#include <unistd.h>

namespace Pagedesk {

namespace {

// The fields of a file under /proc/self after the program's name, which may hold blanks.
QByteArrayList fieldsAfterName(const char *path)
{
    QFile file(QString::fromLatin1(path));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray content = file.readAll();
    return content.mid(content.lastIndexOf(')') + 2).split(' ');
}

} // namespace

qint64 millisecondsSinceExec()
{
    // proc(5): field 22 is the start in clock ticks since boot; the name is field 2.
    constexpr int StartTime = 22 - 3;
    const QByteArrayList fields = fieldsAfterName("/proc/self/stat");
    const long ticks = sysconf(_SC_CLK_TCK);
    timespec now{};
    if (fields.size() <= StartTime || ticks <= 0 || clock_gettime(CLOCK_BOOTTIME, &now) != 0)
        return -1;
    const qint64 started = fields.at(StartTime).toLongLong() * 1000 / ticks;
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000 - started;
}

double residentMebibytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArrayList fields = file.readAll().split(' ');
    const double pages = fields.size() > 1 ? fields.at(1).toDouble() : 0;
    return pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

} // namespace Pagedesk
