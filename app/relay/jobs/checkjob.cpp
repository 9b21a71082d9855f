// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/checkjob.h"

#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/readmessages.h"
#include "models/base/logging.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

constexpr int ConversationsAtOnce = 25;
// Until what was left is looked at again: its webhook is not under way any more then.
constexpr qint64 HeldMs = 16'000;

struct Comparison {
    int recovered = 0;
    // Conversations whose history was passed by, because somebody wrote in them while it was read.
    int oldConversations = 0;
    int oldMessages = 0;
    int unavailable = 0;
    qint64 holesUntilAt = 0; // ms UTC, where they lack what Meta does not give; 0: nowhere
    bool held = false;
    bool isThrough = false; // back to where the last comparison stood
};

Result<Comparison> addMissing(
    const ReadContext &context, const PageReading &reading, const HistoryPage &read)
{
    Comparison comparison;
    comparison.isThrough = read.after.isEmpty();
    for (const HistoryConversation &conversation : read.conversations) {
        if (conversation.updatedAt < reading.comparedMetaAt) {
            comparison.isThrough = true;
            break;
        }
        const auto outcome = addReadConversation(context, conversation, reading.comparedMetaAt);
        if (!outcome)
            return failure(outcome.error());
        comparison.recovered += outcome->added - outcome->old;
        if (outcome->old > 0) {
            ++comparison.oldConversations;
            comparison.oldMessages += outcome->old;
            comparison.unavailable += outcome->unavailable;
            if (outcome->unavailable > 0) {
                comparison.holesUntilAt = std::max(comparison.holesUntilAt,
                    std::min(context.connectedAt, conversation.messages.first().sentAt));
            }
        }
        comparison.held = comparison.held || outcome->held;
        if (outcome->gap && outcome->old == 0) {
            if (auto noted = noteGap(context.connection, context.page, *outcome->gap, context.now);
                !noted)
                return failure(noted.error());
        }
    }
    return comparison;
}

// The next reading after `comparison`.
PageReading moved(PageReading reading, const Comparison &comparison, const HistoryPage &read)
{
    if (reading.checkCursor.isEmpty()) {
        reading.checkUntilMetaAt = read.conversations.isEmpty()
            ? reading.comparedMetaAt
            : std::max(reading.comparedMetaAt, read.conversations.first().updatedAt);
    }
    // Something was left: the next comparison goes back as far as this one.
    if (comparison.held)
        reading.checkUntilMetaAt = reading.comparedMetaAt;
    reading.checkCursor = comparison.isThrough ? QString() : read.after;
    if (comparison.isThrough)
        reading.comparedMetaAt = reading.checkUntilMetaAt;
    return reading;
}

Result<> tell(Connection &connection, const PageId &page, const ReadContext &context,
    const Comparison &comparison)
{
    const auto gaps = gapCount(connection, page);
    if (!gaps)
        return failure(gaps.error());
    return changeHealth(connection, page, [&](PageHealth &health) {
        health.recovered += comparison.recovered;
        health.gaps = *gaps;
        health.historyConversations += comparison.oldConversations;
        health.historyMessages += comparison.oldMessages;
        health.historyUnavailable += comparison.unavailable;
        if (comparison.isThrough)
            health.verifiedAt = context.now;
        if (health.completeSince == 0)
            health.completeSince = context.connectedAt;
        health.completeSince = std::max(health.completeSince, comparison.holesUntilAt);
    });
}

} // namespace

CheckJob::CheckJob(
    Ledger &ledger, PageReader &reader, const Clock &clock, int minutes, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_reader(reader)
    , m_clock(clock)
    , m_everyMs(minutes * 60'000LL)
{
}

Task<qint64> CheckJob::run(const Job &job)
{
    if (m_everyMs == 0)
        return Task<qint64>::finished(0);
    return m_ledger.database()
        .read<ReadingState>(
            [page = job.pageId](Connection &connection) { return readingState(connection, page); })
        .andThen(this, [this, job](const ReadingState &state) {
            // Until the history is read there is nothing to compare with; its end wakes this. So
            // does a Page that is to receive again: until then nothing is missed.
            const bool canCompare = state.page && state.page->state == PageState::Connected
                && state.page->settings.receive && state.reading.historyDoneAt > 0;
            return canCompare ? compare(job.pageId, state, job.tries) : Task<qint64>::finished(0);
        });
}

Task<qint64> CheckJob::compare(const PageId &page, const ReadingState &state, int failedTries)
{
    auto promise = std::make_shared<Promise<qint64>>();
    const int limit = std::max(ConversationsAtOnce >> std::min(failedTries, 4), 1);
    m_reader.conversations(page, state.reading.checkCursor, limit)
        .then(this, [this, promise, page, state](const Result<HistoryPage> &read) {
            const bool cursorIsRefused = !read && read.error().kind == Error::Kind::Rejected
                && !state.reading.checkCursor.isEmpty();
            if (!read && !cursorIsRefused) {
                // What is too large comes in smaller parts.
                const bool isTooLarge = read.error().kind == Error::Kind::TooLarge;
                promise->finish(isTooLarge ? failure(Error::Kind::Timeout, read.error().detail)
                                           : failure(read.error()));
                return;
            }
            auto next = cursorIsRefused ? beginAgain(page, state) : keep(page, state, *read);
            next.then(this, [promise](const Result<qint64> &at) { promise->finish(at); });
        });
    return promise->task();
}

Task<qint64> CheckJob::beginAgain(const PageId &page, const ReadingState &state)
{
    PageReading reading = state.reading;
    reading.checkCursor.clear();
    return m_ledger
        .write([page, reading](Connection &connection, Ledger::Touched &) {
            return saveReading(connection, page, reading);
        })
        .andThen(this, [this] { return Task<qint64>::finished(m_clock.now()); });
}

Task<qint64> CheckJob::keep(const PageId &page, const ReadingState &state, const HistoryPage &read)
{
    const qint64 now = m_clock.now();
    const auto comparison = std::make_shared<Comparison>();
    return m_ledger
        .write([page, state, read, now, comparison](
                   Connection &connection, Ledger::Touched &touched) -> Result<> {
            const ReadContext context{
                connection, touched, page, ReadFor::Check, state.connectedAt, now};
            const auto made = addMissing(context, state.reading, read);
            if (!made)
                return failure(made.error());
            *comparison = *made;
            if (auto saved = saveReading(connection, page, moved(state.reading, *made, read));
                !saved)
                return saved;
            touched.stream(page.value);
            if (made->recovered > 0) {
                // Webhooks have failed to come: are they still ordered?
                touched.jobs = true;
                if (auto woken = wakeJob(connection, JobKind::Subscription, page, page.value, now);
                    !woken)
                    return woken;
            }
            return tell(connection, page, context, *made);
        })
        .andThen(this, [this, page, comparison] {
            if (comparison->recovered > 0) {
                qCInfo(logRelay) << "comparing Page" << page.value << "recovered"
                                 << comparison->recovered << "messages";
            }
            if (!comparison->isThrough)
                return Task<qint64>::finished(m_clock.now());
            return Task<qint64>::finished(
                m_clock.now() + (comparison->held ? std::min(HeldMs, m_everyMs) : m_everyMs));
        });
}

} // namespace Pagedesk::Relay
