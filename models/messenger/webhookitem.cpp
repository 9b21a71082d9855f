// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/webhookitem.h"

#include "models/messenger/dedupkey.h"
#include "models/messenger/webhookmessage.h"

#include <array>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk {

namespace {

// Times below it are seconds: in milliseconds it is March 1973, in seconds the year 5138.
constexpr qint64 FirstMillisecond = 100'000'000'000;
constexpr qint64 LastMillisecond = FirstMillisecond * 1000 - 1;
constexpr qsizetype MaxQuotedCharacters = 40;

struct ItemKind {
    std::string_view key;
    EventKind kind;
    const char *unsupported; // why; null for the kinds that are read in full
};

// An item does not name its kind; the key that is present tells it.
// Source: Messenger Platform, "Webhooks" event catalogue, read 2026-09.
constexpr std::array Kinds{
    ItemKind{"message", EventKind::Message, nullptr},
    ItemKind{"delivery", EventKind::Delivery, nullptr},
    ItemKind{"read", EventKind::Read, nullptr},
    ItemKind{"message_edit", EventKind::MessageEdit, "edits of messages are not shown yet"},
    ItemKind{"reaction", EventKind::Reaction, "reactions are not shown yet"},
    ItemKind{"postback", EventKind::Postback, "taps on buttons are not shown yet"},
    ItemKind{"optin", EventKind::Optin, "opt-ins are not shown yet"},
    ItemKind{"referral", EventKind::Referral, "entry points are not shown yet"},
    ItemKind{"account_linking", EventKind::AccountLinking, "account linking is not shown yet"},
    ItemKind{"pass_thread_control", EventKind::Handover, "handovers are not shown yet"},
    ItemKind{"take_thread_control", EventKind::Handover, "handovers are not shown yet"},
    ItemKind{"request_thread_control", EventKind::Handover, "handovers are not shown yet"},
    ItemKind{"app_roles", EventKind::Handover, "app roles were retired with the old handover"},
    ItemKind{"policy_enforcement", EventKind::PolicyEnforcement,
        "notices about policy are not shown yet"},
    ItemKind{"optout", EventKind::Other, "opt-outs are not shown yet"},
    ItemKind{"messaging_feedback", EventKind::Other, "survey answers are not shown yet"},
    ItemKind{"messaging_customer_information", EventKind::Other, "form answers are not shown yet"},
    ItemKind{"response_feedback", EventKind::Other, "thumbs on answers are not shown yet"},
    ItemKind{"form", EventKind::Other, "instant forms are not shown yet"},
    ItemKind{"order", EventKind::Other, "carts are not shown yet"},
    ItemKind{"template", EventKind::Other, "coupons are not shown yet"},
};

QByteArray contentKey(
    const PageId &page, EventKind kind, std::string_view about, const JsonValue &item)
{
    return DedupKey(page, kind).add(about).addValue(item).finish();
}

QString quoted(std::string_view key)
{
    const auto length = static_cast<qsizetype>(key.size());
    return QString::fromUtf8(key.data(), length).left(MaxQuotedCharacters);
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

// As much as is known of a kind that is not read in full.
void readUnsupported(const JsonValue &item, const JsonValue &value, WebhookEvent &event)
{
    event.psid = customerOf(item, event.pageId);
    event.mid = {value["mid"].text()};
    event.opensWindow = opensWindow(item, value, event);
    event.dedupKey = keyOf(item, value, event);
}

void readProjected(const JsonValue &item, const JsonValue &value, WebhookEvent &event)
{
    if (event.kind == EventKind::Delivery)
        readDelivery(item, value, event);
    else if (event.kind == EventKind::Read)
        readReadReceipt(item, value, event);
    else
        readMessage(item, value, event);
}

// For an entry that does not name its Page.
PageId pageOf(const JsonValue &item)
{
    const bool isEcho = item["message"]["is_echo"].isTrue();
    return {item[isEcho ? "sender" : "recipient"]["id"].text()};
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
    } else if (kind.unsupported) {
        event.reason = QString::fromLatin1(kind.unsupported);
        readUnsupported(item, value, event);
    } else {
        readProjected(item, value, event);
    }
    return event;
}

// The same event, seen while another app holds the conversation: known, but not acted on.
WebhookEvent asStandby(const WebhookEvent &event)
{
    WebhookEvent standby;
    standby.kind = EventKind::Standby;
    standby.pageId = event.pageId;
    standby.psid = event.psid;
    standby.timestamp = event.timestamp;
    standby.mid = event.mid;
    standby.opensWindow = event.opensWindow;
    standby.state = event.state == EventState::Malformed ? event.state : EventState::Unsupported;
    standby.reason = event.state == EventState::Malformed ? event.reason
                                                          : u"another app holds the conversation"_s;
    const std::string_view key(
        event.dedupKey.constData(), static_cast<size_t>(event.dedupKey.size()));
    standby.dedupKey = DedupKey(event.pageId, EventKind::Standby).add(key).finish();
    return standby;
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
    event.timestamp = readTime(item["timestamp"]);
    if (event.timestamp == 0)
        event.timestamp = context.time;
    return event;
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
    const auto append = [&](WebhookEvent event) {
        events.append(context.standby ? asStandby(event) : std::move(event));
    };
    // Keys set to null count only when there is nothing else: some serialisers write every key.
    for (const bool nulls : {false, true}) {
        for (const ItemKind &kind : Kinds) {
            const JsonValue value = item[kind.key];
            if (!value.isAbsent() && value.isNull() == nulls)
                append(readKind(item, value, kind, context));
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
    if (field == "feed") {
        event.kind = EventKind::Feed;
        event.reason = u"comments are not shown yet"_s;
    } else {
        event.reason = field.empty() ? u"the change names no field"_s
                                     : u"changes of \"%1\" are not shown yet"_s.arg(quoted(field));
    }
    event.pageId = context.pageId;
    event.timestamp = readTime(change["value"]["created_time"]);
    if (event.timestamp == 0)
        event.timestamp = context.time;
    event.raw = change.raw();
    event.dedupKey = contentKey(event.pageId, event.kind, "change", change);
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
