// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/attachmentreader.h"

#include "app/sandbox/filekind.h"
#include "app/sandbox/graphrequest.h"
#include "models/messenger/limits.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int MostAttachments = 30; // field reports name 10 and 30
constexpr qint64 UploadLifetimeMs = 90LL * 86'400'000; // Attachment Upload API, 2026
const QStringList Types{u"audio"_s, u"file"_s, u"image"_s, u"template"_s, u"video"_s};

bool isYes(const QJsonValue &value)
{
    return value.toVariant().toString().toLower() == "true"_L1 || value.toInt() == 1;
}

tl::expected<Attachment, GraphError> templateOf(const QJsonObject &payload)
{
    if (!payload.contains(u"template_type"_s))
        return graphFailure(badParameter(u"The template lacks its template_type"_s));
    return Attachment{u"template"_s, {}, {}, {}, {}, payload};
}

} // namespace

AttachmentReader::AttachmentReader(World &world)
    : m_world(world)
{
}

void AttachmentReader::read(const Source &source, const Answer &answer)
{
    if (source.attachments.isEmpty() || source.attachments.size() > MostAttachments) {
        answer(graphFailure(
            badParameter(u"Param message[attachments] has a wrong number of elements"_s)));
        return;
    }
    readNext(std::make_shared<Work>(Work{source, answer, {}, 0}));
}

void AttachmentReader::readNext(const WorkHandle &work)
{
    if (work->next == work->source.attachments.size()) {
        work->answer(work->read);
        return;
    }
    const QJsonObject attachment = work->source.attachments.at(work->next++).toObject();
    const QString type = attachment[u"type"_s].toString().toLower();
    const QJsonObject payload = attachment[u"payload"_s].toObject();
    const QString id = idText(payload[u"attachment_id"_s]);
    if (!Types.contains(type)) {
        const QString names = Types.join(u", "_s);
        take(work,
            graphFailure(
                badParameter(u"Param message[attachment][type] must be one of {%1}"_s.arg(names))));
    } else if (type == "template"_L1) {
        take(work, templateOf(payload));
    } else if (!id.isEmpty()) {
        take(work, saved(work->source, type, id));
    } else {
        readFile(work, type, payload);
    }
}

void AttachmentReader::readFile(
    const WorkHandle &work, const QString &type, const QJsonObject &payload)
{
    const QString url = payload[u"url"_s].toString();
    const bool isReusable = isYes(payload[u"is_reusable"_s]);
    const auto next = [this, work, type, isReusable](tl::expected<MediaFile, GraphError> file) {
        if (file)
            take(work, kept(*work, type, *std::move(file), isReusable));
        else
            take(work, graphFailure(file.error()));
    };
    if (url.isEmpty())
        next(uploaded(work->source.files, type));
    else
        m_fetcher.fetch(QUrl(url), type, next);
}

void AttachmentReader::take(
    const WorkHandle &work, const tl::expected<Attachment, GraphError> &attachment)
{
    if (!attachment) {
        work->answer(graphFailure(attachment.error()));
        return;
    }
    work->read.attachments.append(*attachment);
    readNext(work);
}

Attachment AttachmentReader::kept(Work &work, const QString &type, MediaFile file, bool isReusable)
{
    const MediaFile &stored = m_world.addMedia(std::move(file));
    if (isReusable) {
        work.read.attachmentId
            = m_world.addUpload({{}, work.source.pageId, type, stored.id, work.source.now}).id;
    }
    return {type, stored.id, {}, {}, {}, {}};
}

tl::expected<Attachment, GraphError> AttachmentReader::saved(
    const Source &source, const QString &type, const QString &id) const
{
    const Upload *upload = m_world.upload(id);
    const bool isUsable = upload && upload->pageId == source.pageId && upload->type == type
        && source.now - upload->at < UploadLifetimeMs;
    if (!isUsable)
        return graphFailure(wrongAttachmentId());
    return Attachment{type, upload->mediaId, {}, {}, {}, {}};
}

tl::expected<MediaFile, GraphError> AttachmentReader::uploaded(
    const QList<FormPart> &files, const QString &type)
{
    if (files.isEmpty())
        return graphFailure(
            badParameter(u"Message attachment needs a url, an attachment_id or filedata"_s));
    const FormPart &part = files.constFirst();
    if (part.content.size() > Limits::AttachmentBytes)
        return graphFailure(badParameter(u"Attachment size exceeds allowable limit"_s, 2018109));
    MediaFile file;
    file.bytes = part.content;
    file.name = part.fileName.isEmpty() ? type : part.fileName;
    file.mimeType = part.contentType;
    if (file.mimeType.isEmpty() || file.mimeType == "application/octet-stream"_L1)
        file.mimeType = mimeTypeOfName(file.name);
    const QString real = sniffedMimeType(file.bytes);
    const bool isHonest = real.isEmpty() || suitsAttachmentType(real, type);
    if (file.bytes.isEmpty() || !isHonest || !suitsAttachmentType(file.mimeType, type))
        return graphFailure(badParameter(
            u"Upload attachment failure: the type does not match the file"_s, 2018047));
    const PixelSize size = pixelSize(file.bytes);
    file.width = size.width;
    file.height = size.height;
    return file;
}

} // namespace Pagedesk::Sandbox
