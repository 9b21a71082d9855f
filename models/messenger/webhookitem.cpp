// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/webhookitem.h"

#include "models/messenger/dedupkey.h"
#include "models/messenger/webhookmessage.h"
#include "models/messenger/webhooknotices.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk {

namespace {

// Times below it are seconds: in milliseconds it is March 1973, in seconds the year 5138.
constexpr qint64 FirstMillisecond = 100'000'000'000;
constexpr qint64 LastMillisecond = FirstMillisecond * 1000 - 1;
constexpr qsizetype MaxQuotedCharacters = 40;

using Reader = void (*)(const JsonValue &item, const JsonValue &value, WebhookEvent &event);

template <void (*Read)(const JsonValue &, WebhookEvent &)>
void valueOnly(const JsonValue & /*item*/, const JsonValue &value, WebhookEvent &event)
{
    Read(value, event);
}

struct ItemKind {
    std::string_view key;
    EventKind kind;
    Reader read; // null: it is kept and nothing comes of it
    bool namesPerson = true; // without a person there is no conversation it could stand in
};

// An item does not name its kind; the key that is present tells it.
// Source: Messenger Platform, "Webhooks" event catalogue, read 2026-09.
constexpr std::array Kinds{
    ItemKind{"message", EventKind::Message, readMessage},
    ItemKind{"delivery", EventKind::Delivery, readDelivery},
    ItemKind{"read", EventKind::Read, readReadReceipt},
    ItemKind{"message_edit", EventKind::MessageEdit, valueOnly<readEdit>},
    ItemKind{"reaction", EventKind::Reaction, readReaction},
    ItemKind{"postback", EventKind::Postback, valueOnly<readPostback>},
    ItemKind{"optin", EventKind::Optin, valueOnly<readOptin>},
    ItemKind{"referral", EventKind::Referral, valueOnly<readReferralEvent>},
    ItemKind{"account_linking", EventKind::AccountLinking, valueOnly<readAccountLinking>},
    ItemKind{"pass_thread_control", EventKind::Handover, valueOnly<readHandover>},
    ItemKind{"take_thread_control", EventKind::Handover, valueOnly<readHandover>},
    ItemKind{"request_thread_control", EventKind::Handover, valueOnly<readHandover>},
    ItemKind{"app_roles", EventKind::Handover, nullptr},
    ItemKind{"policy_enforcement", EventKind::PolicyEnforcement, valueOnly<readPolicy>, false},
    ItemKind{"optout", EventKind::Optout, valueOnly<readAnswers>},
    ItemKind{"messaging_feedback", EventKind::Feedback, valueOnly<readAnswers>},
    ItemKind{
        "messaging_customer_information", EventKind::CustomerInformation, valueOnly<readAnswers>},
    ItemKind{"response_feedback", EventKind::ResponseFeedback, valueOnly<readAnswers>},
    ItemKind{"form", EventKind::Form, valueOnly<readAnswers>},
    ItemKind{"order", EventKind::Order, valueOnly<readAnswers>},
    ItemKind{"template", EventKind::Coupon, valueOnly<readAnswers>},
};

// The member of each kind; of equal keys the last one.
std::array<JsonValue, Kinds.size()> valuesByKind(const JsonValue &item)
{
    std::array<JsonValue, Kinds.size()> values;
    if (!item.isObject())
        return values;
    for (const JsonValue member : item) {
        const std::string_view key = member.key();
        for (size_t i = 0; i < Kinds.size(); ++i) {
            if (Kinds[i].key == key)
                values[i] = member;
        }
    }
    return values;
}

QByteArray contentKey(
    const PageId &page, EventKind kind, std::string_view about, const JsonValue &item)
{
    return DedupKey(page, kind).add(about).addValue(item).finish();
}

QString quoted(std::string_view key)
{
    const auto length = static_cast<qsizetype>(key.size());
    QString text = QString::fromUtf8(key.data(), length).left(MaxQuotedCharacters);
    return text.replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
}

QByteArray keyOf(const JsonValue &item, const JsonValue &value, const WebhookEvent &event)
{
    if (event.mid.isEmpty())
        return contentKey(event.pageId, event.kind, value.key(), item);
    DedupKey key(event.pageId, event.kind);
    key.add(value.key()).addText(event.mid.value);
    if (event.kind == EventKind::MessageEdit)
        key.add(value["num_edit"].bytes());
    if (event.kind == EventKind::Reaction) {
        key.addText(event.psid.value).add(value["action"].bytes());
        key.add(value["reaction"].bytes()).add(value["emoji"].bytes());
        // Love, none and love again are three events: only the time tells the first from the last.
        key.addText(QString::number(event.timestamp));
    }
    return key.finish();
}

bool opensWindow(const JsonValue &item, const JsonValue &value, const WebhookEvent &event)
{
    if (event.psid.isEmpty() || event.psid.value != item["sender"]["id"].text())
        return false; // the Page did it, or nobody
    switch (event.kind) {
    case EventKind::Postback:
    case EventKind::Referral:
        return true;
    case EventKind::Reaction:
        return value["action"].bytes() == "react"; // taking one back is no contact
    case EventKind::Optin:
        return value["type"].isAbsent(); // by a plugin; the others only permit notifications
    default:
        return false;
    }
}

// The kinds beside messages and receipts, whose readers take less for granted.
void readRare(
    const JsonValue &item, const JsonValue &value, const ItemKind &kind, WebhookEvent &event)
{
    event.psid = customerOf(item, event.pageId);
    event.mid = {value["mid"].text()};
    event.opensWindow = opensWindow(item, value, event);
    event.dedupKey = keyOf(item, value, event);
    if (!kind.read) {
        event.reason = u"app roles were retired with the old handover"_s;
        return;
    }
    event.state = EventState::Projected;
    if (event.mid.value.size() > MaxMidCharacters) {
        event.state = EventState::Malformed;
        event.reason = u"the mid is longer than any real one"_s;
        return;
    }
    kind.read(item, value, event);
    if (event.state != EventState::Projected || !namesPage(event) || !kind.namesPerson)
        return;
    if (event.psid.isEmpty()) { // a plugin knows people before they have an id
        event.state = EventState::Unsupported;
        event.reason = u"it names no person whose conversation it belongs to"_s;
        return;
    }
    namesPerson(event);
}

// For an entry that does not name its Page.
PageId pageOf(const JsonValue &item)
{
    const bool isEcho = item["message"]["is_echo"].isTrue();
    return {item[isEcho ? "sender" : "recipient"]["id"].text()};
}

bool isBasic(EventKind kind)
{
    return kind == EventKind::Message || kind == EventKind::Delivery || kind == EventKind::Read;
}

WebhookEvent readKind(const JsonValue &item, const JsonValue &value, const ItemKind &kind,
    const EntryContext &context)
{
    WebhookEvent event;
    event.kind = kind.kind;
    event.pageId = context.pageId.isEmpty() ? pageOf(item) : context.pageId;
    event.timestamp = readTime(item["timestamp"]);
    if (event.timestamp == 0)
        event.timestamp = context.time;
    if (!value.isObject()) {
        event.psid = customerOf(item, event.pageId);
        event.state = EventState::Malformed;
        event.reason = u"\"%1\" is not an object"_s.arg(quoted(value.key()));
        event.dedupKey = contentKey(event.pageId, event.kind, value.key(), item);
    } else if (isBasic(kind.kind)) {
        kind.read(item, value, event);
    } else {
        readRare(item, value, kind, event);
    }
    event.shape = event.kind;
    return event;
}

// The same event, seen while another app holds the conversation.
WebhookEvent asStandby(WebhookEvent event)
{
    const std::string_view key(
        event.dedupKey.constData(), static_cast<size_t>(event.dedupKey.size()));
    event.dedupKey = DedupKey(event.pageId, EventKind::Standby).add(key).finish();
    event.kind = EventKind::Standby;
    event.details.standby = true;
    return event;
}

// An item that holds none of the keys we know.
WebhookEvent readStranger(const JsonValue &item, const EntryContext &context)
{
    QString key;
    for (const JsonValue member : item) {
        const std::string_view name = member.key();
        if (name != "sender" && name != "recipient" && name != "timestamp") {
            key = quoted(name);
            break;
        }
    }
    WebhookEvent event = unreadEvent(item, context.pageId, EventState::Unsupported,
        key.isEmpty() ? u"the item tells nothing"_s : u"events of \"%1\" are not known"_s.arg(key));
    event.psid = customerOf(item, context.pageId);
    event.details.notice = Notice::Unsupported;
    event.text = key;
    event.timestamp = readTime(item["timestamp"]);
    if (event.timestamp == 0)
        event.timestamp = context.time;
    return event;
}

// The fields of entry[].changes that have a kind of their own.
// Source: Graph API, "Webhooks reference: Page", read 2026-09.
constexpr std::array<std::pair<std::string_view, EventKind>, 6> ChangeKinds{{
    {"feed", EventKind::Feed},
    {"mention", EventKind::Mention},
    {"group_feed", EventKind::GroupFeed},
    {"inbox_labels", EventKind::InboxLabels},
    {"message_template_status_update", EventKind::TemplateStatus},
    {"business_integrity", EventKind::Integrity},
}};

EventKind changeKind(std::string_view field)
{
    const auto known = std::find_if(ChangeKinds.begin(), ChangeKinds.end(),
        [field](const auto &entry) { return entry.first == field; });
    return known == ChangeKinds.end() ? EventKind::Other : known->second;
}

} // namespace

qint64 readTime(const JsonValue &value)
{
    auto time = value.toInt64();
    if (!time) {
        const double fraction = value.toDouble().value_or(0);
        if (fraction > 0 && fraction < static_cast<double>(LastMillisecond))
            time = std::llround(fraction);
    }
    if (!time || *time <= 0 || *time > LastMillisecond)
        return 0;
    return *time < FirstMillisecond ? *time * 1000 : *time;
}

void readItem(const JsonValue &item, const EntryContext &context, QList<WebhookEvent> &events)
{
    const qsizetype before = events.size();
    const auto append = [&](WebhookEvent &&event) {
        events.append(context.standby ? asStandby(std::move(event)) : std::move(event));
    };
    const auto values = valuesByKind(item);
    // Keys set to null count only when there is nothing else: some serialisers write every key.
    for (const bool nulls : {false, true}) {
        for (size_t i = 0; i < Kinds.size(); ++i) {
            if (!values[i].isAbsent() && values[i].isNull() == nulls)
                append(readKind(item, values[i], Kinds[i], context));
        }
        if (events.size() > before)
            break;
    }
    if (events.size() == before && item.isObject())
        append(readStranger(item, context));
    else if (events.size() == before)
        append(unreadEvent(
            item, context.pageId, EventState::Malformed, u"the item is not an object"_s));
    const QByteArray raw = item.raw();
    for (qsizetype i = before; i < events.size(); ++i)
        events[i].raw = raw;
}

WebhookEvent readChange(const JsonValue &change, const EntryContext &context)
{
    if (!change.isObject())
        return unreadEvent(
            change, context.pageId, EventState::Malformed, u"the change is not an object"_s);
    const std::string_view field = change["field"].bytes();
    WebhookEvent event;
    event.kind = changeKind(field);
    event.shape = event.kind;
    event.pageId = context.pageId;
    event.timestamp = readTime(change["value"]["created_time"]);
    if (event.timestamp == 0)
        event.timestamp = context.time;
    event.raw = change.raw();
    event.dedupKey = contentKey(event.pageId, event.kind, "change", change);
    if (event.kind == EventKind::Integrity) {
        event.state = EventState::Projected;
        if (namesPage(event))
            readIntegrity(change["value"], event);
    } else if (event.kind == EventKind::Feed) {
        event.reason = u"comments are not shown yet"_s;
    } else {
        event.reason = field.empty() ? u"the change names no field"_s
                                     : u"changes of \"%1\" are not shown yet"_s.arg(quoted(field));
    }
    return event;
}

WebhookEvent unreadEvent(
    const JsonValue &value, const PageId &page, EventState state, const QString &reason)
{
    WebhookEvent event;
    event.state = state;
    event.reason = reason;
    event.pageId = page;
    event.raw = value.raw();
    event.dedupKey = contentKey(page, event.kind, "unread", value);
    return event;
}

} // namespace Pagedesk
