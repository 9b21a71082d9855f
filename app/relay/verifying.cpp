// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/verifying.h"

#include "app/relay/access/masterkey.h"
#include "app/relay/access/pagetokens.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/media/blobstore.h"

#include <QCryptographicHash>
#include <QDir>
#include <QMultiHash>

#include <future>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

struct Snapshot {
    QList<CheckOutcome> outcomes;
    QMultiHash<QString, QString> blobs; // hash, id of what needs it
};

Result<CheckOutcome> checkTokens(Connection &connection, const QString &folder)
{
    CheckOutcome outcome{u"every Page token opens"_s};
    const auto pages = allPages(connection);
    if (!pages)
        return failure(pages.error());
    const auto vault = MasterKey::vaultFor(folder, MasterKey::IfMissing::Fail);
    for (const Page &page : *pages) {
        const auto sealed = sealedTokenOf(connection, page.id);
        if (!sealed)
            return failure(sealed.error());
        if (sealed->isEmpty())
            continue; // removed
        ++outcome.looked;
        if (vault && !PageTokens::open(*vault, page.id, *sealed))
            outcome.add(page.id.value);
    }
    if (!vault && vault.error().kind != Error::Kind::NotFound)
        return failure(vault.error());
    if (!vault && outcome.looked > 0)
        outcome.note = u"not tried: the master key is not here"_s;
    return outcome;
}

Result<> look(Connection &connection, const QString &folder, Snapshot &snapshot)
{
    const auto outcomes = checkRows(connection);
    if (!outcomes)
        return failure(outcomes.error());
    snapshot.outcomes = *outcomes;
    const auto tokens = checkTokens(connection, folder);
    if (!tokens)
        return failure(tokens.error());
    snapshot.outcomes.append(*tokens);
    return eachBlob(connection,
        [&snapshot](const QString &hash, const QString &id) { snapshot.blobs.insert(hash, id); });
}

// Outside of the snapshot, which keeps the write-ahead log from being put away. Attachments are
// written before the rows that name them and never change.
CheckOutcome checkBlobs(const QMultiHash<QString, QString> &blobs, const QString &folder)
{
    CheckOutcome outcome{u"every captured attachment is there and whole"_s};
    const BlobStore store(QDir(folder).filePath(u"media"_s));
    const QStringList hashes = blobs.uniqueKeys();
    for (const QString &hash : hashes) {
        ++outcome.looked;
        const auto bytes = store.get(hash);
        const bool whole = bytes
            && QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256).toHex()
                == hash.toLatin1();
        if (!whole)
            outcome.add(blobs.value(hash));
    }
    return outcome;
}

} // namespace

Result<QList<CheckOutcome>> verifyFolder(const QString &folder)
{
    Ledger ledger;
    if (const auto opened = ledger.open(folder, false); !opened)
        return failure(opened.error());
    Snapshot snapshot;
    std::promise<Result<>> looked;
    ledger.database().submitRead([&](Connection &connection) {
        looked.set_value(
            inSnapshot(connection, [&] { return look(connection, folder, snapshot); }));
    });
    if (const auto done = looked.get_future().get(); !done)
        return failure(done.error());
    snapshot.outcomes.append(checkBlobs(snapshot.blobs, folder));
    return snapshot.outcomes;
}

} // namespace Pagedesk::Relay
