// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/graphattachments.h"

#include <algorithm>
#include <limits>

namespace Pagedesk {

namespace {

constexpr qsizetype MaxAttachments = 100;
constexpr qsizetype MaxNameCharacters = 120;
constexpr qsizetype MaxUrlCharacters = 8192; // beyond it no server answers

QString firstText(std::initializer_list<JsonValue> values)
{
    for (const JsonValue &value : values) {
        if (QString text = value.text(); !text.isEmpty())
            return text;
    }
    return {};
}

QString urlFrom(std::initializer_list<JsonValue> values)
{
    const QString url = firstText(values);
    return url.size() <= MaxUrlCharacters ? url : QString();
}

// Free of anything that could pass for a path or turn the writing direction; the end is kept,
// because it holds the suffix.
QString fileName(QString name)
{
    name.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
            || c == u'/' || c == u'\\';
    });
    name = name.right(MaxNameCharacters);
    if (!name.isEmpty() && name.front().isLowSurrogate())
        name.remove(0, 1);
    return name == u"." || name == u".." ? QString() : name;
}

int pixels(const JsonValue &value)
{
    return static_cast<int>(std::clamp<qint64>(value.toInt64().value_or(0), 0, 100'000));
}

AttachmentKind kindOfMimeType(const QString &type)
{
    if (type.startsWith(QLatin1StringView("image/")))
        return AttachmentKind::Image;
    if (type.startsWith(QLatin1StringView("video/")))
        return AttachmentKind::Video;
    if (type.startsWith(QLatin1StringView("audio/")))
        return AttachmentKind::Audio;
    return AttachmentKind::File;
}

void readPicture(const JsonValue &data, AttachmentKind kind, Attachment &attachment)
{
    attachment.kind = kind;
    attachment.url = urlFrom({data["animated_gif_url"], data["url"], data["preview_url"]});
    attachment.width = pixels(data["width"]);
    attachment.height = pixels(data["height"]);
}

Attachment attachmentFrom(const JsonValue &value)
{
    Attachment attachment;
    if (const JsonValue image = value["image_data"]; image.isObject()) {
        const bool isSticker = image["render_as_sticker"].isTrue();
        readPicture(image, isSticker ? AttachmentKind::Sticker : AttachmentKind::Image, attachment);
    } else if (const JsonValue video = value["video_data"]; video.isObject()) {
        readPicture(video, AttachmentKind::Video, attachment);
        attachment.url = urlFrom({video["url"]}); // never the still picture for the film
    } else if (const JsonValue form = value["generic_template"]; form.isObject()) {
        attachment.kind = AttachmentKind::Template;
        attachment.name = form["title"].text();
    } else if (!value["file_url"].isAbsent() || !value["mime_type"].isAbsent()) {
        attachment.kind = kindOfMimeType(value["mime_type"].text());
        attachment.url = urlFrom({value["file_url"]});
        if (attachment.kind == AttachmentKind::File)
            attachment.name = fileName(value["name"].text());
    }
    attachment.size = std::max<qint64>(value["size"].toInt64().value_or(0), 0);
    return attachment;
}

Attachment shareFrom(const JsonValue &value)
{
    const std::string_view type = value["type"].bytes();
    Attachment share;
    share.kind = AttachmentKind::Link;
    if (type == "post" || type == "ig_post")
        share.kind = AttachmentKind::Post;
    else if (type == "reel" || type == "ig_reel")
        share.kind = AttachmentKind::Reel;
    else if (type == "sticker" || type == "ai_sticker")
        share.kind = AttachmentKind::Sticker;
    share.url = urlFrom({value["url"], value["link"]});
    share.name = firstText({value["title"], value["name"]});
    return share;
}

JsonValue listOf(const JsonValue &value)
{
    return value["data"].isArray() ? value["data"] : value;
}

template <typename Read>
void append(QList<Attachment> &attachments, const JsonValue &list, const Read &read)
{
    if (!list.isArray())
        return;
    for (const JsonValue value : list) {
        if (attachments.size() == MaxAttachments)
            return;
        if (value.isObject())
            attachments.append(read(value));
    }
}

void addSticker(QList<Attachment> &attachments, const QString &url)
{
    const auto isPicture = [](const Attachment &known) {
        return known.kind == AttachmentKind::Sticker || known.kind == AttachmentKind::Image;
    };
    const auto twin = std::find_if(attachments.begin(), attachments.end(), isPicture);
    if (twin != attachments.end()) {
        twin->kind = AttachmentKind::Sticker;
        if (twin->url.isEmpty())
            twin->url = url;
        return;
    }
    Attachment sticker;
    sticker.kind = AttachmentKind::Sticker;
    sticker.url = url;
    attachments.append(sticker);
}

} // namespace

QList<Attachment> readGraphAttachments(const JsonValue &message)
{
    QList<Attachment> attachments;
    append(attachments, listOf(message["attachments"]), attachmentFrom);
    append(attachments, listOf(message["shares"]), shareFrom);
    if (const QString url = urlFrom({message["sticker"]}); !url.isEmpty())
        addSticker(attachments, url);
    for (Attachment &attachment : attachments) {
        if (hasMedia(attachment.kind) && !attachment.url.isEmpty())
            attachment.state = AttachmentState::Pending;
    }
    return attachments;
}

} // namespace Pagedesk
