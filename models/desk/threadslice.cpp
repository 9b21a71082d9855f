// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/threadslice.h"

#include "models/store/replica/messagestore.h"
#include "models/store/replica/streamstore.h"

namespace Pagedesk {

std::optional<ThreadSlice> ThreadReading::gapless(const ThreadQuestion &question) const
{
    if (historyComplete || (progress && progress->complete))
        return whatever(question);
    if (!progress)
        return std::nullopt;
    const QList<Message> usable = downTo(progress->floor);
    if (usable.size() < question.limit)
        return std::nullopt;
    return cut(question, usable, true);
}

ThreadSlice ThreadReading::whatever(const ThreadQuestion &question) const
{
    return cut(question, settled, false);
}

ThreadSlice ThreadReading::down(
    const ThreadQuestion &question, const std::optional<ThreadPlace> &lowest, bool more) const
{
    if (!lowest)
        return cut(question, settled, more);
    const QList<Message> usable = downTo(*lowest);
    return cut(question, usable, more || usable.size() < settled.size());
}

std::optional<ThreadPlace> ThreadReading::askBefore(const ThreadQuestion &question) const
{
    if (question.before && !isPending(*question.before)) {
        const ThreadPlace place = ThreadPlace::of(*question.before);
        return progress && place >= progress->floor ? progress->floor : place;
    }
    return progress ? std::optional(progress->floor) : std::nullopt;
}

ThreadSlice ThreadReading::cut(
    const ThreadQuestion &question, QList<Message> usable, bool moreBefore) const
{
    if (usable.size() > question.limit) {
        usable = usable.last(question.limit);
        moreBefore = true;
    }
    return {usable + pending, moreBefore};
}

QList<Message> ThreadReading::downTo(const ThreadPlace &lowest) const
{
    QList<Message> usable = settled;
    usable.removeIf(
        [&lowest](const Message &message) { return ThreadPlace::of(message) < lowest; });
    return usable;
}

Result<ThreadReading> readThread(Connection &connection, const ThreadQuestion &question)
{
    ThreadReading reading;
    auto settled = MessageStore::slice(
        connection, question.conversation, question.before, question.limit + 1);
    if (!settled)
        return failure(settled.error());
    reading.settled = std::move(*settled);
    if (!question.before) {
        auto pending = MessageStore::pending(connection, question.conversation);
        if (!pending)
            return failure(pending.error());
        reading.pending = std::move(*pending);
    }
    // A conversation's id begins with its Page's, which names the stream: see conversationId().
    const auto stream
        = StreamStore::find(connection, question.conversation.value.section(u'-', 0, 0));
    if (!stream)
        return failure(stream.error());
    reading.historyComplete = !*stream || (*stream)->isComplete();
    const auto progress = ThreadStore::find(connection, question.conversation);
    if (!progress)
        return failure(progress.error());
    reading.progress = *progress;
    return reading;
}

} // namespace Pagedesk
