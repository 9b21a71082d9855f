// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace Pagedesk::Tests {

// Something that is sent to /people/<route>, and the status it has to get.
struct HostileBody {
    const char *name;
    QString route;
    QByteArray body;
    int status;
};
QList<HostileBody> hostilePeopleBodies();

} // namespace Pagedesk::Tests
