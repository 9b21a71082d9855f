// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/backup/backup.h"

#include "app/relay/access/pagetokens.h"
#include "app/relay/backup/archive.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/snapshot.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QScopeGuard>

#include <future>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int Format = 1;
constexpr auto AboutName = "pagedesk-backup.json"_L1;

Result<> inLedger(const QString &folder, const Database::Work &work)
{
    Ledger ledger;
    if (const auto opened = ledger.open(folder, false); !opened)
        return opened;
    std::promise<Result<>> done;
    ledger.database().submit(work, [&done](const Result<> &result) { done.set_value(result); });
    return done.get_future().get();
}

Result<QString> keyIdIn(const QString &folder)
{
    QString keyId;
    const auto read = inLedger(folder, [&keyId](Connection &connection) -> Result<> {
        const auto found = PageTokens::keyIdOf(connection);
        if (!found)
            return failure(found.error());
        keyId = *found;
        return {};
    });
    if (!read)
        return failure(read.error());
    return keyId;
}

QByteArray about(const BackupReport &report)
{
    return QJsonDocument(
        QJsonObject{{u"format"_s, Format}, {u"createdAt"_s, report.madeAt},
            {u"program"_s, QStringLiteral(PAGEDESK_VERSION)}, {u"masterKey"_s, report.keyId}})
        .toJson();
}

// Attachments are kept as media/ab/cdef...: the hash, cut after two digits.
Result<> addBlobs(ArchiveWriter &archive, const QString &folder, BackupReport &report)
{
    static const QRegularExpression blob(u"^media/[0-9a-f]{2}/[0-9a-f]{62}$"_s);
    const QDir root(folder);
    QStringList names;
    QDirIterator files(root.filePath(u"media"_s), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString name = root.relativeFilePath(files.next());
        if (blob.match(name).hasMatch()) // else one that is being written
            names.append(name);
    }
    names.sort();
    for (const QString &name : std::as_const(names)) {
        if (auto added = archive.addFile(name, root.filePath(name)); !added)
            return added;
    }
    report.blobs = names.size();
    return {};
}

bool isInside(const QString &path, const QString &folder)
{
    const QString parent = QFileInfo(QFileInfo(path).absolutePath()).canonicalFilePath();
    const QString root = QFileInfo(folder).canonicalFilePath();
    return !root.isEmpty() && (parent == root || parent.startsWith(root + u'/'));
}

Result<> noteInLedger(
    const QString &folder, qint64 now, const QString &action, const QString &subject)
{
    return inLedger(folder, [&](Connection &connection) {
        return appendAudit(connection, now, {commandLineActor(), action, subject});
    });
}

} // namespace

Result<BackupReport> writeBackup(const QString &folder, const QString &to, qint64 now)
{
    if (isInside(to, folder)) {
        return failure(Error::Kind::Rejected,
            u"--to must not be in the data folder: a backup belongs somewhere else"_s);
    }
    const auto keyId = keyIdIn(folder);
    if (!keyId)
        return failure(keyId.error());
    BackupReport report{.madeAt = now, .keyId = *keyId};
    ArchiveWriter archive(to);
    if (auto opened = archive.open(); !opened)
        return failure(opened.error());
    // The ledger first: attachments are never changed or taken away, so all it names are there.
    const QString snapshot = to + u".ledger.part"_s;
    QFile::remove(snapshot); // of one that was killed; the archive's lock keeps others away
    const auto tidy = qScopeGuard([&snapshot] { QFile::remove(snapshot); });
    if (auto copied = copyLedger(folder, snapshot); !copied)
        return failure(copied.error());
    if (auto added = archive.add(AboutName, about(report)); !added)
        return failure(added.error());
    if (auto added = archive.addFile(u"ledger.db"_s, snapshot); !added)
        return failure(added.error());
    QFile::remove(snapshot);
    if (auto added = addBlobs(archive, folder, report); !added)
        return failure(added.error());
    if (auto finished = archive.finish(); !finished)
        return failure(finished.error());
    report.bytes = archive.size();
    if (auto noted = noteInLedger(folder, now, u"backup_made"_s, QString::number(now)); !noted)
        return failure(noted.error());
    return report;
}

} // namespace Pagedesk::Relay
