// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/backfill.h"

#include "models/base/logging.h"
#include "models/desk/applyentity.h"
#include "models/store/replica/replica.h"
#include "models/store/replica/steps.h"

#include <QTimer>

#include <tuple>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Small enough that taking in a page is not felt while somebody types.
constexpr int PageRows = 200;
constexpr auto Patience = 60s;
constexpr auto PauseAfterRefusal = 30s;

using Listed = StreamProgress::Listed;

Error notInOrder()
{
    return {Error::Kind::Protocol, u"a page of history does not lead further back"_s};
}

Result<StreamProgress> stored(Connection &connection, const QString &stream)
{
    const auto progress = StreamStore::find(connection, stream);
    if (!progress)
        return failure(progress.error());
    if (!*progress)
        return failure(Error::Kind::NotFound, u"the stream is gone"_s);
    return **progress;
}

Result<StreamProgress> storeConversations(
    ReplicaWriter &writer, const StreamProgress &asked, const Wire::Answer &answer)
{
    auto progress = stored(writer.connection, asked.name);
    if (!progress || progress->listed == Listed::All || progress->listedId != asked.listedId)
        return progress; // this page is here already
    const Conversation *last = nullptr;
    for (const Wire::Entity &entity : answer.entities) {
        if (const auto *conversation = std::get_if<Conversation>(&entity))
            last = conversation;
    }
    progress->listed = answer.more && last ? Listed::Newest : Listed::All;
    if (last) {
        const bool further = asked.listed == Listed::Nothing
            || std::tie(last->lastMessageAt, last->id.value)
                < std::tie(asked.listedAt, asked.listedId.value);
        if (!further)
            return failure(notInOrder());
        progress->listedAt = last->lastMessageAt;
        progress->listedId = last->id;
    }
    const auto applied = inOrder([&] { return applyEntities(writer, asked.name, answer.entities); },
        [&] { return StreamStore::save(writer.connection, *progress); });
    return applied ? progress : Result<StreamProgress>(failure(applied.error()));
}

Result<StreamProgress> storeHistory(
    ReplicaWriter &writer, const StreamProgress &asked, const Wire::Answer &answer)
{
    auto progress = stored(writer.connection, asked.name);
    if (!progress || progress->tail != asked.tail)
        return progress; // this page is here already
    if (answer.more && answer.lowestSeq >= asked.tail)
        return failure(notInOrder());
    progress->tail = answer.more ? answer.lowestSeq : 0;
    const auto applied = inOrder([&] { return applyEntities(writer, asked.name, answer.entities); },
        [&] { return StreamStore::save(writer.connection, *progress); });
    return applied ? progress : Result<StreamProgress>(failure(applied.error()));
}

} // namespace

Backfill::Backfill(Replica &replica, RelayRequests &requests, QObject *parent)
    : QObject(parent)
    , m_replica(replica)
    , m_requests(requests)
{
}

void Backfill::start(const StreamProgress &progress)
{
    if (progress.listed != Listed::All)
        askConversations(progress);
    else if (!progress.isComplete())
        askHistory(progress);
}

void Backfill::stop()
{
    ++m_run;
}

void Backfill::askConversations(const StreamProgress &progress)
{
    const Wire::ConversationsRequest request{
        0, progress.name, progress.listedAt, progress.listedId, PageRows};
    const auto answered = [this, run = m_run, progress](const Result<Wire::Answer> &answer) {
        if (!answer) {
            handleRefused(run, progress, answer.error());
            return;
        }
        m_replica
            .write<StreamProgress>([progress, page = *answer](ReplicaWriter &writer) {
                return storeConversations(writer, progress, page);
            })
            .then(this, [this, run, name = progress.name](const Result<StreamProgress> &result) {
                handleStored(run, name, result);
            });
    };
    m_requests.ask(request, RelayRequests::Turn::Last, Patience).then(this, answered);
}

void Backfill::askHistory(const StreamProgress &progress)
{
    const Wire::HistoryRequest request{0, progress.name, progress.tail, PageRows};
    const auto answered = [this, run = m_run, progress](const Result<Wire::Answer> &answer) {
        if (!answer) {
            handleRefused(run, progress, answer.error());
            return;
        }
        m_replica
            .write<StreamProgress>([progress, page = *answer](ReplicaWriter &writer) {
                return storeHistory(writer, progress, page);
            })
            .then(this, [this, run, name = progress.name](const Result<StreamProgress> &result) {
                handleStored(run, name, result);
            });
    };
    m_requests.ask(request, RelayRequests::Turn::Last, Patience).then(this, answered);
}

void Backfill::handleStored(int run, const QString &stream, const Result<StreamProgress> &result)
{
    if (run != m_run)
        return; // stored all the same, but another connection has taken over
    if (result) {
        if (result->isComplete())
            qCInfo(logDesk) << "the history of stream" << stream << "is complete";
        Q_EMIT progressed(*result);
        start(*result);
    } else if (result.error().kind != Error::Kind::NotFound) {
        qCWarning(logDesk) << "cannot store a page of stream" << stream
                           << kindName(result.error().kind);
        Q_EMIT failed(result.error());
    }
}

void Backfill::handleRefused(int run, const StreamProgress &progress, const Error &error)
{
    if (run != m_run || error.kind == Error::Kind::Offline || error.kind == Error::Kind::Cancelled)
        return; // the next connection goes on
    qCWarning(logDesk) << "no history of stream" << progress.name << kindName(error.kind);
    QTimer::singleShot(PauseAfterRefusal, this, [this, run, progress] {
        if (run == m_run)
            start(progress);
    });
}

} // namespace Pagedesk
