// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desk.h"

#include <QDir>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

Desk::Desk(const QString &profileFolder, DeviceSecrets::Place place)
    : replicaPath(QDir(profileFolder).filePath(u"replica.sqlite"_s))
    , secrets(profileFolder, place)
    , identity(profileFolder)
    , syncer(replica, channel)
    , commands(replica, channel, clock)
    , conversations(replica, commands)
    , threads(replica, syncer)
    , drafts(replica)
    , outbox(replica, commands, clock)
    , media(QDir(profileFolder).filePath(u"media"_s))
    , session(channel, syncer, identity, secrets, clock)
{
    QObject::connect(&session, &Session::sourceChanged, &media, &MediaFetcher::setSource);
}

} // namespace Pagedesk
