// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/streamsteps.h"

#include "models/base/logging.h"
#include "models/desk/applyentity.h"
#include "models/store/replica/steps.h"
#include "models/store/replica/streamrows.h"

#include <algorithm>

namespace Pagedesk::StreamSteps {

using namespace Qt::Literals::StringLiterals;

namespace {

using Listed = StreamProgress::Listed;

StreamProgress beginning(const Wire::StreamInfo &stream)
{
    StreamProgress progress;
    progress.name = stream.name;
    progress.head = stream.head;
    progress.tail = stream.head > 0 ? stream.head + 1 : 0; // below it everything is still to come
    const bool noConversations = stream.name == WorkspaceStream || stream.head == 0;
    progress.listed = noConversations ? Listed::All : Listed::Nothing;
    return progress;
}

Result<> removeUnnamed(ReplicaWriter &writer, const QList<Wire::StreamInfo> &named)
{
    const auto stored = StreamStore::all(writer.connection);
    if (!stored)
        return done(stored);
    for (const StreamProgress &progress : *stored) {
        const bool isNamed = std::any_of(named.begin(), named.end(),
            [&progress](const Wire::StreamInfo &info) { return info.name == progress.name; });
        if (isNamed)
            continue;
        qCInfo(logDesk) << "stream" << progress.name << "is not ours any more";
        if (const auto removed = StreamRows::remove(writer, progress.name); !removed)
            return removed;
    }
    return {};
}

} // namespace

Result<QList<StreamProgress>> welcome(ReplicaWriter &writer, const Wire::Welcome &welcome)
{
    if (const auto removed = removeUnnamed(writer, welcome.streams); !removed)
        return failure(removed.error());
    QList<StreamProgress> all;
    for (const Wire::StreamInfo &stream : welcome.streams) {
        const auto progress = add(writer, stream);
        if (!progress)
            return failure(progress.error());
        all.append(*progress);
    }
    return all;
}

Result<StreamProgress> add(ReplicaWriter &writer, const Wire::StreamInfo &stream)
{
    const auto stored = StreamStore::find(writer.connection, stream.name);
    if (!stored)
        return failure(stored.error());
    // A relay that is behind us has lost its past or is another one: what we have does not fit.
    if (*stored && !stream.begins && stream.head >= (*stored)->head)
        return **stored;
    if (*stored) {
        qCWarning(logDesk) << "stream" << stream.name << "begins anew";
        if (const auto cleared = StreamRows::clear(writer, stream.name); !cleared)
            return failure(cleared.error());
    }
    const StreamProgress progress = beginning(stream);
    if (const auto saved = StreamStore::save(writer.connection, progress); !saved)
        return failure(saved.error());
    return progress;
}

Result<StreamProgress> changes(ReplicaWriter &writer, const Wire::Changes &changes)
{
    const auto stored = StreamStore::find(writer.connection, changes.stream);
    if (!stored)
        return failure(stored.error());
    if (!*stored || changes.fromSeq > (*stored)->head)
        return failure(Error::Kind::Conflict, u"changes after a gap"_s);
    StreamProgress progress = **stored;
    if (changes.toSeq <= progress.head)
        return progress; // all of it is here
    progress.head = changes.toSeq;
    const auto applied
        = inOrder([&] { return applyEntities(writer, changes.stream, changes.entities); },
            [&] { return StreamStore::save(writer.connection, progress); });
    if (!applied)
        return failure(applied.error());
    return progress;
}

Result<> threadPart(ReplicaWriter &writer, const ConversationId &conversation,
    const std::optional<ThreadPlace> &before, const Wire::Answer &answer)
{
    const PageId page{conversation.value.section(u'-', 0, 0)}; // see conversationId()
    const auto stream = StreamStore::find(writer.connection, page.value);
    if (!stream)
        return done(stream);
    if (!*stream)
        return failure(Error::Kind::NotFound, u"this Page was taken away meanwhile"_s);
    const auto applied = applyEntities(writer, page.value, answer.entities);
    if (!applied)
        return applied;
    const auto stored = ThreadStore::find(writer.connection, conversation);
    if (!stored)
        return done(stored);
    // Only a part that reaches what is known without a gap moves the floor.
    const bool reaches = !before || (*stored && *before >= (*stored)->floor);
    const auto lowest = lowestPlace(answer);
    if (!reaches || (!lowest && answer.more))
        return {};
    ThreadProgress progress
        = stored->value_or(ThreadProgress{lowest.value_or(ThreadPlace{}), false});
    if (lowest)
        progress.floor = std::min(progress.floor, *lowest);
    progress.complete = progress.complete || !answer.more;
    return ThreadStore::save(writer.connection, conversation, page, progress);
}

Result<> adopt(ReplicaWriter &writer, const Origin &origin)
{
    const auto before = OriginStore::load(writer.connection);
    if (!before)
        return done(before);
    if (*before
        && ((*before)->relay != origin.relay || (*before)->operatorId != origin.operatorId)) {
        qCWarning(logDesk) << "the replica holds another place's rows and begins anew";
        const auto streams = StreamStore::all(writer.connection);
        if (!streams)
            return done(streams);
        for (const StreamProgress &stream : *streams) {
            if (const auto cleared = StreamRows::clear(writer, stream.name); !cleared)
                return cleared;
        }
    }
    return OriginStore::save(writer.connection, origin);
}

std::optional<ThreadPlace> lowestPlace(const Wire::Answer &answer)
{
    std::optional<ThreadPlace> lowest;
    for (const Wire::Entity &entity : answer.entities) {
        if (const auto *message = std::get_if<Message>(&entity)) {
            const ThreadPlace place = ThreadPlace::of(*message);
            lowest = lowest ? std::min(*lowest, place) : place;
        }
    }
    return lowest;
}

} // namespace Pagedesk::StreamSteps
