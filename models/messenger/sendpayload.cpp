// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/sendpayload.h"

#include "models/messenger/limits.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk {

namespace {

// What Meta calls a kind; nothing else can be uploaded and sent by id.
QString typeOf(AttachmentKind kind)
{
    switch (kind) {
    case AttachmentKind::Image:
        return u"image"_s;
    case AttachmentKind::Video:
        return u"video"_s;
    case AttachmentKind::Audio:
        return u"audio"_s;
    case AttachmentKind::File:
        return u"file"_s;
    default:
        return {};
    }
}

Result<QByteArray> payload(
    const Psid &to, QJsonObject message, const MessageId &ours, ReplyWindow::State window)
{
    if (to.isEmpty())
        return failure(Error::Kind::Rejected, u"the message has no recipient"_s);
    // Without it no echo could prove that the message went out.
    if (ours.isEmpty() || ours.value.size() >= Limits::MetadataCharacters)
        return failure(Error::Kind::Rejected, u"the message has no usable id of ours"_s);
    message.insert(u"metadata"_s, ours.value);
    QJsonObject body{{u"recipient"_s, QJsonObject{{u"id"_s, to.value}}}, {u"message"_s, message}};
    switch (window) {
    case ReplyWindow::State::Open:
        body.insert(u"messaging_type"_s, u"RESPONSE"_s);
        break;
    case ReplyWindow::State::HumanAgent:
        body.insert(u"messaging_type"_s, u"MESSAGE_TAG"_s);
        body.insert(u"tag"_s, u"HUMAN_AGENT"_s);
        break;
    case ReplyWindow::State::Closed:
    case ReplyWindow::State::NeverOpened:
        return failure(Error::Kind::Rejected, u"the reply window is closed"_s);
    }
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace

Result<QByteArray> textPayload(
    const Psid &to, const QString &text, const MessageId &ours, ReplyWindow::State window)
{
    if (text.trimmed().isEmpty())
        return failure(Error::Kind::Rejected, u"the text is empty"_s);
    if (text.size() > Limits::TextCharacters)
        return failure(Error::Kind::TooLarge,
            u"the text has %1 characters, Meta takes %2"_s.arg(text.size())
                .arg(Limits::TextCharacters));
    return payload(to, {{u"text"_s, text}}, ours, window);
}

Result<QByteArray> attachmentPayload(const Psid &to, AttachmentKind kind,
    const QString &attachmentId, const MessageId &ours, ReplyWindow::State window)
{
    const QString type = typeOf(kind);
    if (type.isEmpty())
        return failure(Error::Kind::Rejected, u"this kind of attachment cannot be sent"_s);
    if (attachmentId.isEmpty())
        return failure(Error::Kind::Rejected, u"the attachment was not uploaded"_s);
    const QJsonObject attachment{
        {u"type"_s, type}, {u"payload"_s, QJsonObject{{u"attachment_id"_s, attachmentId}}}};
    return payload(to, {{u"attachment"_s, attachment}}, ours, window);
}

Result<QByteArray> uploadMessage(AttachmentKind kind)
{
    const QString type = typeOf(kind);
    if (type.isEmpty())
        return failure(Error::Kind::Rejected, u"this kind of attachment cannot be uploaded"_s);
    const QJsonObject attachment{
        {u"type"_s, type}, {u"payload"_s, QJsonObject{{u"is_reusable"_s, true}}}};
    return QJsonDocument(QJsonObject{{u"attachment"_s, attachment}}).toJson(QJsonDocument::Compact);
}

QByteArray typingPayload(const Psid &to)
{
    return QJsonDocument(QJsonObject{{u"recipient"_s, QJsonObject{{u"id"_s, to.value}}},
                             {u"sender_action"_s, u"typing_on"_s}})
        .toJson(QJsonDocument::Compact);
}

QByteArray takingPayload(const Psid &from)
{
    return QJsonDocument(QJsonObject{{u"recipient"_s, QJsonObject{{u"id"_s, from.value}}},
                             {u"metadata"_s, u"Pagedesk"_s}})
        .toJson(QJsonDocument::Compact);
}

} // namespace Pagedesk
