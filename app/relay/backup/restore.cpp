// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/backup/archive.h"
#include "app/relay/backup/backup.h"
#include "app/relay/backup/disk.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/snapshot.h"
#include "app/relay/maintenancetools.h"
#include "app/relay/verifying.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QScopeGuard>

#include <future>

#include <fcntl.h>
#include <unistd.h>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int Format = 1;
constexpr qint64 MostAboutBytes = 64 * 1024;

// One entry to one file of the staging folder.
Result<> unpack(ArchiveReader &archive, const QString &path)
{
    if (!QDir().mkpath(QFileInfo(path).path()))
        return failure(Disk::cannotWrite(path));
    const int file = ::open(
        QFile::encodeName(path).constData(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0)
        return failure(Disk::cannotWrite(path));
    const auto close = qScopeGuard([file] { ::close(file); });
    const auto read = archive.read([&](const QByteArray &piece) -> Result<> {
        return Disk::writeAll(file, piece) ? Result<>() : failure(Disk::cannotWrite(path));
    });
    if (!read)
        return read;
    return ::fsync(file) == 0 ? Result<>() : failure(Disk::cannotWrite(path));
}

Result<> readAbout(ArchiveReader &archive, BackupReport &report)
{
    QByteArray text;
    const auto read = archive.read([&text](const QByteArray &piece) -> Result<> {
        text += piece;
        return {};
    });
    if (!read)
        return read;
    const QJsonObject about = QJsonDocument::fromJson(text).object();
    if (about.value("format"_L1).toInt() != Format) {
        return failure(Error::Kind::NewerVersion,
            u"the backup is of a format that this program does not know"_s);
    }
    report.madeAt = about.value("createdAt"_L1).toInteger();
    report.keyId = about.value("masterKey"_L1).toString();
    return {};
}

// Everything in the archive to `staging`; complete and checked when this succeeds.
Result<> unpackAll(const QString &from, const QString &staging, BackupReport &report)
{
    static const QRegularExpression known(u"^(ledger\\.db|media/[0-9a-f]{2}/[0-9a-f]{62})$"_s);
    ArchiveReader archive;
    if (auto opened = archive.open(from); !opened)
        return opened;
    bool first = true;
    for (;;) {
        const auto entry = archive.next();
        if (!entry)
            return failure(entry.error());
        if (!*entry)
            break;
        const QString &name = (*entry)->name;
        const bool isAbout = name == u"pagedesk-backup.json" && (*entry)->size <= MostAboutBytes;
        if (first != isAbout || (!isAbout && !known.match(name).hasMatch()))
            return failure(Error::Kind::Damaged, u"%1 is not a backup of a relay"_s.arg(from));
        first = false;
        const auto done
            = isAbout ? readAbout(archive, report) : unpack(archive, staging + u'/' + name);
        if (!done)
            return done;
        report.blobs += name.startsWith("media/"_L1) ? 1 : 0;
    }
    if (!QFile::exists(staging + "/ledger.db"_L1))
        return failure(Error::Kind::Damaged, u"%1 has no ledger in it"_s.arg(from));
    return {};
}

Result<> prepareLedger(const QString &staging, const BackupReport &report, qint64 now)
{
    Ledger ledger;
    if (const auto opened = ledger.open(staging, false); !opened)
        return opened;
    std::promise<Result<>> done;
    ledger.database().submit(
        [&](Connection &connection) -> Result<> {
            if (auto renumbered = renumberStreams(connection); !renumbered)
                return renumbered;
            return appendAudit(connection, now,
                {commandLineActor(), u"backup_restored"_s, QString::number(report.madeAt)});
        },
        [&done](const Result<> &result) { done.set_value(result); });
    return done.get_future().get();
}

// A ledger that cannot be read is not put in place; what else is wrong was so before.
Result<> examine(const QString &staging, BackupReport &report)
{
    const auto outcomes = verifyFolder(staging);
    if (!outcomes)
        return failure(outcomes.error());
    for (const CheckOutcome &outcome : *outcomes) {
        if (outcome.faults > 0)
            report.faults.append(u"%1: %2"_s.arg(outcome.name).arg(outcome.faults));
    }
    if (outcomes->constFirst().faults > 0)
        return failure(Error::Kind::Damaged, u"the ledger in the backup is damaged"_s);
    return {};
}

Result<> move(const QString &from, const QString &to)
{
    if (!QDir().mkpath(QFileInfo(to).path())
        || ::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0
        || !Disk::syncFolderOf(to))
        return failure(Disk::cannotWrite(to));
    return {};
}

// The ledger last: with it the folder has been restored, without it nothing has happened.
Result<> putInPlace(const QString &staging, const QString &folder)
{
    const QDir root(staging);
    QDirIterator files(root.filePath(u"media"_s), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (auto moved = move(path, folder + u'/' + root.relativeFilePath(path)); !moved)
            return moved;
    }
    const QString ledger = Ledger::databasePath(staging);
    if (QFileInfo(ledger + "-wal"_L1).size() > 0)
        return failure(Error::Kind::Storage, u"the restored ledger could not be closed"_s);
    if (!Disk::syncFile(ledger))
        return failure(Disk::cannotWrite(ledger));
    return move(ledger, Ledger::databasePath(folder));
}

} // namespace

Result<BackupReport> restoreBackup(const QString &from, const QString &folder, qint64 now)
{
    if (!QDir().mkpath(folder))
        return failure(Disk::cannotWrite(folder));
    Maintenance::FolderLock lock; // no relay may start meanwhile
    if (auto locked = lock.take(folder); !locked)
        return failure(locked.error());
    if (QFile::exists(Ledger::databasePath(folder))) {
        return failure(Error::Kind::Conflict,
            u"%1 has a ledger already: restore into an empty folder"_s.arg(folder));
    }
    const QString staging = QDir(folder).filePath(u"restore.part"_s);
    QDir(staging).removeRecursively(); // of one that was killed
    const auto tidy = qScopeGuard([&staging] { QDir(staging).removeRecursively(); });
    if (!QDir().mkpath(staging))
        return failure(Disk::cannotWrite(staging));
    BackupReport report;
    report.bytes = QFileInfo(from).size();
    if (auto unpacked = unpackAll(from, staging, report); !unpacked)
        return failure(unpacked.error());
    if (auto examined = examine(staging, report); !examined)
        return failure(examined.error());
    if (auto prepared = prepareLedger(staging, report, now); !prepared)
        return failure(prepared.error());
    if (auto placed = putInPlace(staging, folder); !placed)
        return failure(placed.error());
    return report;
}

} // namespace Pagedesk::Relay
