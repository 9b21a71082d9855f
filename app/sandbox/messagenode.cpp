// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/messagenode.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject list(const QJsonArray &data)
{
    return {{u"data"_s, data}};
}

QJsonObject attachmentNode(const Attachment &attachment, const MediaFile &file, const QString &url)
{
    QJsonObject node{{u"id"_s, file.id}, {u"mime_type"_s, file.mimeType}, {u"name"_s, file.name},
        {u"size"_s, file.bytes.size()}};
    const QJsonObject sizes{{u"width"_s, file.width}, {u"height"_s, file.height}, {u"url"_s, url},
        {u"preview_url"_s, url}};
    if (attachment.type == "image"_L1 || attachment.type == "sticker"_L1) {
        QJsonObject image = sizes;
        image[u"max_width"_s] = file.width;
        image[u"max_height"_s] = file.height;
        image[u"image_type"_s] = 1;
        image[u"render_as_sticker"_s] = attachment.type == "sticker"_L1;
        node[u"image_data"_s] = image;
    } else if (attachment.type == "video"_L1) {
        node[u"video_data"_s] = sizes;
    } else {
        node[u"file_url"_s] = url;
    }
    return node;
}

QJsonValue shares(const Message &message)
{
    QJsonArray data;
    for (const Attachment &attachment : message.attachments) {
        if (attachment.type == "fallback"_L1 || attachment.type == "location"_L1)
            data.append(QJsonObject{{u"link"_s, attachment.url}, {u"name"_s, attachment.title}});
    }
    return data.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(list(data));
}

QJsonValue stickerUrl(const Message &message, const Services &services)
{
    for (const Attachment &attachment : message.attachments) {
        const MediaFile *file = services.world.media(attachment.mediaId);
        if (attachment.type == "sticker"_L1 && file)
            return services.links.url(*file);
    }
    return QJsonValue::Undefined;
}

QJsonValue tags(const Message &message)
{
    QJsonArray data{QJsonObject{{u"name"_s, u"inbox"_s}}};
    data.append(QJsonObject{{u"name"_s, message.isFromCustomer ? u"read"_s : u"sent"_s}});
    return list(data);
}

} // namespace

QJsonObject participant(const Thread &thread, bool isCustomer, const Services &services)
{
    const QString id = isCustomer ? thread.psid : thread.pageId;
    QString name;
    if (isCustomer) {
        const Customer *customer = services.world.customer(id);
        name = customer && customer->sharesProfile ? customer->name() : u"Facebook user"_s;
    } else if (const Page *page = services.world.page(id)) {
        name = page->name;
    }
    return {{u"name"_s, name}, {u"email"_s, id + u"@facebook.com"_s}, {u"id"_s, id}};
}

QJsonArray attachmentNodes(const Message &message, const Services &services)
{
    QJsonArray data;
    for (const Attachment &attachment : message.attachments) {
        if (const MediaFile *file = services.world.media(attachment.mediaId))
            data.append(attachmentNode(attachment, *file, services.links.url(*file)));
        else if (attachment.type == "template"_L1)
            data.append(QJsonObject{
                {u"id"_s, message.mid + u"_0"_s}, {u"generic_template"_s, attachment.payload}});
    }
    return data;
}

GraphResult messageNode(const QList<FieldSpec> &fields, const Thread &thread,
    const Message &message, const Services &services)
{
    using Field = const FieldSpec &;
    const QHash<QString, FieldMaker> makers{{u"id"_s, [&](Field) { return message.mid; }},
        {u"created_time"_s, [&](Field) { return graphTime(message.at); }},
        {u"message"_s, [&](Field) { return message.text; }},
        {u"from"_s, [&](Field) { return participant(thread, message.isFromCustomer, services); }},
        {u"to"_s,
            [&](Field) { return list({participant(thread, !message.isFromCustomer, services)}); }},
        {u"attachments"_s,
            [&](Field) {
                const QJsonArray data = attachmentNodes(message, services);
                return data.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(list(data));
            }},
        {u"shares"_s, [&](Field) { return shares(message); }},
        {u"sticker"_s, [&](Field) { return stickerUrl(message, services); }},
        {u"tags"_s, [&](Field) { return tags(message); }},
        {u"reply_to"_s, [&](Field) {
             return message.replyTo.isEmpty() ? QJsonValue(QJsonValue::Undefined)
                                              : QJsonValue(QJsonObject{{u"mid"_s, message.replyTo},
                                                  {u"is_self_reply"_s, false}});
         }}};
    const auto asked = fields.isEmpty() ? plainFields({u"created_time"_s}) : fields;
    return makeNode(u"Message"_s, asked, makers);
}

} // namespace Pagedesk::Sandbox
