// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/exporting.h"

#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/events.h"
#include "app/relay/ledger/exportrows.h"
#include "app/relay/ledger/labels.h"
#include "models/messenger/json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int EventsAtOnce = 500;

Result<> write(std::FILE *out, const QByteArray &line)
{
    const auto size = static_cast<size_t>(line.size());
    if (std::fwrite(line.constData(), 1, size, out) != size || std::fputc('\n', out) == EOF)
        return failure(Error::Kind::Storage, u"cannot write the output"_s);
    return {};
}

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray quoted(const QByteArray &text)
{
    const QByteArray list
        = QJsonDocument(QJsonArray{QString::fromUtf8(text)}).toJson(QJsonDocument::Compact);
    return list.sliced(1, list.size() - 2);
}

// The item exactly as received, on one line: line breaks in JSON stand only between its tokens.
// What is no JSON is given as a text.
QByteArray itemOf(const StoredEvent &event)
{
    if (!Pagedesk::JsonDocument::parse(event.item))
        return quoted(event.item);
    QByteArray item = event.item;
    item.replace('\n', ' ').replace('\r', ' ');
    return item;
}

QByteArray lineOf(const StoredEvent &event)
{
    return "{\"id\":" + QByteArray::number(event.id) + ",\"receivedAt\":"
        + QByteArray::number(event.receivedAt) + ",\"pageId\":" + quoted(event.pageId.toUtf8())
        + ",\"kind\":" + quoted(eventKindName(event.kind).toUtf8())
        + ",\"dedup\":" + (event.duplicate ? "\"duplicate\"" : "\"new\"")
        + ",\"state\":" + quoted(eventStateName(event.state).toUtf8())
        + ",\"reason\":" + quoted(event.reason.toUtf8()) + ",\"item\":" + itemOf(event) + '}';
}

QByteArray lineOf(const Conversation &c, const QHash<QString, QString> &labelNames)
{
    QJsonArray labels;
    for (const QString &id : c.labels) {
        if (labelNames.contains(id))
            labels.append(labelNames.value(id));
    }
    return json({{u"type"_s, u"conversation"_s}, {u"id"_s, c.id.value},
        {u"pageId"_s, c.contact.pageId.value},
        {u"contact"_s, QJsonObject{{u"psid"_s, c.contact.psid.value}, {u"name"_s, c.contact.name}}},
        {u"state"_s, conversationStateName(c.state)}, {u"assignee"_s, c.assignee.value},
        {u"escalated"_s, c.escalated}, {u"labels"_s, labels}, {u"team"_s, c.team.value},
        {u"priority"_s, priorityName(c.priority)}, {u"snoozedUntilAt"_s, c.snoozedUntil},
        {u"lastMessageAt"_s, c.lastMessageAt}});
}

QByteArray lineOf(const Message &m)
{
    QJsonArray attachments;
    for (const Attachment &a : m.attachments) {
        attachments.append(QJsonObject{{u"kind"_s, attachmentKindName(a.kind)}, {u"name"_s, a.name},
            {u"size"_s, a.size}, {u"state"_s, attachmentStateName(a.state)}});
    }
    return json({{u"type"_s, u"message"_s}, {u"id"_s, m.id.value},
        {u"conversationId"_s, m.conversationId.value}, {u"mid"_s, m.mid.value},
        {u"direction"_s, directionName(m.direction)}, {u"author"_s, authorName(m.author)},
        {u"text"_s, m.text}, {u"attachments"_s, attachments}, {u"sentAt"_s, m.sentAt},
        {u"status"_s, deliveryStateName(m.state)}, {u"failure"_s, failureKindName(m.failure)}});
}

} // namespace

Result<> printEvents(Connection &connection, qint64 afterId, const QString &pageId, std::FILE *out)
{
    for (;;) {
        const auto events = eventsAfter(connection, afterId, pageId, EventsAtOnce);
        if (!events)
            return failure(events.error());
        for (const StoredEvent &event : *events) {
            if (auto written = write(out, lineOf(event)); !written)
                return written;
            afterId = event.id;
        }
        if (events->size() < EventsAtOnce)
            return {};
    }
}

Result<> printExport(
    Connection &connection, const QString &pageId, const QString &conversationId, std::FILE *out)
{
    const auto labels = activeLabels(connection);
    if (!labels)
        return failure(labels.error());
    QHash<QString, QString> labelNames;
    for (const Label &label : *labels)
        labelNames.insert(label.id.value, label.name);
    Result<> done;
    const auto print = [&done, out](const auto &value) {
        if (done)
            done = write(out, lineOf(value));
    };
    const auto printConversation = [&](const Conversation &conversation) {
        if (done)
            done = write(out, lineOf(conversation, labelNames));
    };
    if (auto read = eachConversation(connection, pageId, conversationId, printConversation); !read)
        return read;
    if (auto read = eachMessage(connection, pageId, conversationId, print); !read)
        return read;
    return done;
}

} // namespace Pagedesk::Relay
