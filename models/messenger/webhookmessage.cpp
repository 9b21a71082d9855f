// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/webhookmessage.h"

#include "models/messenger/dedupkey.h"
#include "models/messenger/webhookattachments.h"
#include "models/messenger/webhookitem.h"
#include "models/messenger/webhooknotices.h"

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk {

namespace {

void reject(WebhookEvent &event, EventState state, const QString &reason)
{
    event.state = state;
    event.reason = reason;
}

// An item is told by its message; one that names none by all it holds. So is one that cannot be
// read, or a damaged copy would make the good one look like its repetition.
QByteArray messageKey(const JsonValue &item, const WebhookEvent &event, bool deleted)
{
    DedupKey key(event.pageId, event.kind);
    if (event.mid.isEmpty() || event.state == EventState::Malformed)
        return key.addValue(item).finish();
    key.addText(event.mid.value);
    if (deleted) // the same mid again, and yet another event
        key.add("deleted");
    return key.finish();
}

// Meta's own notices may have no mid.
bool isNotice(const JsonValue &message)
{
    return !message["admin_text"].text().isEmpty();
}

void judge(const JsonValue &message, WebhookEvent &event)
{
    if (!namesPage(event) || !namesPerson(event))
        return;
    if (event.mid.isEmpty() && !isNotice(message))
        reject(event, EventState::Malformed, u"the message has no mid"_s);
    else if (event.mid.value.size() > MaxMidCharacters)
        reject(event, EventState::Malformed, u"the mid is longer than any real one"_s);
    else
        event.state = EventState::Projected;
}

void readContent(const JsonValue &message, WebhookEvent &event)
{
    event.text = message["text"].text();
    event.attachments = readAttachments(message["attachments"]);
    if (event.text.isEmpty() && event.attachments.isEmpty())
        event.attachments.append(Attachment{}); // Unknown: something we cannot show
    if (const QString mid = message["reply_to"]["mid"].text(); mid.size() <= MaxMidCharacters)
        event.replyTo = {mid};
    event.details.payload = message["quick_reply"]["payload"].text();
    event.details.referral = readReferral(message["referral"]);
    if (event.kind == EventKind::MessageEcho) {
        event.metadata = message["metadata"].text();
        event.appId = message["app_id"].text();
        event.details.viaApp = event.appId;
    }
}

QByteArray receiptKey(const JsonValue &item, const WebhookEvent &event)
{
    DedupKey key(event.pageId, event.kind);
    if (event.state != EventState::Projected)
        return key.addValue(item).finish();
    key.addText(event.psid.value).addText(QString::number(event.watermark));
    for (const Mid &mid : event.mids)
        key.addText(mid.value);
    return key.finish();
}

void readReceipt(const JsonValue &item, const JsonValue &receipt, WebhookEvent &event)
{
    event.psid = customerOf(item, event.pageId);
    event.watermark = readTime(receipt["watermark"]);
    if (namesPage(event) && namesPerson(event)) {
        event.state = EventState::Projected;
        if (event.watermark == 0 && event.mids.isEmpty())
            reject(event, EventState::Malformed, u"the receipt names neither time nor message"_s);
    }
    event.dedupKey = receiptKey(item, event);
}

} // namespace

bool namesPage(WebhookEvent &event)
{
    if (event.pageId.isEmpty())
        reject(event, EventState::Malformed, u"no Page is named"_s);
    else if (event.pageId.value.size() > MaxIdCharacters)
        reject(event, EventState::Malformed, u"an id is longer than any real one"_s);
    else
        return true;
    return false;
}

bool namesPerson(WebhookEvent &event)
{
    if (event.psid.isEmpty() || event.psid.value == event.pageId.value)
        reject(event, EventState::Malformed, u"no person is named"_s);
    else if (event.psid.value.size() > MaxIdCharacters)
        reject(event, EventState::Malformed, u"an id is longer than any real one"_s);
    else
        return true;
    return false;
}

void readMessage(const JsonValue &item, const JsonValue &message, WebhookEvent &event)
{
    const QString sender = item["sender"]["id"].text();
    // What the Page itself sends is an echo even when nobody says so.
    const bool isEcho
        = message["is_echo"].isTrue() || (!sender.isEmpty() && sender == event.pageId.value);
    event.deleted = message["is_deleted"].isTrue();
    event.kind = isEcho ? EventKind::MessageEcho : EventKind::Message;
    event.psid = isEcho ? Psid{item["recipient"]["id"].text()} : Psid{sender};
    event.mid = {message["mid"].text()};
    judge(message, event);
    event.dedupKey = messageKey(item, event, event.deleted);
    if (event.state != EventState::Projected || event.deleted)
        return;
    if (isNotice(message)) {
        event.details.notice = Notice::Platform;
        event.text = message["admin_text"].text();
        return;
    }
    event.opensWindow = !isEcho;
    readContent(message, event);
}

void readDelivery(const JsonValue &item, const JsonValue &delivery, WebhookEvent &event)
{
    if (const JsonValue mids = delivery["mids"]; mids.isArray()) {
        for (const JsonValue mid : mids) {
            if (QString text = mid.text(); !text.isEmpty())
                event.mids.append(Mid{std::move(text)});
        }
    }
    readReceipt(item, delivery, event);
}

void readReadReceipt(const JsonValue &item, const JsonValue &read, WebhookEvent &event)
{
    readReceipt(item, read, event);
}

Psid customerOf(const JsonValue &item, const PageId &page)
{
    const QString sender = item["sender"]["id"].text();
    if (!sender.isEmpty() && sender == page.value)
        return {item["recipient"]["id"].text()};
    return {sender};
}

} // namespace Pagedesk
