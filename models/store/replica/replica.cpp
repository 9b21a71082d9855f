// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/replica.h"

#include "models/base/logging.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/replicaschema.h"
#include "models/store/replica/rescue.h"
#include "models/store/replica/searchreader.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <array>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

// Moves the database and what SQLite keeps beside it.
Result<> putAside(const QString &path, qint64 nowMs)
{
    const QFileInfo file(path);
    const QString when
        = QDateTime::fromMSecsSinceEpoch(nowMs, Qt::UTC).toString(u"yyyyMMdd-HHmmss"_s);
    const QString aside
        = u"%1/%2-damaged-%3.%4"_s.arg(file.path(), file.completeBaseName(), when, file.suffix());
    constexpr std::array Suffixes{"-shm"_L1, "-wal"_L1, ""_L1}; // the file itself last
    for (const QLatin1StringView suffix : Suffixes) {
        if (QFile::exists(path + suffix) && !QFile::rename(path + suffix, aside + suffix))
            return failure(Error::Kind::Storage, u"cannot rename %1"_s.arg(path + suffix));
    }
    qCWarning(logStore) << "the damaged replica is kept as" << QFileInfo(aside).fileName();
    return {};
}

} // namespace

Replica::Replica(QObject *parent)
    : QObject(parent)
{
}

Replica::~Replica() = default;

Result<> Replica::open(const QString &path)
{
    m_path = path;
    const auto opened = openFile();
    if (opened)
        Q_EMIT reset();
    return opened;
}

Result<> Replica::openFile()
{
    closeFile();
    m_problem.reset();
    m_damageTold = false;
    auto database = std::make_unique<Database>();
    Database::Options options;
    options.path = m_path;
    options.migrations = ReplicaMigrations;
    options.sync = Database::Sync::Normal;
    if (const auto opened = database->open(options); !opened) {
        m_problem = opened.error();
        return opened;
    }
    m_database = std::move(database);
    return {};
}

void Replica::closeFile()
{
    m_searcher.reset();
    m_database.reset();
}

Result<> Replica::rebuild(qint64 nowMs)
{
    if (m_problem && m_problem->kind == Error::Kind::NewerVersion)
        return failure(Error::Kind::Conflict, u"a newer program's replica is not rebuilt"_s);
    closeFile();
    const Rescued rescued = rescueFrom(m_path);
    if (const auto moved = putAside(m_path, nowMs); !moved)
        return moved;
    if (const auto opened = openFile(); !opened)
        return opened;
    Result<> restored;
    m_database->submit(
        [rescued](Connection &connection) {
            ReplicaChanges untold; // reset() says it all
            ReplicaWriter writer{connection, untold};
            return restore(writer, rescued);
        },
        [&restored](const Result<> &result) { restored = result; });
    m_database->flush();
    qCInfo(logStore) << "the replica was rebuilt with" << rescued.drafts.size() << "drafts and"
                     << rescued.commands.size() << "commands of the old one";
    Q_EMIT reset();
    return restored;
}

Result<> Replica::wipe()
{
    closeFile();
    const QFileInfo file(m_path);
    const QStringList names = file.dir().entryList(
        {file.fileName() + u'*', file.completeBaseName() + u"-damaged-*"_s}, QDir::Files);
    for (const QString &name : names) {
        if (!QFile::remove(file.dir().filePath(name)))
            return failure(Error::Kind::Storage, u"cannot remove %1"_s.arg(name));
    }
    const auto opened = openFile();
    Q_EMIT reset();
    return opened;
}

Task<SearchResults> Replica::find(const SearchAsk &ask)
{
    if (!m_database)
        return Task<SearchResults>::finished(failure(notOpen()));
    if (!m_searcher)
        m_searcher = std::make_unique<SearchReader>(m_path);
    return m_searcher->find(ask);
}

void Replica::flush()
{
    if (m_database)
        m_database->flush();
}

Result<> Replica::lookAgain(ReplicaWriter &writer)
{
    for (const ConversationId &id : std::as_const(writer.changes.touched)) {
        const auto conversation = ConversationStore::find(writer.connection, id);
        if (!conversation)
            return failure(conversation.error());
        if (*conversation)
            writer.changes.conversations.append(**conversation);
    }
    return {};
}

Error Replica::notOpen()
{
    return {Error::Kind::Storage, u"the replica is not open"_s};
}

void Replica::announce(const ReplicaChanges &changes)
{
    Q_EMIT changed(changes);
    if (changes.startedOver)
        Q_EMIT reset();
}

void Replica::note(const Error &error)
{
    if (error.kind != Error::Kind::Damaged || m_damageTold)
        return;
    m_damageTold = true;
    qCCritical(logStore) << "the replica is damaged:" << error.detail;
    Q_EMIT damaged();
}

} // namespace Pagedesk
