// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/testdesk.h"

#include "tests/support/await.h"

#include <QDir>
#include <QFile>

namespace Pagedesk::Tests {

using Testing::await;

FileTokens::FileTokens(const QString &profile)
    : m_path(QDir(profile).filePath(QStringLiteral("token")))
{
}

Task<Secret> FileTokens::load()
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return Task<Secret>::finished(failure(Error::Kind::NotFound, QStringLiteral("no token")));
    return Task<Secret>::finished(Secret(file.readAll()));
}

Task<> FileTokens::save(const Secret &token)
{
    QFile file(m_path);
    if (!file.open(QIODevice::WriteOnly) || file.write(token.reveal()) < 0)
        return Task<>::finished(failure(Error::Kind::Storage, QStringLiteral("cannot write")));
    return Task<>::finished({});
}

Task<> FileTokens::remove()
{
    QFile::remove(m_path);
    return Task<>::finished({});
}

TestDesk::TestDesk(const QString &profile, const ChannelTiming &timing)
    : channel(timing)
    , syncer(replica, channel)
    , commands(replica, channel, clock)
    , identity(profile)
    , tokens(profile)
    , session(channel, syncer, identity, tokens, clock)
    , conversations(replica, commands)
    , threads(replica, syncer)
    , drafts(replica)
    , outbox(replica, commands, clock)
    , media(QDir(profile).filePath(QStringLiteral("media")))
    , outgoing(QDir(profile).filePath(QStringLiteral("outgoing")), media)
    , uploader(outgoing)
    , m_profile(profile)
{
    QObject::connect(&session, &Session::sourceChanged, &media, &MediaFetcher::setSource);
    QObject::connect(&session, &Session::sourceChanged, &uploader, &Uploader::setSource);
    QObject::connect(&session, &Session::sourceChanged, &people, &People::setSource);
    QObject::connect(&session, &Session::forgetting, &media, &MediaFetcher::clear);
    QObject::connect(&session, &Session::forgetting, &outgoing, &OutgoingFiles::clear);
    QObject::connect(&session, &Session::forgetting, &drafts, &Drafts::flush);
    QObject::connect(&replica, &Replica::changed, &media,
        [this](const ReplicaChanges &changes) { media.remove(changes.orphanedFiles); });
    commands.useFiles([this](const Attachment &file) { return uploader.bring(file); });
}

bool TestDesk::start()
{
    if (!QDir().mkpath(m_profile)
        || !replica.open(QDir(m_profile).filePath(QStringLiteral("replica.db"))))
        return false;
    session.start();
    return true;
}

Result<> TestDesk::pair(const QString &link)
{
    const auto read = Wire::pairingLinkFrom(link);
    if (!read)
        return failure(read.error());
    return await(session.pair(*read, QStringLiteral("test")));
}

bool TestDesk::waitFor(ConnectionState state, int deadlineMs)
{
    return QTest::qWaitFor([&] { return session.status().state == state; }, deadlineMs);
}

QList<Message> TestDesk::thread(const ConversationId &id)
{
    const auto slice = await(threads.newest(id, 500));
    return slice ? slice->messages : QList<Message>();
}

std::optional<Message> TestDesk::message(const ConversationId &id, const MessageId &wanted)
{
    for (const Message &message : thread(id)) {
        if (message.id == wanted)
            return message;
    }
    return std::nullopt;
}

std::optional<Conversation> TestDesk::conversation(const ConversationId &id)
{
    const auto all = await(conversations.all());
    for (const Conversation &conversation : all.value_or(QList<Conversation>())) {
        if (conversation.id == id)
            return conversation;
    }
    return std::nullopt;
}

} // namespace Pagedesk::Tests
