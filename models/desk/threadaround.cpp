// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/threadaround.h"

#include "models/domain/foldedtext.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/streamstore.h"
#include "models/store/replica/threadplaces.h"

namespace Pagedesk {

namespace {

constexpr int TextsAtOnce = 2000; // some milliseconds of the reader, on which others wait

// How much of the thread is here.
struct Extent {
    bool isWhole = true;
    std::optional<ThreadPlace> floor;
};

Result<Extent> extentOf(Connection &connection, const ConversationId &conversation)
{
    // A conversation's id begins with its Page's, which names the stream: see conversationId().
    const auto stream = StreamStore::find(connection, conversation.value.section(u'-', 0, 0));
    if (!stream)
        return failure(stream.error());
    if (!*stream || (*stream)->isComplete())
        return Extent{};
    const auto progress = ThreadStore::find(connection, conversation);
    if (!progress)
        return failure(progress.error());
    if (!*progress)
        return Extent{false, std::nullopt};
    return (*progress)->complete ? Extent{} : Extent{false, (*progress)->floor};
}

} // namespace

ThreadAround::Part ThreadAround::part(int limit) const
{
    Part part;
    part.messages = before;
    if (floor) {
        part.messages.removeIf(
            [this](const Message &message) { return ThreadPlace::of(message) < *floor; });
        part.moreBefore = true;
    }
    if (part.messages.size() > limit) {
        part.messages = part.messages.last(limit);
        part.moreBefore = true;
    }
    part.messages += from.mid(0, limit);
    part.moreAfter = from.size() > limit;
    if (!part.moreAfter)
        part.messages += pending;
    return part;
}

Result<ThreadAround> readAround(Connection &connection, const ConversationId &conversation,
    const MessagePlace &place, int limit)
{
    Message edge;
    edge.sentAt = place.at;
    edge.arrival = place.arrival;
    edge.id = place.id;
    auto before = MessageStore::slice(connection, conversation, edge, limit + 1);
    if (!before)
        return failure(before.error());
    auto from = ThreadPlaces::from(connection, conversation, place, false, limit + 1);
    if (!from)
        return failure(from.error());
    auto pending = MessageStore::pending(connection, conversation);
    if (!pending)
        return failure(pending.error());
    const auto extent = extentOf(connection, conversation);
    if (!extent)
        return failure(extent.error());
    const ThreadPlace wanted{place.at, place.arrival};
    const bool isHere = extent->isWhole || (extent->floor && wanted >= *extent->floor);
    // What is below the floor has gaps; it is only shown when nothing better can be had.
    return ThreadAround{std::move(*before), std::move(*from), std::move(*pending), isHere,
        isHere ? extent->floor : std::nullopt};
}

Result<ThreadAround> readAfter(
    Connection &connection, const ConversationId &conversation, const Message &last, int limit)
{
    auto from
        = ThreadPlaces::from(connection, conversation, MessagePlace::of(last), true, limit + 1);
    if (!from)
        return failure(from.error());
    auto pending = MessageStore::pending(connection, conversation);
    if (!pending)
        return failure(pending.error());
    return ThreadAround{{}, std::move(*from), std::move(*pending), true, std::nullopt};
}

Result<ThreadFound> findInThread(Connection &connection, const ConversationId &conversation,
    const QString &folded, const std::optional<MessagePlace> &before)
{
    const auto texts = ThreadPlaces::texts(connection, conversation, before, TextsAtOnce);
    if (!texts)
        return failure(texts.error());
    const auto extent = extentOf(connection, conversation);
    if (!extent)
        return failure(extent.error());
    ThreadFound found;
    found.isWhole = extent->isWhole;
    for (const ThreadPlaces::Text &one : *texts) {
        if (foldedForFind(one.text).contains(folded))
            found.found.append(one.place);
    }
    if (texts->size() == TextsAtOnce)
        found.next = texts->constLast().place;
    return found;
}

} // namespace Pagedesk
