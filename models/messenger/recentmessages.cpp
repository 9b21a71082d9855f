// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/recentmessages.h"

#include "models/messenger/json.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk {

namespace {

auto wrong(const QString &what)
{
    return failure(Error::Kind::Protocol, u"a list of messages with "_s + what);
}

// "2026-06-20T10:02:11+0000"; nothing when it is none.
std::optional<qint64> timeFrom(QString text)
{
    if (text.endsWith(u"+0000"))
        text = text.chopped(5) + u'Z';
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    if (!time.isValid())
        return std::nullopt;
    return time.toMSecsSinceEpoch();
}

} // namespace

Result<RecentMessages> readRecentMessages(const QByteArray &body)
{
    const auto document = JsonDocument::parse(body);
    if (!document)
        return failure(document.error());
    const JsonValue conversations = document->root()["data"];
    if (!conversations.isArray())
        return wrong(u"no list of conversations"_s);
    RecentMessages recent;
    if (!conversations.hasChildren())
        return recent;
    const JsonValue list = (*conversations.begin())["messages"];
    if (!list["data"].isArray())
        return wrong(u"no messages"_s);
    for (const JsonValue node : list["data"]) {
        const auto at = timeFrom(node["created_time"].text());
        RecentMessage message{
            {node["id"].text()}, node["from"]["id"].text(), node["message"].text(), 0};
        if (message.mid.isEmpty() || message.fromId.isEmpty() || !at)
            return wrong(u"an entry that lacks id, sender or time"_s);
        message.sentAt = *at;
        recent.messages.append(message);
    }
    std::stable_sort(recent.messages.begin(), recent.messages.end(),
        [](const RecentMessage &a, const RecentMessage &b) { return a.sentAt > b.sentAt; });
    recent.complete
        = recent.messages.size() < RecentMessageLimit && list["paging"]["next"].isAbsent();
    return recent;
}

} // namespace Pagedesk
