// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/mediajob.h"

#include "app/relay/jobs/thumbnailjob.h"
#include "app/relay/ledger/messages.h"

#include <QMimeDatabase>

namespace Pagedesk::Relay {

namespace {

Attachment refused(Attachment attachment, const QString &reason)
{
    attachment.state = AttachmentState::Refused;
    attachment.reason = reason;
    return attachment;
}

// What an answer means for the attachment; an error when it should be tried again.
Result<Attachment> captured(
    Attachment attachment, const Result<HttpAnswer> &answer, const BlobStore &blobs)
{
    if (!answer && answer.error().kind == Error::Kind::TooLarge)
        return refused(attachment, QStringLiteral("size"));
    if (!answer && answer.error().kind == Error::Kind::Forbidden)
        return refused(attachment, QStringLiteral("address"));
    if (!answer)
        return failure(answer.error());
    if (answer->status >= 500)
        return failure(Error::Kind::Timeout, QStringLiteral("status %1").arg(answer->status));
    if (answer->status != 200) {
        // Signed addresses answer 403 once they have expired.
        attachment.state = AttachmentState::Expired;
        return attachment;
    }
    const auto hash = blobs.put(answer->body);
    if (!hash)
        return failure(hash.error());
    attachment.state = AttachmentState::Captured;
    attachment.hash = *hash;
    attachment.size = answer->body.size();
    attachment.mimeType = QMimeDatabase().mimeTypeForData(answer->body).name();
    return attachment;
}

} // namespace

MediaJob::MediaJob(Ledger &ledger, HttpClient &http, const MediaRules &rules,
    const BlobStore &blobs, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_http(http)
    , m_rules(rules)
    , m_blobs(blobs)
    , m_clock(clock)
{
}

Task<> MediaJob::run(const Job &job)
{
    auto promise = std::make_shared<Promise<>>();
    m_ledger.database()
        .read<std::optional<Message>>([id = MessageId{job.subject}](Connection &connection) {
            return messageById(connection, id);
        })
        .then(this, [this, promise](const Result<std::optional<Message>> &message) {
            if (!message)
                promise->finish(failure(message.error()));
            else if (!*message)
                promise->finish({});
            else
                next(**message, promise);
        });
    return promise->task();
}

void MediaJob::next(const Message &message, const std::shared_ptr<Promise<>> &promise)
{
    for (qsizetype i = 0; i < message.attachments.size(); ++i) {
        const Attachment &attachment = message.attachments.at(i);
        if (attachment.state != AttachmentState::Pending)
            continue;
        const auto call = m_rules.callFor(QUrl(attachment.url));
        if (!call) {
            Message changed = message;
            changed.attachments[i] = refused(attachment, call.error().detail);
            save(changed, i, promise);
            return;
        }
        m_http.call(*call).then(
            this, [this, message, i, promise](const Result<HttpAnswer> &answer) {
                fetched(message, i, answer, promise);
            });
        return;
    }
    promise->finish({});
}

void MediaJob::fetched(const Message &message, qsizetype index, const Result<HttpAnswer> &answer,
    const std::shared_ptr<Promise<>> &promise)
{
    const auto attachment = captured(message.attachments.at(index), answer, m_blobs);
    if (!attachment) {
        promise->finish(failure(attachment.error()));
        return;
    }
    Message changed = message;
    changed.attachments[index] = *attachment;
    save(changed, index, promise);
}

void MediaJob::save(
    const Message &message, qsizetype index, const std::shared_ptr<Promise<>> &promise)
{
    m_ledger
        .write([message, index, now = m_clock.now()](
                   Connection &connection, Ledger::Touched &touched) -> Result<> {
            // The message may have changed meanwhile: only the attachment is ours.
            const auto stored = messageById(connection, message.id);
            if (!stored)
                return failure(stored.error());
            if (!*stored || (*stored)->attachments.size() <= index)
                return {};
            Message changed = **stored;
            changed.attachments[index] = message.attachments.at(index);
            touched.stream(message.pageId.value);
            if (auto updated = updateMessage(connection, changed);
                !updated || !wantsThumbnails(changed))
                return updated;
            touched.jobs = true;
            return addJob(connection, JobKind::Thumbnail, changed.pageId, changed.id.value, now);
        })
        .then(this, [this, message, promise](const Result<> &done) {
            if (done)
                next(message, promise);
            else
                promise->finish(failure(done.error()));
        });
}

} // namespace Pagedesk::Relay
