// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/thumbnailjob.h"

#include "app/relay/ledger/messages.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

bool isToBeSeen(const Attachment &attachment)
{
    return attachment.state == AttachmentState::Captured && attachment.thumbnail.isEmpty()
        && (attachment.kind == AttachmentKind::Image || attachment.kind == AttachmentKind::Sticker);
}

// What is to be looked at, and what is known of it.
struct Seen {
    qsizetype index = -1; // -1: nothing more
    QString hash;
    std::optional<KeptFile> file;
};

Result<Seen> nextOf(Connection &connection, const MessageId &id, qsizetype from)
{
    const auto message = messageById(connection, id);
    if (!message)
        return failure(message.error());
    const QList<Attachment> attachments = *message ? (*message)->attachments : QList<Attachment>();
    for (qsizetype i = from; i < attachments.size(); ++i) {
        if (!isToBeSeen(attachments.at(i)))
            continue;
        const auto file = fileByHash(connection, attachments.at(i).hash);
        if (!file)
            return failure(file.error());
        return Seen{i, attachments.at(i).hash, *file};
    }
    return Seen{};
}

} // namespace

bool wantsThumbnails(const Message &message)
{
    return std::any_of(message.attachments.begin(), message.attachments.end(), isToBeSeen);
}

ThumbnailJob::ThumbnailJob(
    Ledger &ledger, const BlobStore &blobs, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_blobs(blobs)
    , m_clock(clock)
{
}

Task<> ThumbnailJob::run(const Job &job)
{
    const auto ending = std::make_shared<Promise<>>();
    next({job.subject}, 0, ending);
    return ending->task();
}

void ThumbnailJob::next(const MessageId &id, qsizetype index, const Ending &ending)
{
    m_ledger.database()
        .read<Seen>([id, index](Connection &connection) { return nextOf(connection, id, index); })
        .then(this, [this, id, ending](const Result<Seen> &seen) {
            if (!seen)
                ending->finish(failure(seen.error()));
            else if (seen->index < 0)
                ending->finish({});
            else if (seen->file && seen->file->width > 0)
                save(id, seen->index, *seen->file, ending);
            else
                look(id, seen->index, seen->hash, ending);
        });
}

void ThumbnailJob::look(
    const MessageId &id, qsizetype index, const QString &hash, const Ending &ending)
{
    const auto picture = m_blobs.get(hash);
    if (!picture) {
        ending->finish(failure(picture.error()));
        return;
    }
    m_thumbnailer.make(*picture).then(
        this, [this, id, index, hash, ending](const Result<Thumbnail> &thumbnail) {
            made(id, index, hash, thumbnail, ending);
        });
}

void ThumbnailJob::made(const MessageId &id, qsizetype index, const QString &hash,
    const Result<Thumbnail> &thumbnail, const Ending &ending)
{
    if (!thumbnail && thumbnail.error().kind == Error::Kind::Rejected) {
        next(id, index + 1, ending); // desktops say that it cannot be shown
        return;
    }
    if (!thumbnail) {
        ending->finish(failure(thumbnail.error()));
        return;
    }
    KeptFile file{hash, 0, {}, thumbnail->width, thumbnail->height, {}};
    if (!thumbnail->picture.isEmpty()) {
        const auto kept = m_blobs.put(thumbnail->picture);
        if (!kept) {
            ending->finish(failure(kept.error()));
            return;
        }
        file.thumbnail = *kept;
    }
    save(id, index, file, ending);
}

void ThumbnailJob::save(
    const MessageId &id, qsizetype index, const KeptFile &file, const Ending &ending)
{
    m_ledger
        .write([id, index, file, now = m_clock.now()](
                   Connection &connection, Ledger::Touched &touched) -> Result<> {
            // The message may have changed meanwhile: only what was seen is ours.
            const auto stored = messageById(connection, id);
            if (!stored)
                return failure(stored.error());
            if (!*stored || (*stored)->attachments.size() <= index)
                return {};
            Message message = **stored;
            Attachment &attachment = message.attachments[index];
            if (attachment.hash != file.hash)
                return {};
            KeptFile known = file;
            known.size = attachment.size;
            known.mimeType = attachment.mimeType;
            if (auto noted = noteSeen(connection, known, now); !noted)
                return noted;
            if (attachment.width == file.width && attachment.height == file.height
                && attachment.thumbnail == file.thumbnail)
                return {};
            attachment.width = file.width;
            attachment.height = file.height;
            attachment.thumbnail = file.thumbnail;
            touched.stream(message.pageId.value);
            return updateMessage(connection, message);
        })
        .then(this, [this, id, index, ending](const Result<> &done) {
            if (done)
                next(id, index + 1, ending);
            else
                ending->finish(failure(done.error()));
        });
}

} // namespace Pagedesk::Relay
