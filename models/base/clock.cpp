// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/clock.h"

#include <QDateTime>

namespace Pagedesk {

qint64 SystemClock::now() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace Pagedesk
