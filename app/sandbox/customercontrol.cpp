// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/customercontrol.h"

#include "app/sandbox/filekind.h"
#include "app/sandbox/graphrequest.h"
#include "app/sandbox/messengerprofile.h"
#include "app/sandbox/png.h"
#include "app/sandbox/seed.h"

#include <algorithm>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

const QStringList Types{
    u"image"_s, u"audio"_s, u"video"_s, u"file"_s, u"sticker"_s, u"fallback"_s, u"location"_s};
constexpr qsizetype LongestPsid = 32;
// Source: Messenger Platform, "Conversation Routing", 2025-09.
constexpr const char *PageInboxApp = "263902037430900";

auto wrong(const QString &sentence)
{
    return failure(Error::Kind::Rejected, sentence);
}

bool isPsid(const QString &psid)
{
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    return !psid.isEmpty() && psid.size() <= LongestPsid
        && std::all_of(psid.begin(), psid.end(), isDigit);
}

MediaFile somePhoto(quint32 seed)
{
    const Picture picture = drawPhoto(640, 480, seed);
    return {{}, encodePng(picture), u"image/png"_s, u"photo.png"_s, picture.width, picture.height};
}

Result<MediaFile> givenFile(const QJsonObject &json, const QString &type)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        json[u"base64"_s].toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return wrong(u"attachment.base64: is not base64"_s);
    MediaFile file;
    file.bytes = decoded.decoded;
    file.name = json[u"name"_s].toString(type);
    const QString sniffed = sniffedMimeType(file.bytes);
    file.mimeType
        = json[u"mimeType"_s].toString(sniffed.isEmpty() ? mimeTypeOfName(file.name) : sniffed);
    const PixelSize size = pixelSize(file.bytes);
    file.width = size.width;
    file.height = size.height;
    return file;
}

} // namespace

CustomerControl::CustomerControl(World &world, Messaging &messaging, const QString &ownApp)
    : m_world(world)
    , m_messaging(messaging)
    , m_ownApp(ownApp)
{
}

CustomerControl::Answer CustomerControl::write(const QString &psid, const QJsonObject &body)
{
    if (!isPsid(psid))
        return wrong(u"psid: must be up to %1 digits"_s.arg(LongestPsid));
    const auto pageId = pageFor(psid, body);
    if (!pageId)
        return failure(pageId.error());
    if (const Page *page = m_world.page(*pageId); page && !page->isPublished)
        return wrong(u"pageId: the Page is not published, so customers cannot find it"_s);
    auto written = message(body);
    if (!written)
        return failure(written.error());
    const QString name = body[u"name"_s].toString();
    if (!m_world.customer(psid))
        m_world.addCustomer(newCustomer(psid, name));
    Thread &thread = m_world.openThread(*pageId, psid);
    const QString mid = m_messaging.customerWrites(thread, *std::move(written));
    return QJsonObject{{u"mid"_s, mid}};
}

CustomerControl::Answer CustomerControl::messages(const QString &psid, const QString &pageId) const
{
    if (!m_world.customer(psid))
        return failure(Error::Kind::NotFound, u"psid: there is no such customer"_s);
    QList<QJsonObject> all;
    QJsonArray typing;
    for (const Thread *thread : m_world.threadsOf(psid)) {
        if (!pageId.isEmpty() && thread->pageId != pageId)
            continue;
        for (const Message &each : thread->messages)
            all.append(shown(*thread, each));
        for (const qint64 at : thread->typingAt)
            typing.append(QJsonObject{{u"pageId"_s, thread->pageId}, {u"at"_s, at}});
    }
    std::stable_sort(all.begin(), all.end(), [](const QJsonObject &left, const QJsonObject &right) {
        return left[u"at"_s].toInteger() < right[u"at"_s].toInteger();
    });
    QJsonArray array;
    for (const QJsonObject &each : std::as_const(all))
        array.append(each);
    return QJsonObject{{u"messages"_s, array}, {u"typing"_s, typing}};
}

CustomerControl::Answer CustomerControl::profile(const QString &psid, const QString &pageId) const
{
    const Customer *customer = m_world.customer(psid);
    if (!customer)
        return failure(Error::Kind::NotFound, u"psid: there is no such customer"_s);
    const Page *page = m_world.page(pageId);
    if (!page)
        return wrong(u"pageId: there is no Page %1"_s.arg(pageId));
    const Thread *thread = m_world.thread(pageId, psid);
    return shownProfile(*page, *customer, thread && !thread->messages.empty());
}

CustomerControl::Answer CustomerControl::read(const QString &psid, const QJsonObject &body)
{
    const auto thread = threadFor(psid, body);
    if (!thread)
        return failure(thread.error());
    m_messaging.customerReads(**thread);
    return QJsonObject{{u"success"_s, true}};
}

CustomerControl::Answer CustomerControl::react(const QString &psid, const QJsonObject &body)
{
    const World::Found found = m_world.message(body[u"mid"_s].toString());
    if (!found.thread || found.thread->psid != psid)
        return wrong(u"mid: is no message of this customer's conversations"_s);
    if (!body[u"emoji"_s].isString())
        return wrong(u"emoji: must be a string; an empty one takes the reaction back"_s);
    if (!m_messaging.customerReacts(*found.thread, found.message->mid, body[u"emoji"_s].toString()))
        return wrong(u"mid: the message is the customer's own"_s);
    return QJsonObject{{u"success"_s, true}};
}

CustomerControl::Answer CustomerControl::block(const QString &psid, const QJsonObject &body)
{
    const auto thread = threadFor(psid, body);
    if (!thread)
        return failure(thread.error());
    (*thread)->isBlocked = body[u"blocked"_s].toBool(true);
    return QJsonObject{{u"success"_s, true}, {u"blocked"_s, (*thread)->isBlocked}};
}

CustomerControl::Answer CustomerControl::behave(const QString &psid, const QJsonObject &body)
{
    Customer *customer = m_world.customer(psid);
    if (!customer)
        return failure(Error::Kind::NotFound, u"psid: there is no such customer"_s);
    for (const auto &field : {u"receives"_s, u"reads"_s, u"sharesProfile"_s}) {
        if (body.contains(field) && !body[field].isBool())
            return wrong(field + u": must be true or false"_s);
    }
    customer->receives = body[u"receives"_s].toBool(customer->receives);
    customer->reads = body[u"reads"_s].toBool(customer->reads);
    customer->sharesProfile = body[u"sharesProfile"_s].toBool(customer->sharesProfile);
    return QJsonObject{{u"receives"_s, customer->receives}, {u"reads"_s, customer->reads},
        {u"sharesProfile"_s, customer->sharesProfile}};
}

CustomerControl::Answer CustomerControl::match(const QString &psid, const QJsonObject &body)
{
    Customer *customer = m_world.customer(psid);
    if (!customer)
        return failure(Error::Kind::NotFound, u"psid: there is no such customer"_s);
    const QString otherId = idText(body[u"psid"_s]);
    if (otherId.isEmpty()) {
        customer->human.clear();
        return QJsonObject{{u"success"_s, true}};
    }
    Customer *other = m_world.customer(otherId);
    if (!other)
        return wrong(u"psid: there is no customer %1"_s.arg(otherId));
    if (other->human.isEmpty())
        other->human = otherId;
    customer->human = other->human;
    return QJsonObject{{u"success"_s, true}};
}

CustomerControl::Answer CustomerControl::handOver(const QString &psid, const QJsonObject &body)
{
    const auto thread = threadFor(psid, body);
    if (!thread)
        return failure(thread.error());
    const QString app
        = body.contains(u"app"_s) ? idText(body[u"app"_s]) : QString::fromLatin1(PageInboxApp);
    if (app.isEmpty())
        return wrong(u"app: must be the id of an app"_s);
    if (body.contains(u"text"_s) && (!body[u"text"_s].isString() || app == m_ownApp))
        return wrong(u"text: must be a string, and only another app answers here"_s);
    const QString holder = (*thread)->ownerApp.isEmpty() ? m_ownApp : (*thread)->ownerApp;
    if (app != holder)
        m_messaging.handOver(**thread, app, m_ownApp);
    if (const QString text = body[u"text"_s].toString(); !text.isEmpty()) {
        Message answer;
        answer.text = text;
        answer.appId = app;
        m_messaging.pageWrites(**thread, std::move(answer));
    }
    return QJsonObject{{u"success"_s, true}, {u"app"_s, app}};
}

Result<Thread *> CustomerControl::threadFor(const QString &psid, const QJsonObject &body) const
{
    const auto pageId = pageFor(psid, body);
    if (!pageId)
        return failure(pageId.error());
    Thread *thread = m_world.thread(*pageId, psid);
    if (!thread)
        return failure(Error::Kind::NotFound, u"psid: has no conversation with this Page"_s);
    return thread;
}

// The Page may be left out when there is only one it can be.
Result<QString> CustomerControl::pageFor(const QString &psid, const QJsonObject &body) const
{
    const QString pageId = idText(body[u"pageId"_s]);
    if (!pageId.isEmpty()) {
        if (!m_world.page(pageId))
            return wrong(u"pageId: there is no Page %1"_s.arg(pageId));
        return pageId;
    }
    const auto threads = m_world.threadsOf(psid);
    if (threads.size() != 1)
        return wrong(u"pageId: is missing"_s);
    return threads.constFirst()->pageId;
}

Result<Attachment> CustomerControl::attachment(const QJsonObject &json)
{
    Attachment result;
    result.type = json[u"type"_s].toString();
    result.url = json[u"url"_s].toString();
    result.title = json[u"title"_s].toString();
    if (!Types.contains(result.type))
        return wrong(u"attachment.type: must be one of %1"_s.arg(Types.join(u", "_s)));
    if (result.type == "location"_L1) {
        if (!json[u"lat"_s].isDouble() || !json[u"long"_s].isDouble())
            return wrong(u"attachment.lat, attachment.long: must be numbers"_s);
        result.payload[u"coordinates"_s]
            = QJsonObject{{u"lat"_s, json[u"lat"_s]}, {u"long"_s, json[u"long"_s]}};
        return result;
    }
    if (!result.url.isEmpty() || result.type == "fallback"_L1)
        return result;
    if (result.type == "sticker"_L1) {
        result.stickerId = QString::fromLatin1(ThumbId);
        result.mediaId = result.stickerId;
    } else if (json.contains(u"base64"_s)) {
        auto file = givenFile(json, result.type);
        if (!file)
            return failure(file.error());
        result.mediaId = m_world.addMedia(*std::move(file)).id;
    } else if (result.type == "image"_L1) {
        result.mediaId = m_world.addMedia(somePhoto(quint32(m_world.customers().size()))).id;
    } else {
        return wrong(u"attachment: needs url, or name and base64"_s);
    }
    return result;
}

Result<Message> CustomerControl::message(const QJsonObject &body)
{
    Message result;
    result.text = body[u"text"_s].toString();
    result.replyTo = body[u"replyTo"_s].toString();
    result.quickReplyPayload = body[u"quickReply"_s].toString();
    if (body.contains(u"text"_s) && !body[u"text"_s].isString())
        return wrong(u"text: must be a string"_s);
    if (body.contains(u"at"_s)) {
        result.at = body[u"at"_s].toInteger();
        if (result.at <= 0)
            return wrong(u"at: must be milliseconds since 1970"_s);
    }
    QJsonArray given = body[u"attachments"_s].toArray();
    if (body[u"attachment"_s].isObject())
        given.prepend(body[u"attachment"_s]);
    for (const QJsonValue &each : std::as_const(given)) {
        const auto read = attachment(each.toObject());
        if (!read)
            return failure(read.error());
        result.attachments.append(*read);
    }
    if (result.text.isEmpty() && result.attachments.isEmpty())
        return wrong(u"text: is missing, and so is attachment"_s);
    return result;
}

QJsonObject CustomerControl::shown(const Thread &thread, const Message &message) const
{
    QJsonArray attachments;
    for (const Attachment &each : message.attachments) {
        QJsonObject json{{u"type"_s, each.type}};
        if (const MediaFile *file = m_world.media(each.mediaId)) {
            json[u"name"_s] = file->name;
            json[u"mimeType"_s] = file->mimeType;
            json[u"size"_s] = file->bytes.size();
        }
        if (!each.url.isEmpty())
            json[u"url"_s] = each.url;
        if (!each.payload.isEmpty())
            json[u"payload"_s] = each.payload;
        attachments.append(json);
    }
    return {{u"mid"_s, message.mid}, {u"pageId"_s, thread.pageId},
        {u"direction"_s, message.isFromCustomer ? u"sent"_s : u"received"_s},
        {u"text"_s, message.text}, {u"attachments"_s, attachments},
        {u"quickReplies"_s, message.quickReplies}, {u"metadata"_s, message.metadata},
        {u"replyTo"_s, message.replyTo}, {u"reaction"_s, message.reaction},
        {u"appId"_s, message.appId}, {u"at"_s, message.at}, {u"delivered"_s, message.isDelivered},
        {u"read"_s, message.isRead}};
}

} // namespace Pagedesk::Sandbox
