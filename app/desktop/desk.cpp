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
    , contacts(replica, commands, clock)
    , roster(replica, commands)
    , threads(replica, syncer)
    , drafts(replica)
    , outbox(replica, commands, clock)
    , media(QDir(profileFolder).filePath(u"media"_s))
    , outgoing(QDir(profileFolder).filePath(u"outgoing"_s), media)
    , uploader(outgoing)
    , administration(channel, clock)
    , search(replica, clock)
    , session(channel, syncer, identity, secrets, clock)
{
    QObject::connect(&session, &Session::sourceChanged, &media, &MediaFetcher::setSource);
    QObject::connect(&session, &Session::sourceChanged, &uploader, &Uploader::setSource);
    QObject::connect(&session, &Session::sourceChanged, &connections, &PageConnections::setSource);
    QObject::connect(
        &session, &Session::sourceChanged, &administration, &PageAdministration::setSource);
    QObject::connect(&session, &Session::sourceChanged, &people, &People::setSource);
    QObject::connect(&session, &Session::forgetting, &media, &MediaFetcher::clear);
    QObject::connect(&session, &Session::forgetting, &outgoing, &OutgoingFiles::clear);
    QObject::connect(&session, &Session::forgetting, &drafts, &Drafts::flush);
    QObject::connect(&replica, &Replica::changed, &media,
        [this](const ReplicaChanges &changes) { media.remove(changes.orphanedFiles); });
    commands.useFiles([this](const Attachment &file) { return uploader.bring(file); });
}

Result<> Desk::open()
{
    if (auto opened = replica.open(replicaPath); !opened)
        return opened;
    // Copies of files that no reply and no draft needs any more.
    outbox.neededFiles().then(&outgoing, [this](const Result<QSet<QString>> &needed) {
        if (needed)
            outgoing.keepOnly(*needed);
    });
    return {};
}

} // namespace Pagedesk
