// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sendapi.h"

#include "app/sandbox/routing.h"
#include "app/sandbox/seed.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype MostTyping = 100; // kept of a conversation

// The attachments of a message, however it names them.
QJsonArray attachmentsOf(const QJsonObject &message)
{
    if (message.contains(u"attachment"_s))
        return {message[u"attachment"_s]};
    const QJsonValue several = message[u"attachments"_s];
    return several.isArray() ? several.toArray() : QJsonArray{several};
}

bool isThumb(const QString &stickerId)
{
    static const QStringList Thumbs{
        QString::fromLatin1(ThumbId), u"369239343222814"_s, u"369239383222810"_s};
    return Thumbs.contains(stickerId);
}

} // namespace

SendApi::SendApi(const Services &services)
    : m_services(services)
    , m_attachments(services.world)
{
}

void SendApi::send(const GraphRequest &request, const Page &page, const GraphReply &reply)
{
    const auto order = readSendOrder(request);
    if (!order) {
        reply(graphFailure(order.error()));
        return;
    }
    const auto thread = checkRecipient(*order, page);
    if (!thread) {
        reply(graphFailure(thread.error()));
        return;
    }
    if (!order->senderAction.isEmpty()) {
        reply(act(*order, **thread));
        return;
    }
    if (order->message.contains(u"text"_s) || order->message.contains(u"sticker_id"_s)) {
        reply(commit(*order, **thread, {}));
        return;
    }
    const auto next = [this, order = *order, thread = *thread, reply](
                          const tl::expected<AttachmentReader::Read, GraphError> &read) {
        reply(read ? commit(order, *thread, *read) : GraphResult(graphFailure(read.error())));
    };
    m_attachments.read(
        {page.id, attachmentsOf(order->message), request.files, m_services.clock.now()}, next);
}

void SendApi::upload(const GraphRequest &request, const Page &page, const GraphReply &reply)
{
    QJsonObject attachment = request.json(u"message"_s).toObject()[u"attachment"_s].toObject();
    if (attachment.isEmpty()) {
        reply(graphFailure(badParameter(u"The parameter message is required"_s)));
        return;
    }
    // Whatever is uploaded by itself is there to be used again.
    QJsonObject payload = attachment[u"payload"_s].toObject();
    payload[u"is_reusable"_s] = true;
    attachment[u"payload"_s] = payload;
    const auto next = [reply](const tl::expected<AttachmentReader::Read, GraphError> &read) {
        if (!read)
            reply(graphFailure(read.error()));
        else if (read->attachmentId.isEmpty())
            reply(graphFailure(badParameter(u"Only files can be uploaded"_s)));
        else
            reply(QJsonObject{{u"attachment_id"_s, read->attachmentId}});
    };
    m_attachments.read(
        {page.id, QJsonArray{attachment}, request.files, m_services.clock.now()}, next);
}

tl::expected<Thread *, GraphError> SendApi::checkRecipient(
    const SendOrder &order, const Page &page) const
{
    Thread *thread = m_services.world.thread(page.id, order.recipientId);
    if (!thread)
        return graphFailure(noMatchingUser());
    if (thread->isBlocked)
        return graphFailure(personNotAvailable());
    if (isHeldByOther(*thread, m_services.clock.now()))
        return graphFailure(heldByOtherApp());
    if (const auto error = checkWindow(order, page, *thread, m_services.clock.now()))
        return graphFailure(*error);
    if (!order.replyTo.isEmpty() && m_services.world.message(order.replyTo).thread != thread)
        return graphFailure(
            badParameter(u"Param reply_to[mid] is not a message of this conversation"_s));
    return thread;
}

GraphResult SendApi::act(const SendOrder &order, Thread &thread)
{
    if (order.senderAction == "react"_L1 || order.senderAction == "unreact"_L1) {
        const QString mid = order.actionPayload[u"message_id"_s].toString();
        const World::Found found = m_services.world.message(mid);
        if (found.thread != &thread || !found.message->isFromCustomer)
            return graphFailure(
                badParameter(u"Param payload[message_id] is not a message of the customer"_s));
        const QString emoji = order.actionPayload[u"reaction"_s].toString();
        if (order.senderAction == "react"_L1 && emoji.isEmpty())
            return graphFailure(badParameter(u"Param payload[reaction] is required"_s));
        found.message->reaction = order.senderAction == "react"_L1 ? emoji : QString();
    }
    if (order.senderAction == "typing_on"_L1) {
        thread.typingAt.append(m_services.clock.now());
        if (thread.typingAt.size() > MostTyping)
            thread.typingAt.removeFirst();
    }
    return QJsonObject{{u"recipient_id"_s, thread.psid}};
}

GraphResult SendApi::commit(
    const SendOrder &order, Thread &thread, const AttachmentReader::Read &read)
{
    Message message;
    message.text = order.message[u"text"_s].toString();
    message.metadata = order.message[u"metadata"_s].toString();
    message.quickReplies = order.message[u"quick_replies"_s].toArray();
    message.attachments = read.attachments;
    message.replyTo = order.replyTo;
    message.appId = m_services.app.id;
    const QString stickerId = idText(order.message[u"sticker_id"_s]);
    if (!stickerId.isEmpty()) {
        if (!isThumb(stickerId))
            return graphFailure(
                badParameter(u"Param message[sticker_id] is not a sticker that can be sent"_s));
        message.attachments.append(
            {u"sticker"_s, QString::fromLatin1(ThumbId), {}, {}, stickerId, {}});
    }
    ++m_committed;
    if (!message.metadata.isEmpty())
        ++m_commits[message.metadata];
    const QString mid = m_services.messaging.pageWrites(thread, std::move(message));
    QJsonObject answer{{u"recipient_id"_s, thread.psid}, {u"message_id"_s, mid}};
    if (!read.attachmentId.isEmpty())
        answer[u"attachment_id"_s] = read.attachmentId;
    return answer;
}

} // namespace Pagedesk::Sandbox
