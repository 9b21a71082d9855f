// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/historyjob.h"

#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/readmessages.h"
#include "models/base/logging.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

constexpr int ConversationsAtOnce = 25;

// After a failure less is asked for: Meta refuses answers that would be too large.
int limitFor(int failedTries)
{
    return std::max(ConversationsAtOnce >> std::min(failedTries, 4), 1);
}

// What one conversation tells about how far back the ledger is whole.
void noteReach(PageReading &reading, const HistoryConversation &conversation, int unavailable)
{
    if (conversation.messages.isEmpty())
        return;
    const qint64 oldestAt = conversation.messages.first().sentAt;
    if (reading.oldestMetaAt == 0 || oldestAt < reading.oldestMetaAt)
        reading.oldestMetaAt = oldestAt;
    if (unavailable > 0)
        reading.holesUntilMetaAt = std::max(reading.holesUntilMetaAt, oldestAt);
}

qint64 completeSince(const PageReading &reading, qint64 connectedAt)
{
    const qint64 reached
        = reading.holesUntilMetaAt > 0 ? reading.holesUntilMetaAt : reading.oldestMetaAt;
    return reached > 0 ? std::min(reached, connectedAt) : connectedAt;
}

struct Counts {
    int conversations = 0;
    int messages = 0;
    int unavailable = 0;
};

Result<> finishReading(Connection &connection, Ledger::Touched &touched, const PageId &page,
    PageReading &reading, qint64 now)
{
    reading.historyDoneAt = now;
    reading.historyCursor.clear();
    touched.jobs = true;
    // What came while it was read stands above where it began.
    return wakeJob(connection, JobKind::Check, page, page.value, now);
}

} // namespace

Result<ReadingState> readingState(Connection &connection, const PageId &page)
{
    const auto found = pageById(connection, page);
    if (!found)
        return failure(found.error());
    const auto reading = readingOf(connection, page);
    if (!reading)
        return failure(reading.error());
    const auto at = connectedAt(connection, page);
    if (!at)
        return failure(at.error());
    return ReadingState{*found, *reading, *at};
}

HistoryJob::HistoryJob(Ledger &ledger, PageReader &reader, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_reader(reader)
    , m_clock(clock)
{
}

Task<qint64> HistoryJob::run(const Job &job)
{
    return m_ledger.database()
        .read<ReadingState>(
            [page = job.pageId](Connection &connection) { return readingState(connection, page); })
        .andThen(this, [this, job](const ReadingState &state) {
            const bool isOver = !state.page || state.page->state != PageState::Connected
                || state.reading.historyDoneAt > 0;
            return isOver ? Task<qint64>::finished(0) : readOn(job, state);
        });
}

Task<qint64> HistoryJob::readOn(const Job &job, const ReadingState &state)
{
    auto promise = std::make_shared<Promise<qint64>>();
    m_reader.conversations(job.pageId, state.reading.historyCursor, limitFor(job.tries))
        .then(this, [this, promise, page = job.pageId, state](const Result<HistoryPage> &read) {
            auto next = read ? keep(page, state, *read) : failed(page, state, read.error());
            next.then(this, [promise](const Result<qint64> &at) { promise->finish(at); });
        });
    return promise->task();
}

Task<qint64> HistoryJob::keep(
    const PageId &page, const ReadingState &state, const HistoryPage &read)
{
    const qint64 now = m_clock.now();
    return m_ledger
        .write([page, state, read, now](
                   Connection &connection, Ledger::Touched &touched) -> Result<> {
            PageReading reading = state.reading;
            const bool isFirst = reading.historyCursor.isEmpty();
            if (isFirst) {
                reading.historyBegunAt = reading.historyBegunAt > 0 ? reading.historyBegunAt : now;
                reading.comparedMetaAt
                    = read.conversations.isEmpty() ? 0 : read.conversations.first().updatedAt;
            }
            Counts counts;
            const ReadContext context{
                connection, touched, page, ReadFor::History, state.connectedAt, now};
            for (const HistoryConversation &conversation : read.conversations) {
                const auto outcome = addReadConversation(context, conversation, 0);
                if (!outcome)
                    return failure(outcome.error());
                ++counts.conversations;
                counts.messages += outcome->added;
                counts.unavailable += outcome->unavailable;
                noteReach(reading, conversation, outcome->unavailable);
            }
            reading.historyCursor = read.after;
            const bool isDone = read.after.isEmpty();
            if (isDone) {
                if (auto done = finishReading(connection, touched, page, reading, now); !done)
                    return done;
            }
            touched.stream(page.value);
            if (auto saved = saveReading(connection, page, reading); !saved)
                return saved;
            return changeHealth(connection, page, [&](PageHealth &health) {
                health.history = isDone ? HistoryState::Done : HistoryState::Running;
                health.historyProblem.clear();
                health.historyConversations
                    = counts.conversations + (isFirst ? 0 : health.historyConversations);
                health.historyUnavailable
                    = counts.unavailable + (isFirst ? 0 : health.historyUnavailable);
                health.historyMessages += counts.messages;
                health.completeSince
                    = isDone ? completeSince(reading, state.connectedAt) : state.connectedAt;
            });
        })
        .andThen(this, [this, isDone = read.after.isEmpty(), page] {
            if (isDone)
                qCInfo(logRelay) << "history of Page" << page.value << "is read";
            return Task<qint64>::finished(isDone ? 0 : m_clock.now());
        });
}

Task<qint64> HistoryJob::failed(const PageId &page, const ReadingState &state, const Error &error)
{
    // A cursor that is not taken any more: from the newest again, which doubles nothing.
    const bool fromTheStart
        = error.kind == Error::Kind::Rejected && !state.reading.historyCursor.isEmpty();
    const bool stops = !fromTheStart
        && (error.kind == Error::Kind::Forbidden || error.kind == Error::Kind::Rejected);
    auto promise = std::make_shared<Promise<qint64>>();
    m_ledger
        .write([=](Connection &connection, Ledger::Touched &touched) -> Result<> {
            if (fromTheStart) {
                PageReading reading = state.reading;
                reading.historyCursor.clear();
                return saveReading(connection, page, reading);
            }
            if (!stops)
                return {};
            touched.stream(page.value);
            return changeHealth(connection, page, [&error](PageHealth &health) {
                health.history = HistoryState::Stopped;
                health.historyProblem = error.detail;
            });
        })
        .then(this, [this, promise, fromTheStart, error](const Result<> &kept) {
            if (!kept)
                promise->finish(failure(kept.error()));
            else if (fromTheStart)
                promise->finish(m_clock.now());
            else if (error.kind == Error::Kind::TooLarge)
                promise->finish(failure(Error::Kind::Timeout, error.detail)); // ask for less
            else
                promise->finish(failure(error));
        });
    return promise->task();
}

} // namespace Pagedesk::Relay
