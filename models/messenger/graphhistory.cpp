// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/graphhistory.h"

#include "models/messenger/graphattachments.h"
#include "models/messenger/json.h"

#include <QDateTime>

#include <algorithm>
#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk {

namespace {

// Bounds on what a strange answer may make us keep; far above what Meta sends.
constexpr qsizetype MaxConversations = 500;
constexpr qsizetype MaxMessages = 500;
constexpr qsizetype MaxIdCharacters = 120; // a person's; as for webhooks
constexpr qsizetype MaxMidCharacters = 256;
constexpr qsizetype MaxNameCharacters = 200;

bool isId(const QString &text)
{
    return !text.isEmpty() && text.size() <= MaxIdCharacters;
}

bool isMid(const QString &text)
{
    return !text.isEmpty() && text.size() <= MaxMidCharacters;
}

// The number that stands at a place of a text of digits; -1 when it does not.
int digits(QStringView text, qsizetype at, qsizetype count)
{
    int number = 0;
    for (const QChar c : text.sliced(at, count)) {
        if (c < u'0' || c > u'9')
            return -1;
        number = number * 10 + (c.unicode() - u'0');
    }
    return number;
}

// "+0000", "-07:00" or "Z" in minutes; nothing for anything else.
std::optional<int> offsetMinutes(QStringView text)
{
    if (text == u"Z")
        return 0;
    const bool hasColon = text.size() == 6 && text.at(3) == u':';
    if (text.size() != 5 && !hasColon)
        return std::nullopt;
    const int hours = digits(text, 1, 2);
    const int minutes = digits(text, text.size() - 2, 2);
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
        return std::nullopt;
    if (text.front() == u'+')
        return hours * 60 + minutes;
    return text.front() == u'-' ? std::optional(-(hours * 60 + minutes)) : std::nullopt;
}

Psid otherThan(const PageId &page, const JsonValue &people)
{
    if (!people.isArray())
        return {};
    for (const JsonValue person : people) {
        const QString id = person["id"].text();
        if (isId(id) && id != page.value)
            return {id};
    }
    return {};
}

// Meta's word for a person whose name is not shared is no name.
QString nameOf(const Psid &psid, const JsonValue &people)
{
    if (!people.isArray())
        return {};
    for (const JsonValue person : people) {
        if (person["id"].text() != psid.value)
            continue;
        const QString name = person["name"].text().simplified().left(MaxNameCharacters);
        return name.compare(u"Facebook user"_s, Qt::CaseInsensitive) == 0 ? QString() : name;
    }
    return {};
}

// Nothing for one without an id, a time or a sender: so Meta lists those it tells no more about.
std::optional<Message> messageFrom(const JsonValue &value, const PageId &page)
{
    const QString mid = value["id"].text();
    const qint64 at = readGraphTime(value["created_time"].text());
    const QString sender = value["from"]["id"].text();
    if (!isMid(mid) || !isId(sender) || at == 0)
        return std::nullopt;
    const bool isOut = sender == page.value;
    Message message;
    message.id = messageIdFor(page, {mid});
    message.pageId = page;
    message.mid = {mid};
    message.direction = isOut ? Direction::Out : Direction::In;
    message.author = isOut ? Author::Elsewhere : Author::Contact;
    message.state = isOut ? DeliveryState::Sent : DeliveryState::Received;
    message.text = value["message"].text();
    message.attachments = readGraphAttachments(value);
    if (message.text.isEmpty() && message.attachments.isEmpty())
        message.attachments.append(Attachment{}); // Unknown: something we cannot show
    if (const QString answered = value["reply_to"]["mid"].text(); isMid(answered))
        message.replyTo = {answered};
    message.sentAt = at;
    return message;
}

Psid personOf(const JsonValue &conversation, const PageId &page)
{
    Psid psid = otherThan(page, conversation["participants"]["data"]);
    if (!psid.isEmpty() || !conversation["messages"]["data"].isArray())
        return psid;
    for (const JsonValue message : conversation["messages"]["data"]) {
        const QString sender = message["from"]["id"].text();
        psid = isId(sender) && sender != page.value ? Psid{sender}
                                                    : otherThan(page, message["to"]["data"]);
        if (!psid.isEmpty())
            break;
    }
    return psid;
}

std::optional<HistoryConversation> conversationFrom(
    const JsonValue &value, const PageId &page, int &unreadable)
{
    HistoryConversation conversation;
    conversation.threadId = value["id"].text().left(MaxIdCharacters);
    conversation.psid = personOf(value, page);
    conversation.updatedAt = readGraphTime(value["updated_time"].text());
    if (conversation.psid.isEmpty() || conversation.updatedAt == 0)
        return std::nullopt;
    conversation.name = nameOf(conversation.psid, value["participants"]["data"]);
    conversation.messageCount = static_cast<int>(std::clamp<qint64>(
        value["message_count"].toInt64().value_or(0), 0, std::numeric_limits<int>::max()));
    const JsonValue list = value["messages"];
    qsizetype listed = 0;
    if (list["data"].isArray()) {
        for (const JsonValue each : list["data"]) {
            if (++listed > MaxMessages)
                break;
            auto message = messageFrom(each, page);
            if (!message) {
                ++unreadable;
                continue;
            }
            message->conversationId = conversationId(page, conversation.psid);
            conversation.messages.append(*std::move(message));
        }
    }
    std::reverse(conversation.messages.begin(), conversation.messages.end());
    conversation.isWhole = conversation.messageCount > 0
        ? conversation.messages.size() >= conversation.messageCount
        : listed < HistoryMessages && list["paging"]["next"].isAbsent();
    return conversation;
}

} // namespace

QString historyFields()
{
    return u"id,updated_time,participants,message_count,messages.limit(%1){id,created_time,from,to,"
           "message,sticker,reply_to,shares,attachments}"_s.arg(HistoryMessages);
}

qint64 readGraphTime(QStringView text)
{
    // "2026-06-20T10:02:11" and an offset
    constexpr qsizetype LocalLength = 19;
    if (text.size() <= LocalLength || text.size() > LocalLength + 6)
        return 0;
    if (text.at(4) != u'-' || text.at(7) != u'-' || text.at(10) != u'T' || text.at(13) != u':'
        || text.at(16) != u':')
        return 0;
    const QDate date(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
    const QTime time(digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2));
    const auto offset = offsetMinutes(text.sliced(LocalLength));
    if (!date.isValid() || !time.isValid() || !offset)
        return 0;
    const qint64 at = QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch() - *offset * 60'000LL;
    return std::max<qint64>(at, 0);
}

Result<HistoryPage> readHistoryPage(const QByteArray &body, const PageId &page)
{
    const auto document = JsonDocument::parse(body);
    if (!document)
        return failure(document.error());
    const JsonValue list = document->root()["data"];
    if (!list.isArray())
        return failure(Error::Kind::Protocol, u"the answer has no list of conversations"_s);
    HistoryPage answer;
    for (const JsonValue value : list) {
        if (answer.conversations.size() == MaxConversations)
            break;
        auto conversation = conversationFrom(value, page, answer.unreadable);
        if (conversation)
            answer.conversations.append(*std::move(conversation));
        else
            ++answer.unreadable;
    }
    const JsonValue paging = document->root()["paging"];
    const QString after = paging["cursors"]["after"].text();
    // The address of the next page only tells that there is one.
    if (!paging["next"].isAbsent() && !paging["next"].isNull() && after.size() <= 4096)
        answer.after = after;
    return answer;
}

} // namespace Pagedesk
