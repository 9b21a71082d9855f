// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/webhookattachments.h"

#include <QUrl>

#include <algorithm>
#include <array>
#include <utility>

namespace Pagedesk {

namespace {

constexpr qsizetype MaxAttachments = 100; // the most seen in one message is 30
constexpr qsizetype MaxNameCharacters = 120;
constexpr qsizetype MaxUrlCharacters = 8192; // beyond it no server answers

// Source: Messenger Platform, "Webhooks: messages", read 2026-09; "share" is the older name of
// "fallback".
constexpr std::array<std::pair<std::string_view, AttachmentKind>, 14> Types{{
    {"image", AttachmentKind::Image},
    {"video", AttachmentKind::Video},
    {"audio", AttachmentKind::Audio},
    {"file", AttachmentKind::File},
    {"sticker", AttachmentKind::Sticker},
    {"fallback", AttachmentKind::Link},
    {"share", AttachmentKind::Link},
    {"reel", AttachmentKind::Reel},
    {"ig_reel", AttachmentKind::Reel},
    {"post", AttachmentKind::Post},
    {"ig_post", AttachmentKind::Post},
    {"template", AttachmentKind::Template},
    {"appointment_booking", AttachmentKind::Appointment},
    {"location", AttachmentKind::Location},
}};

AttachmentKind kindOf(const JsonValue &type)
{
    for (const auto &[name, kind] : Types) {
        if (type.bytes() == name)
            return kind;
    }
    return AttachmentKind::Unknown;
}

QString firstText(std::initializer_list<JsonValue> values)
{
    for (const JsonValue &value : values) {
        if (QString text = value.text(); !text.isEmpty())
            return text;
    }
    return {};
}

JsonValue firstOf(const JsonValue &list)
{
    return list.isArray() && list.hasChildren() ? *list.begin() : JsonValue();
}

// Webhooks do not tell a file's name, but the address ends in it. Kept short and free of anything
// that could pass for a path or turn the writing direction.
QString fileNameFrom(const QString &url)
{
    if (url.size() > MaxUrlCharacters)
        return {};
    QString name = QUrl(url).fileName(QUrl::FullyDecoded);
    name.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
            || c == u'/' || c == u'\\';
    });
    if (name.size() > MaxNameCharacters) {
        name = name.right(MaxNameCharacters); // the end holds the suffix
        if (name.front().isLowSurrogate())
            name.remove(0, 1);
    }
    return name == u"." || name == u".." ? QString() : name;
}

QString nameOf(const JsonValue &attachment, AttachmentKind kind, const QString &url)
{
    const JsonValue payload = attachment["payload"];
    switch (kind) {
    case AttachmentKind::File:
        return fileNameFrom(url);
    case AttachmentKind::Template:
        return firstText(
            {attachment["title"], payload["title"], firstOf(payload["elements"])["title"],
                firstOf(payload["product"]["elements"])["title"], payload["text"]});
    case AttachmentKind::Appointment:
        return payload["status"].text();
    default:
        return firstText({payload["title"], attachment["title"]});
    }
}

Attachment readAttachment(const JsonValue &value)
{
    const JsonValue payload = value["payload"];
    Attachment attachment;
    attachment.kind = kindOf(value["type"]);
    attachment.url = firstText({payload["url"], value["url"]});
    if (const QString id = payload["sticker_id"].text(); id.size() <= MaxNameCharacters)
        attachment.stickerId = id;
    if (attachment.kind == AttachmentKind::Image && !attachment.stickerId.isEmpty())
        attachment.kind = AttachmentKind::Sticker; // the form of before 2026-06-01
    attachment.name = nameOf(value, attachment.kind, attachment.url);
    if (attachment.kind == AttachmentKind::Location) {
        const JsonValue coordinates = payload["coordinates"];
        attachment.latitude = coordinates["lat"].toDouble().value_or(0);
        attachment.longitude = coordinates["long"].toDouble().value_or(0);
    }
    if (hasMedia(attachment.kind) && !attachment.url.isEmpty())
        attachment.state = AttachmentState::Pending;
    return attachment;
}

bool isPicture(const Attachment &attachment)
{
    return attachment.kind == AttachmentKind::Sticker || attachment.kind == AttachmentKind::Image;
}

bool isSameSticker(const Attachment &a, const Attachment &b)
{
    if (!isPicture(a) || !isPicture(b))
        return false;
    if (a.kind != AttachmentKind::Sticker && b.kind != AttachmentKind::Sticker)
        return false;
    return (!a.url.isEmpty() && a.url == b.url)
        || (!a.stickerId.isEmpty() && a.stickerId == b.stickerId);
}

void addOrMerge(QList<Attachment> &attachments, Attachment next)
{
    const auto twin = std::find_if(attachments.begin(), attachments.end(),
        [&next](const Attachment &known) { return isSameSticker(known, next); });
    if (twin == attachments.end()) {
        attachments.append(std::move(next));
        return;
    }
    twin->kind = AttachmentKind::Sticker;
    if (twin->stickerId.isEmpty())
        twin->stickerId = next.stickerId;
    if (twin->url.isEmpty()) {
        twin->url = next.url;
        twin->state = next.state;
    }
}

} // namespace

QList<Attachment> readAttachments(const JsonValue &list)
{
    QList<Attachment> attachments;
    if (!list.isArray())
        return attachments;
    for (const JsonValue value : list) {
        if (attachments.size() == MaxAttachments)
            break;
        addOrMerge(attachments, readAttachment(value));
    }
    return attachments;
}

} // namespace Pagedesk
