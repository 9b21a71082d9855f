// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/threadplaces.h"

#include "models/store/replica/messagerows.h"

#include <limits>

namespace Pagedesk {

namespace {

constexpr const char *From
    = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message WHERE conversation_id = ? AND pending = 0 "
      "AND (sent_at, arrival, id) >= (?, ?, ?) ORDER BY sent_at, arrival, id LIMIT ?";
constexpr const char *After
    = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message WHERE conversation_id = ? AND pending = 0 "
      "AND (sent_at, arrival, id) > (?, ?, ?) ORDER BY sent_at, arrival, id LIMIT ?";
constexpr const char *Texts
    = "SELECT sent_at, arrival, id, text FROM message WHERE conversation_id = ? AND pending = 0 "
      "AND (sent_at, arrival, id) < (?, ?, ?) ORDER BY sent_at DESC, arrival DESC, id DESC LIMIT ?";
constexpr const char *FromCustomer
    = "SELECT sent_at, arrival, id FROM message WHERE conversation_id = ? AND pending = 0 "
      "AND direction = ? AND sent_at <= ? ORDER BY sent_at DESC, arrival DESC, id DESC LIMIT ?";

MessagePlace placeFrom(const Row &row)
{
    return {row.integer(0), row.integer(1), {row.text(2)}};
}

} // namespace

Result<QList<Message>> ThreadPlaces::from(Connection &connection,
    const ConversationId &conversation, const MessagePlace &place, bool after, int limit)
{
    return MessageRows::read(connection, after ? After : From,
        {conversation.value, place.at, place.arrival, place.id.value, limit});
}

Result<QList<ThreadPlaces::Text>> ThreadPlaces::texts(Connection &connection,
    const ConversationId &conversation, const std::optional<MessagePlace> &before, int limit)
{
    constexpr qint64 End = std::numeric_limits<qint64>::max();
    const MessagePlace place = before.value_or(MessagePlace{End, End, {}});
    return connection.all(Texts,
        {conversation.value, place.at, place.arrival, place.id.value, limit}, [](const Row &row) {
            return Text{placeFrom(row), row.text(3)};
        });
}

Result<std::optional<MessagePlace>> ThreadPlaces::lastFromCustomer(
    Connection &connection, const ConversationId &conversation, int count, qint64 upTo)
{
    const auto places = connection.all(FromCustomer,
        {conversation.value, static_cast<int>(Direction::In), upTo, count}, placeFrom);
    if (!places)
        return failure(places.error());
    return places->isEmpty() ? std::nullopt : std::optional(places->constLast());
}

} // namespace Pagedesk
