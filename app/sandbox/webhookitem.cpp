// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/webhookitem.h"

#include <QHash>
#include <QJsonDocument>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject idObject(const QString &id)
{
    return {{u"id"_s, id}};
}

// Some ids are numbers in Meta's bodies; one that is no number stays text.
QJsonValue numericId(const QString &id)
{
    bool isNumber = false;
    const qint64 number = id.toLongLong(&isNumber);
    return isNumber ? QJsonValue(number) : QJsonValue(id);
}

QJsonObject item(const QString &sender, const QString &recipient, qint64 at)
{
    return {{u"sender"_s, idObject(sender)}, {u"recipient"_s, idObject(recipient)},
        {u"timestamp"_s, at}};
}

QJsonObject attachmentJson(
    const Attachment &attachment, const World &world, const MediaLinks &links)
{
    const MediaFile *file = world.media(attachment.mediaId);
    QJsonObject payload = attachment.payload;
    if (file)
        payload[u"url"_s] = links.url(*file);
    else if (!attachment.url.isEmpty())
        payload[u"url"_s] = attachment.url;
    if (!attachment.title.isEmpty())
        payload[u"title"_s] = attachment.title;
    if (!attachment.stickerId.isEmpty())
        payload[u"sticker_id"_s] = numericId(attachment.stickerId);
    return {{u"type"_s, attachment.type}, {u"payload"_s, payload}};
}

QJsonObject messageJson(const Message &message, const World &world, const MediaLinks &links)
{
    QJsonObject json{{u"mid"_s, message.mid}};
    if (!message.text.isEmpty())
        json[u"text"_s] = message.text;
    if (!message.replyTo.isEmpty())
        json[u"reply_to"_s] = QJsonObject{{u"mid"_s, message.replyTo}};
    if (!message.quickReplyPayload.isEmpty())
        json[u"quick_reply"_s] = QJsonObject{{u"payload"_s, message.quickReplyPayload}};
    QJsonArray attachments;
    for (const Attachment &attachment : message.attachments)
        attachments.append(attachmentJson(attachment, world, links));
    if (!attachments.isEmpty())
        json[u"attachments"_s] = attachments;
    return json;
}

// Meta's names of the seven usual reactions; every other emoji is "other".
QString reactionName(const QString &emoji)
{
    static const QHash<QString, QString> Names{{u"❤"_s, u"love"_s}, {u"❤️"_s, u"love"_s},
        {u"😆"_s, u"smile"_s}, {u"😮"_s, u"wow"_s}, {u"😢"_s, u"sad"_s}, {u"😠"_s, u"angry"_s},
        {u"👍"_s, u"like"_s}, {u"👎"_s, u"dislike"_s}};
    return Names.value(emoji, u"other"_s);
}

} // namespace

QString fieldOfKind(const QString &kind)
{
    static const QHash<QString, QString> Fields{{u"message"_s, u"messages"_s},
        {u"message_echo"_s, u"message_echoes"_s}, {u"delivery"_s, u"message_deliveries"_s},
        {u"read"_s, u"message_reads"_s}, {u"reaction"_s, u"message_reactions"_s},
        {u"handover"_s, u"messaging_handovers"_s}};
    return Fields.value(kind);
}

OutgoingEvent messageEvent(
    const Thread &thread, const Message &message, const World &world, const MediaLinks &links)
{
    QJsonObject json = item(thread.psid, thread.pageId, message.at);
    json[u"message"_s] = messageJson(message, world, links);
    return {thread.pageId, u"message"_s, json};
}

OutgoingEvent echoEvent(
    const Thread &thread, const Message &message, const World &world, const MediaLinks &links)
{
    QJsonObject echo = messageJson(message, world, links);
    echo[u"is_echo"_s] = true;
    if (!message.appId.isEmpty())
        echo[u"app_id"_s] = numericId(message.appId);
    if (!message.metadata.isEmpty())
        echo[u"metadata"_s] = message.metadata;
    QJsonObject json = item(thread.pageId, thread.psid, message.at);
    json[u"message"_s] = echo;
    return {thread.pageId, u"message_echo"_s, json};
}

OutgoingEvent deliveryEvent(
    const Thread &thread, const QStringList &mids, qint64 watermark, qint64 at)
{
    QJsonObject json = item(thread.psid, thread.pageId, at);
    json[u"delivery"_s]
        = QJsonObject{{u"mids"_s, QJsonArray::fromStringList(mids)}, {u"watermark"_s, watermark}};
    return {thread.pageId, u"delivery"_s, json};
}

OutgoingEvent readEvent(const Thread &thread, qint64 watermark, qint64 at)
{
    QJsonObject json = item(thread.psid, thread.pageId, at);
    json[u"read"_s] = QJsonObject{{u"watermark"_s, watermark}};
    return {thread.pageId, u"read"_s, json};
}

OutgoingEvent reactionEvent(
    const Thread &thread, const QString &mid, const QString &emoji, qint64 at)
{
    QJsonObject reaction{
        {u"mid"_s, mid}, {u"action"_s, emoji.isEmpty() ? u"unreact"_s : u"react"_s}};
    if (!emoji.isEmpty()) {
        reaction[u"emoji"_s] = emoji;
        reaction[u"reaction"_s] = reactionName(emoji);
    }
    QJsonObject json = item(thread.psid, thread.pageId, at);
    json[u"reaction"_s] = reaction;
    return {thread.pageId, u"reaction"_s, json};
}

OutgoingEvent handoverEvent(const Thread &thread, const QString &action, const QString &previousApp,
    const QString &newApp, qint64 at)
{
    QJsonObject json = item(thread.psid, thread.pageId, at);
    json[action] = QJsonObject{{u"previous_owner_app_id"_s,
                                   previousApp.isEmpty() ? QJsonValue() : QJsonValue(previousApp)},
        {u"new_owner_app_id"_s, newApp}, {u"metadata"_s, QString()}};
    return {thread.pageId, u"handover"_s, json};
}

QByteArray toMetaJson(const QJsonObject &object)
{
    const QString text = QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    QByteArray escaped;
    escaped.reserve(text.size() + text.size() / 8);
    for (const QChar character : text) {
        const ushort unit = character.unicode();
        if (unit == '/') {
            escaped.append("\\/");
        } else if (unit < 0x80) {
            escaped.append(char(unit));
        } else {
            escaped.append("\\u");
            escaped.append(QByteArray::number(unit, 16).rightJustified(4, '0'));
        }
    }
    return escaped;
}

} // namespace Pagedesk::Sandbox
