// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/dispatch/metafiles.h"

#include "models/base/logging.h"
#include "models/messenger/limits.h"

#include <QFile>
#include <QMimeDatabase>

namespace Pagedesk::Relay {

namespace {

// Large bodies at the same time only slow each other down.
constexpr int MostAtOnce = 3;

MetaFiles::Outcome refused(FailureKind why)
{
    MetaFiles::Outcome outcome;
    outcome.verdict.outcome = SendVerdict::Outcome::Failed;
    outcome.verdict.failure = why;
    return outcome;
}

} // namespace

MetaFiles::MetaFiles(
    Ledger &ledger, GraphClient &graph, const BlobStore &blobs, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_graph(graph)
    , m_blobs(blobs)
    , m_clock(clock)
{
}

Task<MetaFiles::Outcome> MetaFiles::idFor(
    const PageId &page, const Attachment &attachment, const Secret &token)
{
    // Customers see the name of a file, so it belongs to what is kept.
    const bool isFile = attachment.kind == AttachmentKind::File;
    const MetaAttachment wanted{
        page, attachment.hash, attachment.kind, isFile ? attachment.name : QString(), {}};
    const Work work{wanted, token, std::make_shared<Promise<Outcome>>()};
    m_ledger.database()
        .read<MetaAttachment>(
            [wanted, since = m_clock.now() - Limits::AttachmentIdLifeMs](
                Connection &connection) { return knownAtMeta(connection, wanted, since); })
        .then(this, [this, work](const Result<MetaAttachment> &known) {
            if (known && !known->id.isEmpty()) {
                work.promise->finish(Outcome{known->id, true, {}});
                return;
            }
            m_waiting.push_back(work);
            uploadNext();
        });
    return work.promise->task();
}

Task<> MetaFiles::forget(const PageId &page, const QString &attachmentId)
{
    return m_ledger.write([page, attachmentId](Connection &connection, Ledger::Touched &) {
        return forgetAtMeta(connection, page, attachmentId);
    });
}

void MetaFiles::uploadNext()
{
    while (m_running < MostAtOnce && !m_waiting.empty()) {
        const Work work = m_waiting.front();
        m_waiting.pop_front();
        upload(work);
    }
}

void MetaFiles::upload(const Work &work)
{
    const auto path = m_blobs.find(work.wanted.hash);
    if (!path) {
        qCWarning(logDispatch) << "a file to be sent is gone:" << work.wanted.hash;
        work.promise->finish(refused(FailureKind::AttachmentRefused));
        return;
    }
    // The ending tells apart what begins alike, documents that are archives for instance.
    QFile file(*path);
    const QMimeType type = file.open(QIODevice::ReadOnly)
        ? QMimeDatabase().mimeTypeForFileNameAndData(work.wanted.name, &file)
        : QMimeType();
    ++m_running;
    m_graph
        .upload(work.wanted.page, work.token,
            {work.wanted.kind, *path,
                work.wanted.name.isEmpty() ? QStringLiteral("file.") + type.preferredSuffix()
                                           : work.wanted.name,
                type.name().toLatin1()})
        .then(this, [this, work](const Result<UploadAnswer> &answer) {
            --m_running;
            finish(work, answer.value_or(UploadAnswer{}));
            uploadNext();
        });
}

void MetaFiles::finish(const Work &work, const UploadAnswer &answer)
{
    if (answer.attachmentId.isEmpty()) {
        work.promise->finish(Outcome{{}, false, answer.verdict});
        return;
    }
    MetaAttachment kept = work.wanted;
    kept.id = answer.attachmentId;
    m_ledger
        .write([kept, now = m_clock.now()](Connection &connection, Ledger::Touched &) {
            return keepAtMeta(connection, kept, now);
        })
        .then(this, [work, id = kept.id](const Result<> &) {
            // Not kept is no reason not to send; it is uploaded again for the next one.
            work.promise->finish(Outcome{id, false, {}});
        });
}

} // namespace Pagedesk::Relay
