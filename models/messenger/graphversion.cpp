// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/graphversion.h"

#include "models/messenger/limits.h"

#include <QDateTime>

namespace Pagedesk {

qint64 graphVersionEndsAt(QLatin1StringView name)
{
    for (const Limits::GraphVersionEnd &version : Limits::GraphVersions) {
        if (name != QLatin1StringView(version.name))
            continue;
        const QDate day = QDate::fromString(QString::fromLatin1(version.until), Qt::ISODate);
        return day.isValid() ? day.startOfDay(Qt::UTC).toMSecsSinceEpoch() : 0;
    }
    return 1;
}

} // namespace Pagedesk
