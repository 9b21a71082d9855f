// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/webhook.h"

#include "models/messenger/dedupkey.h"
#include "models/messenger/json.h"
#include "models/messenger/webhookitem.h"

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk {

namespace {

// Meta sends at most 1,000 items in a body. A body of many more is kept in one piece beyond this.
constexpr qsizetype MaxEvents = 10'000;
constexpr qsizetype MaxQuotedCharacters = 40;

WebhookEvent wholeBody(const QByteArray &body, EventState state, const QString &reason)
{
    WebhookEvent event;
    event.state = state;
    event.reason = reason;
    event.raw = body;
    const std::string_view bytes(body.constData(), static_cast<size_t>(body.size()));
    event.dedupKey = DedupKey({}, event.kind).add("body").add(bytes).finish();
    return event;
}

// Reads the values of a body into one list of events.
class Splitter {
public:
    QList<WebhookEvent> events;

    bool isCut = false; // there is more than `events` may hold

    bool isFull()
    {
        isCut = isCut || events.size() >= MaxEvents;
        return isCut;
    }
    void readEnvelope(const JsonValue &envelope);

private:
    void refuse(qsizetype from, const QString &reason);
    void readEntry(const JsonValue &entry);
    void readList(const JsonValue &entry, std::string_view key, const EntryContext &context);
    void addUnread(const JsonValue &value, const PageId &page, EventState state, const QString &why)
    {
        events.append(unreadEvent(value, page, state, why));
    }
};

// What is not for Pages is told apart by kind all the same, and nothing comes of it.
void Splitter::refuse(qsizetype from, const QString &reason)
{
    for (qsizetype i = from; i < events.size(); ++i) {
        WebhookEvent &event = events[i];
        event.opensWindow = false;
        event.details.notice = Notice::None;
        if (event.state == EventState::Malformed)
            continue;
        event.state = EventState::Unsupported;
        event.reason = reason;
    }
}

void Splitter::readEnvelope(const JsonValue &envelope)
{
    if (!envelope.isObject()) {
        addUnread(envelope, {}, EventState::Malformed, u"the envelope is not an object"_s);
        return;
    }
    const JsonValue object = envelope["object"];
    const bool forPages = object.bytes() == "page";
    const QString name = object.text().left(MaxQuotedCharacters);
    const QString reason = name.isEmpty()
        ? u"the envelope names no object"_s
        : u"events of the object \"%1\" are not for Pages"_s.arg(name);
    const JsonValue entries = envelope["entry"];
    const qsizetype before = events.size();
    if (entries.isArray()) {
        for (const JsonValue entry : entries) {
            if (isFull())
                break;
            readEntry(entry);
        }
        if (events.size() == before)
            addUnread(envelope, {}, EventState::Unsupported, u"\"entry\" is empty"_s);
    } else if (forPages) {
        addUnread(envelope, {}, EventState::Malformed, u"\"entry\" is not a list"_s);
    } else {
        addUnread(envelope, {}, EventState::Unsupported, reason);
    }
    if (!forPages)
        refuse(before, reason);
}

void Splitter::readEntry(const JsonValue &entry)
{
    if (!entry.isObject()) {
        addUnread(entry, {}, EventState::Malformed, u"the entry is not an object"_s);
        return;
    }
    EntryContext context{{entry["id"].text()}, readTime(entry["time"]), false};
    const qsizetype before = events.size();
    bool hasList = false;
    for (const std::string_view key : {"messaging", "standby", "changes"}) {
        if (entry[key].isAbsent())
            continue;
        hasList = true;
        context.standby = key == "standby";
        readList(entry, key, context);
    }
    if (events.size() == before)
        addUnread(entry, context.pageId, hasList ? EventState::Unsupported : EventState::Malformed,
            hasList ? u"the entry is empty"_s : u"\"messaging\" is missing"_s);
}

void Splitter::readList(const JsonValue &entry, std::string_view key, const EntryContext &context)
{
    const JsonValue list = entry[key];
    if (!list.isArray()) {
        const QString name = QString::fromLatin1(key.data(), static_cast<qsizetype>(key.size()));
        addUnread(
            entry, context.pageId, EventState::Malformed, u"\"%1\" is not a list"_s.arg(name));
        return;
    }
    for (const JsonValue item : list) {
        if (isFull())
            return;
        if (key == "changes")
            events.append(readChange(item, context));
        else
            readItem(item, context, events);
    }
}

} // namespace

QList<WebhookEvent> readWebhook(const QByteArray &body)
{
    const auto document = JsonDocument::parse(body);
    if (!document)
        return {wholeBody(body, EventState::Malformed, document.error().detail)};
    Splitter splitter;
    const JsonValue root = document->root();
    if (!root.isArray()) {
        splitter.readEnvelope(root);
    } else {
        for (const JsonValue envelope : root) {
            if (splitter.isFull())
                break;
            splitter.readEnvelope(envelope);
        }
    }
    if (splitter.events.isEmpty())
        return {wholeBody(body, EventState::Malformed, u"there is no envelope"_s)};
    if (splitter.isCut)
        splitter.events.append(wholeBody(body, EventState::Malformed, u"too many items"_s));
    return std::move(splitter.events);
}

QList<WebhookEvent> readStoredItem(
    const QByteArray &raw, EventKind kind, const PageId &page, qint64 receivedAt)
{
    const auto document = JsonDocument::parse(raw);
    if (!document)
        return {wholeBody(raw, EventState::Malformed, document.error().detail)};
    const EntryContext context{page, receivedAt, kind == EventKind::Standby};
    const JsonValue root = document->root();
    if (!root["field"].isAbsent() && root["sender"].isAbsent())
        return {readChange(root, context)};
    QList<WebhookEvent> events;
    readItem(root, context, events);
    return events;
}

} // namespace Pagedesk
