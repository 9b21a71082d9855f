// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/operations.h"

#include "app/relay/access/masterkey.h"
#include "app/relay/access/pagetokens.h"
#include "app/relay/backup/backup.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/maintenancetools.h"
#include "app/relay/replaying.h"
#include "app/relay/verifying.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Pagedesk::Relay::Maintenance {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int RowsAtOnce = 500;

QString lineOf(const AuditRow &row)
{
    const QJsonObject object{{u"id"_s, row.id}, {u"at"_s, row.at}, {u"actor"_s, row.entry.actor},
        {u"action"_s, row.entry.action}, {u"subject"_s, row.entry.subject},
        {u"detail"_s, row.entry.detail}, {u"hash"_s, QString::fromLatin1(row.hash.toHex())}};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString lineOf(const CheckOutcome &outcome)
{
    if (outcome.faults > 0) {
        return u"FAULT %1: %2%3"_s.arg(outcome.name)
            .arg(outcome.faults)
            .arg(outcome.examples.isEmpty() ? QString() : u": "_s + outcome.examples.join(u' '));
    }
    QStringList more;
    if (outcome.looked > 0)
        more.append(QString::number(outcome.looked));
    if (!outcome.note.isEmpty())
        more.append(outcome.note);
    return u"ok %1%2"_s.arg(
        outcome.name, more.isEmpty() ? QString() : u" (%1)"_s.arg(more.join(u", "_s)));
}

// One transaction: before it every token opens with the old key, after it with the new one.
Result<int> sealAnew(const CommandLine &line, const Vault &vault, const QString &keyId)
{
    int count = 0;
    const auto sealed = inLedger(line, false, [&](Connection &connection) -> Result<> {
        const auto before = PageTokens::keyIdOf(connection);
        if (!before)
            return failure(before.error());
        const auto done = PageTokens::sealAll(connection, vault, keyId);
        if (!done)
            return failure(done.error());
        count = *done;
        if (*before == keyId)
            return {}; // an interrupted change had come this far
        return appendAudit(connection, SystemClock().now(),
            {commandLineActor(), u"master_key_rotated"_s, keyId, u"from:"_s + *before});
    });
    if (!sealed)
        return failure(sealed.error());
    return count;
}

// Nobody can give a new environment to a relay that runs.
Result<> rotateInEnvironment(
    const CommandLine &line, const QString &folder, const Vault &vault, const Secret &next)
{
    if (next.isEmpty()) {
        return failure(Error::Kind::Rejected,
            u"the master key comes from the environment, so the new one has to as well: set "
            "PAGEDESK_NEW_MASTER_KEY or PAGEDESK_NEW_MASTER_KEY_FILE"_s);
    }
    FolderLock lock;
    if (const auto locked = lock.take(folder); !locked) {
        return failure(Error::Kind::Conflict,
            u"a relay serves %1 with a key from its environment and could not open the tokens "
            "afterwards: stop it, run this again, and start it with the new key"_s.arg(folder));
    }
    const auto count = sealAnew(line, vault, Vault::keyIdOf(next));
    if (!count)
        return failure(count.error());
    print(u"%1 Page tokens are sealed under the new master key %2"_s.arg(*count).arg(
        Vault::keyIdOf(next)));
    print(u"from now on set PAGEDESK_MASTER_KEY to the new key; backups made before need the old "
          "one"_s);
    return {};
}

Result<> rotateInFolder(const CommandLine &line, const QString &folder, const Secret &wanted)
{
    const auto next = MasterKey::prepareNext(folder, wanted);
    if (!next)
        return failure(next.error());
    const auto vault = MasterKey::vaultFor(folder, MasterKey::IfMissing::Fail);
    if (!vault)
        return failure(vault.error());
    const QString keyId = Vault::keyIdOf(*next);
    const auto count = sealAnew(line, *vault, keyId);
    if (!count)
        return failure(count.error());
    const auto keptAs = MasterKey::install(folder);
    if (!keptAs)
        return failure(keptAs.error());
    print(u"%1 Page tokens are sealed under the new master key %2 in master.key; a relay that "
          "serves goes on by itself"_s.arg(*count)
              .arg(keyId));
    print(u"backups made before need the old key, which is kept in %1: remove it when there are "
          "none"_s.arg(*keptAs));
    return {};
}

// What the master key in this folder or environment means for the tokens of a backup.
void tellOfKey(const QString &folder, const QString &keyId)
{
    if (keyId.isEmpty()) {
        print(u"the backup has no Page tokens, so no master key is needed for it"_s);
        return;
    }
    const auto vault = MasterKey::vaultFor(folder, MasterKey::IfMissing::Fail);
    if (vault && vault->use(keyId)) {
        print(u"the master key %1 is here: the Page tokens open"_s.arg(keyId));
        return;
    }
    print(
        (vault ? u"WARNING: the master key here is %2 and does not open the Page tokens, which "
                 "are sealed under %1."_s.arg(keyId, vault->keyId())
               : u"WARNING: the master key is missing. The Page tokens are sealed under %1."_s.arg(
                   keyId))
        + u" Before you start the relay, put that key into %1/master.key or into "
          "PAGEDESK_MASTER_KEY; without it each Page needs `page add` again."_s.arg(folder));
}

} // namespace

Result<> backup(const CommandLine &line)
{
    const auto folder = line.required(u"data"_s);
    const auto to = line.required(u"to"_s);
    for (const auto *option : {&folder, &to}) {
        if (!*option)
            return failure(option->error());
    }
    const auto report = writeBackup(*folder, *to, SystemClock().now());
    if (!report)
        return failure(report.error());
    print(u"wrote the ledger and %1 attachments, %2 bytes, to %3"_s.arg(report->blobs)
              .arg(report->bytes)
              .arg(*to));
    if (!report->keyId.isEmpty()) {
        print(u"the master key %1 is NOT in it: keep %2 separately. Without it the Page tokens in "
              "the backup cannot be opened."_s.arg(report->keyId,
                  MasterKey::isFromEnvironment() ? u"the key of PAGEDESK_MASTER_KEY"_s
                                                 : *folder + u"/master.key"_s));
    }
    print(u"the backup holds messages in clear: keep it where nobody else can read it"_s);
    return {};
}

Result<> restore(const CommandLine &line)
{
    const auto from = line.required(u"from"_s);
    const auto folder = line.required(u"data"_s);
    for (const auto *option : {&from, &folder}) {
        if (!*option)
            return failure(option->error());
    }
    const auto report = restoreBackup(*from, *folder, SystemClock().now());
    if (!report)
        return failure(report.error());
    print(u"restored the ledger and %1 attachments into %2"_s.arg(report->blobs).arg(*folder));
    for (const QString &fault : report->faults)
        print(u"WARNING: the backup was made with this fault: %1"_s.arg(fault));
    tellOfKey(*folder, report->keyId);
    return {};
}

Result<> printAudit(const CommandLine &line)
{
    bool isNumber = false;
    qint64 after = line.value(u"after"_s, u"0"_s).toLongLong(&isNumber);
    if (!isNumber || after < 0) {
        return failure(
            Error::Kind::Rejected, u"--after is a number from 0: %1"_s.arg(line.value(u"after"_s)));
    }
    return inLedger(line, false, [&after](Connection &connection) -> Result<> {
        for (;;) {
            const auto rows = auditAfter(connection, after, RowsAtOnce);
            if (!rows)
                return failure(rows.error());
            for (const AuditRow &row : *rows) {
                print(lineOf(row));
                after = row.id;
            }
            if (rows->size() < RowsAtOnce)
                return {};
        }
    });
}

Result<> verify(const CommandLine &line)
{
    const auto folder = line.required(u"data"_s);
    if (!folder)
        return failure(folder.error());
    const auto outcomes = verifyFolder(*folder);
    if (!outcomes)
        return failure(outcomes.error());
    qint64 faulty = 0;
    for (const CheckOutcome &outcome : *outcomes) {
        print(lineOf(outcome));
        faulty += outcome.faults > 0 ? 1 : 0;
    }
    if (faulty > 0)
        return failure(Error::Kind::Damaged, u"%1 checks have found faults"_s.arg(faulty));
    return {};
}

Result<> replay(const CommandLine &line)
{
    const auto folder = line.required(u"data"_s);
    if (!folder)
        return failure(folder.error());
    const auto report = replayFolder(*folder);
    if (!report)
        return failure(report.error());
    print(u"%1 events gave %2 messages; %3 of them are replies of our own, %4 messages came "
          "without an event"_s.arg(report->events)
              .arg(report->messages)
              .arg(report->ownReplies)
              .arg(report->withoutEvent));
    for (const QString &difference : report->differences)
        print(u"DIFFERENCE "_s + difference);
    if (report->differing == 0)
        return {};
    return failure(Error::Kind::Damaged,
        u"%1 messages are not what their events say"_s.arg(report->differing));
}

Result<> rotateMasterKey(const CommandLine &line)
{
    const auto folder = line.required(u"data"_s);
    if (!folder)
        return failure(folder.error());
    const auto wanted = MasterKey::replacement();
    if (!wanted)
        return failure(wanted.error());
    const auto vault = MasterKey::vaultFor(*folder, MasterKey::IfMissing::Fail);
    if (!vault)
        return failure(vault.error());
    return MasterKey::isFromEnvironment() ? rotateInEnvironment(line, *folder, *vault, *wanted)
                                          : rotateInFolder(line, *folder, *wanted);
}

} // namespace Pagedesk::Relay::Maintenance
