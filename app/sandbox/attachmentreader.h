// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/mediafetcher.h"
#include "app/sandbox/multipart.h"
#include "app/sandbox/world.h"

#include <memory>

namespace Pagedesk::Sandbox {

// Turns the attachments of a send or upload call into ones the customer gets: uploaded with the
// call, saved before, or behind an address.
class AttachmentReader final : public QObject {
    Q_OBJECT
public:
    struct Source {
        QString pageId;
        QJsonArray attachments; // as in message.attachments
        QList<FormPart> files; // of a multipart call
        qint64 now = 0;
    };
    struct Read {
        QList<Attachment> attachments;
        QString attachmentId; // of a reusable one, else empty
    };
    using Answer = std::function<void(tl::expected<Read, GraphError>)>;

    explicit AttachmentReader(World &world);

    void read(const Source &source, const Answer &answer);

private:
    struct Work {
        Source source;
        Answer answer;
        Read read;
        int next = 0;
    };
    using WorkHandle = std::shared_ptr<Work>;

    void readNext(const WorkHandle &work);
    void readFile(const WorkHandle &work, const QString &type, const QJsonObject &payload);
    // One attachment is there, or there is none: goes on, or answers.
    void take(const WorkHandle &work, const tl::expected<Attachment, GraphError> &attachment);
    Attachment kept(Work &work, const QString &type, MediaFile file, bool isReusable);
    tl::expected<Attachment, GraphError> saved(
        const Source &source, const QString &type, const QString &id) const;
    static tl::expected<MediaFile, GraphError> uploaded(
        const QList<FormPart> &files, const QString &type);

    World &m_world;
    MediaFetcher m_fetcher;
};

} // namespace Pagedesk::Sandbox
