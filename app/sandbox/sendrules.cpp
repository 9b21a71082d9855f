// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sendrules.h"

#include "models/messenger/limits.h"

#include <QJsonArray>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int QuickReplies = 13;
constexpr int QuickReplyPayload = 1000; // characters

const QStringList SenderActions{
    u"typing_on"_s, u"typing_off"_s, u"mark_seen"_s, u"react"_s, u"unreact"_s};
const QStringList MessagingTypes{u"RESPONSE"_s, u"UPDATE"_s, u"MESSAGE_TAG"_s, u"UTILITY"_s};

tl::expected<QString, GraphError> readRecipient(const GraphRequest &request)
{
    const QJsonValue recipient = request.json(u"recipient"_s);
    if (recipient.isUndefined() || recipient.isNull())
        return graphFailure(badParameter(u"The parameter recipient is required"_s));
    const QJsonObject object = recipient.toObject();
    const QString id = idText(object[u"id"_s]);
    if (!id.isEmpty())
        return id;
    for (const auto &other : {u"comment_id"_s, u"post_id"_s}) {
        if (object.contains(other))
            return graphFailure(badParameter(u"Not valid for a private reply"_s, 2534025));
    }
    return graphFailure(badParameter(u"Param recipient must be a person"_s));
}

// Reads messaging_type and tag, which belong together.
std::optional<GraphError> readType(const GraphRequest &request, SendOrder &order)
{
    order.tag = request.text(u"tag"_s).toUpper();
    order.messagingType = request.text(u"messaging_type"_s).toUpper();
    if (order.messagingType == "NON_PROMOTIONAL_SUBSCRIPTION"_L1)
        return GraphError{10, 2018065, u"This needs the permission for news messaging"_s};
    if (order.messagingType.isEmpty())
        order.messagingType = order.tag.isEmpty() ? u"RESPONSE"_s : u"MESSAGE_TAG"_s;
    if (!MessagingTypes.contains(order.messagingType))
        return badParameter(
            u"Param messaging_type must be one of {%1}"_s.arg(MessagingTypes.join(u", "_s)));
    if (order.messagingType == "UTILITY"_L1)
        return badParameter(u"There is no approved utility template of this name"_s);
    if (order.messagingType != "MESSAGE_TAG"_L1)
        return std::nullopt;
    if (order.tag.isEmpty())
        return badParameter(u"The parameter tag is required with MESSAGE_TAG"_s);
    // ACCOUNT_UPDATE, CONFIRMED_EVENT_UPDATE and POST_PURCHASE_UPDATE ended on 2026-04-27.
    if (order.tag != "HUMAN_AGENT"_L1 && order.tag != "CUSTOMER_FEEDBACK"_L1)
        return badParameter(u"Param tag is not a tag that can be used: %1"_s.arg(order.tag));
    return std::nullopt;
}

std::optional<GraphError> checkQuickReplies(const QJsonArray &replies)
{
    static const QStringList Types{u"text"_s, u"user_phone_number"_s, u"user_email"_s};
    if (replies.size() > QuickReplies)
        return badParameter(u"Param message[quick_replies] has too many elements"_s);
    for (const QJsonValue &reply : replies) {
        const QString type = reply[u"content_type"_s].toString();
        if (!Types.contains(type))
            return badParameter(u"Param message[quick_replies] has an unknown content_type"_s);
        const bool lacksText = reply[u"title"_s].toString().isEmpty();
        if (type == "text"_L1 && lacksText)
            return badParameter(u"Param message[quick_replies] needs a title"_s);
        if (reply[u"payload"_s].toString().size() > QuickReplyPayload)
            return badParameter(u"Param message[quick_replies][payload] is too long"_s);
    }
    return std::nullopt;
}

int contents(const QJsonObject &message)
{
    int count = 0;
    for (const auto &key : {u"text"_s, u"attachment"_s, u"attachments"_s, u"sticker_id"_s}) {
        if (!message[key].isUndefined() && !message[key].isNull())
            ++count;
    }
    return count;
}

} // namespace

tl::expected<SendOrder, GraphError> readSendOrder(const GraphRequest &request)
{
    SendOrder order;
    const auto recipient = readRecipient(request);
    if (!recipient)
        return graphFailure(recipient.error());
    order.recipientId = *recipient;
    order.senderAction = request.text(u"sender_action"_s).toLower();
    order.actionPayload = request.json(u"payload"_s).toObject();
    order.message = request.json(u"message"_s).toObject();
    order.replyTo = request.json(u"reply_to"_s).toObject()[u"mid"_s].toString();
    if (!order.senderAction.isEmpty()) {
        if (request.has(u"message"_s)) {
            return graphFailure(badParameter(
                u"Cannot send both message and sender_action at the same time"_s, 2018014));
        }
        if (!SenderActions.contains(order.senderAction))
            return graphFailure(badParameter(u"Param sender_action is not one that exists"_s));
        return order;
    }
    if (!request.has(u"message"_s))
        return graphFailure(badParameter(u"The parameter message is required"_s));
    if (const auto error = readType(request, order))
        return graphFailure(*error);
    if (const auto error = checkMessage(order.message))
        return graphFailure(*error);
    return order;
}

bool isStandardWindowOpen(const Thread &thread, qint64 now)
{
    return thread.lastCustomerAt != 0 && now - thread.lastCustomerAt <= StandardWindowMs;
}

std::optional<GraphError> checkWindow(
    const SendOrder &order, const Page &page, const Thread &thread, qint64 now)
{
    if (!order.senderAction.isEmpty() || isStandardWindowOpen(thread, now))
        return std::nullopt;
    const bool isLateWindowOpen
        = thread.lastCustomerAt != 0 && now - thread.lastCustomerAt <= HumanAgentWindowMs;
    if (order.messagingType != "MESSAGE_TAG"_L1 || !isLateWindowOpen)
        return outsideWindow();
    // Without the feature the tag opens nothing.
    if (order.tag == "HUMAN_AGENT"_L1 && !page.hasHumanAgent)
        return outsideWindow();
    const bool isSurvey = order.message[u"attachment"_s][u"payload"_s][u"template_type"_s]
        == "customer_feedback"_L1;
    if (order.tag == "CUSTOMER_FEEDBACK"_L1 && !isSurvey)
        return badParameter(u"This tag is only for the customer feedback template"_s);
    return std::nullopt;
}

std::optional<GraphError> checkMessage(const QJsonObject &message)
{
    const int count = contents(message);
    if (count == 0)
        return badParameter(u"Message cannot be empty, must provide valid attachment or text"_s);
    if (count > 1)
        return badParameter(
            u"Message must have only one of text, attachment, attachments, sticker_id"_s);
    if (message.contains(u"text"_s)) {
        const QString text = message[u"text"_s].toString();
        if (text.trimmed().isEmpty())
            return badParameter(u"Param message[text] must be a non-empty string"_s);
        if (text.size() > Limits::TextCharacters) {
            return badParameter(
                u"Length of param message[text] must be less than or equal to %1"_s.arg(
                    Limits::TextCharacters));
        }
    }
    if (message[u"metadata"_s].toString().size() > Limits::MetadataCharacters) {
        return badParameter(
            u"Length of param message[metadata] must be less than or equal to %1"_s.arg(
                Limits::MetadataCharacters));
    }
    return checkQuickReplies(message[u"quick_replies"_s].toArray());
}

} // namespace Pagedesk::Sandbox
