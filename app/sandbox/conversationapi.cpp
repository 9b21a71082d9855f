// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/conversationapi.h"

#include "app/sandbox/messagenode.h"
#include "app/sandbox/paging.h"
#include "app/sandbox/sendrules.h"

#include <algorithm>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isDetailed(const Thread &thread, std::size_t index)
{
    return index + DetailedMessages >= thread.messages.size();
}

// Newest first. Older messages than Meta tells about are listed without their content.
GraphResult messageList(const PageOfList &asked, const QList<FieldSpec> &fields, Thread &thread,
    const Services &services, const GraphRequest *request)
{
    QStringList keys;
    const int count = int(thread.messages.size());
    for (int i = 0; i < count; ++i) // index 0 is the oldest and never changes its key
        keys.append(u"%1"_s.arg(1'000'000'000 - (count - 1 - i), 10, 10, QChar(u'0')));
    const ListRange range = rangeOf(asked, keys);
    QJsonArray data;
    for (int i = range.begin; i < range.end; ++i) {
        const std::size_t index = std::size_t(count - 1 - i);
        const auto shown = isDetailed(thread, index) ? fields : QList<FieldSpec>();
        const GraphResult node = messageNode(shown, thread, thread.messages[index], services);
        if (!node)
            return node;
        data.append(*node);
    }
    return listAnswer(data, range, keys, request);
}

int unreadCount(const Thread &thread)
{
    const auto isFromPage = [](const Message &message) { return !message.isFromCustomer; };
    const auto last = std::find_if(thread.messages.rbegin(), thread.messages.rend(), isFromPage);
    return int(last - thread.messages.rbegin());
}

QJsonValue nestedMessages(const FieldSpec &field, Thread &thread, const Services &services)
{
    PageOfList asked;
    asked.limit = std::clamp(field.modifiers.value(u"limit"_s, u"25"_s).toInt(), 1, 100);
    asked.after = field.modifiers.value(u"after"_s);
    const GraphResult list = messageList(asked, field.fields, thread, services, nullptr);
    return list ? QJsonValue(*list) : QJsonValue(toJson(list.error()));
}

QJsonObject people(const Thread &thread, const Services &services)
{
    return {{u"data"_s,
        QJsonArray{participant(thread, true, services), participant(thread, false, services)}}};
}

} // namespace

GraphResult readConversation(
    const QList<FieldSpec> &fields, Thread &thread, const Services &services)
{
    using Field = const FieldSpec &;
    const FieldMaker bothSides = [&](Field) { return people(thread, services); };
    const QHash<QString, FieldMaker> makers{{u"id"_s, [&](Field) { return thread.id; }},
        {u"updated_time"_s, [&](Field) { return graphTime(lastActivity(thread)); }},
        {u"link"_s, [&](Field) { return u"/%1/inbox/%2/"_s.arg(thread.pageId, thread.id.mid(2)); }},
        {u"snippet"_s,
            [&](Field) {
                return thread.messages.empty() ? QString() : thread.messages.back().text;
            }},
        {u"message_count"_s, [&](Field) { return int(thread.messages.size()); }},
        {u"unread_count"_s, [&](Field) { return unreadCount(thread); }},
        {u"can_reply"_s,
            [&](Field) {
                return !thread.isBlocked && isStandardWindowOpen(thread, services.clock.now());
            }},
        {u"participants"_s, bothSides}, {u"senders"_s, bothSides},
        {u"former_participants"_s,
            [](Field) {
                return QJsonObject{{u"data"_s, QJsonArray()}};
            }},
        {u"scoped_thread_key"_s, [&](Field) { return thread.id; }},
        {u"is_subscribed"_s, [](Field) { return true; }},
        {u"is_owner"_s, [](Field) { return true; }},
        {u"name"_s, [](Field) { return QJsonValue(QJsonValue::Undefined); }},
        {u"messages"_s, [&](Field field) { return nestedMessages(field, thread, services); }}};
    const auto asked = fields.isEmpty() ? plainFields({u"link"_s, u"updated_time"_s}) : fields;
    return makeNode(u"UnifiedThread"_s, asked, makers);
}

GraphResult listConversations(const GraphRequest &request, const QList<FieldSpec> &fields,
    const Page &page, const Services &services)
{
    const QString platform = request.text(u"platform"_s).toLower();
    if (!platform.isEmpty() && platform != "messenger"_L1)
        return QJsonObject{{u"data"_s, QJsonArray()}};
    const QString psid = request.text(u"user_id"_s);
    QStringList keys;
    QList<Thread *> threads;
    constexpr qint64 Latest = 9'999'999'999'999; // so that newer conversations have smaller keys
    for (Thread *thread : services.world.threadsOfPage(page.id)) {
        if (thread->messages.empty() || (!psid.isEmpty() && thread->psid != psid))
            continue;
        keys.append(
            u"%1-%2"_s.arg(Latest - lastActivity(*thread), 13, 10, QChar(u'0')).arg(thread->psid));
        threads.append(thread);
    }
    const ListRange range = rangeOf(readPaging(request), keys);
    QJsonArray data;
    for (int i = range.begin; i < range.end; ++i) {
        const GraphResult node = readConversation(fields, *threads.at(i), services);
        if (!node)
            return node;
        data.append(*node);
    }
    return listAnswer(data, range, keys, &request);
}

GraphResult listMessages(const GraphRequest &request, const QList<FieldSpec> &fields,
    Thread &thread, const Services &services)
{
    return messageList(readPaging(request), fields, thread, services, &request);
}

GraphResult readMessage(
    const QList<FieldSpec> &fields, const World::Found &found, const Services &services)
{
    if (!isDetailed(*found.thread, found.index)) {
        return graphFailure(
            {9000001, 0, u"This message has been deleted or is no longer available"_s});
    }
    return messageNode(fields, *found.thread, *found.message, services);
}

GraphResult listAttachments(const World::Found &found, const Services &services)
{
    return QJsonObject{{u"data"_s, attachmentNodes(*found.message, services)}};
}

} // namespace Pagedesk::Sandbox
