// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/load/residentmemory.h"

#include <QFile>

namespace Pagedesk::Tests {

double residentMiB(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').constFirst().toDouble() / 1024;
    }
    return -1;
}

} // namespace Pagedesk::Tests
