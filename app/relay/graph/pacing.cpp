// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/graph/pacing.h"

#include "models/messenger/limits.h"
#include "models/messenger/usage.h"

#include <algorithm>
#include <cmath>

namespace Pagedesk::Relay {

namespace {

constexpr qint64 MinuteMs = 60'000;
// Meta's suggestion is to slow down when three quarters are used.
constexpr int SlowPercent = 75;
constexpr int BackgroundEndsPercent = 90;
constexpr double SmallestShare = 0.02;
// Without calls there are no new headers, and the limits are those of a rolling time.
constexpr qint64 UsageHoldsMs = 5 * MinuteMs;
constexpr qint64 BackgroundAsksAgainMs = MinuteMs;
constexpr qint64 FirstThrottleMs = MinuteMs;
constexpr qint64 LongestThrottleMs = 60 * MinuteMs;
// Practice for 10/1893063 and its like: half an hour, doubling to four.
constexpr qint64 FirstRestrictionMs = 30 * MinuteMs;
constexpr qint64 LongestRestrictionMs = 240 * MinuteMs;
constexpr int MostPages = 1000; // with a memory of their own
constexpr qint64 ForgetAfterMs = 300 * MinuteMs;

constexpr int NoBucket = -1;

int bucketOf(Pacing::Call call)
{
    switch (call) {
    case Pacing::Call::Text:
        return 0;
    case Pacing::Call::Media:
        return 1;
    case Pacing::Call::Conversation:
    case Pacing::Call::History:
        return 2;
    case Pacing::Call::Background:
        return NoBucket;
    }
    return NoBucket;
}

constexpr std::array BucketLimits{
    Limits::SendTextPerSecond, Limits::SendMediaPerSecond, Limits::ConversationsPerSecond};

bool canWait(Pacing::Call call)
{
    return call == Pacing::Call::History || call == Pacing::Call::Background;
}

bool isReply(Pacing::Call call)
{
    return call == Pacing::Call::Text || call == Pacing::Call::Media;
}

qint64 doubled(qint64 first, int times, qint64 longest)
{
    return std::min(longest, first << std::clamp(times, 0, 16));
}

} // namespace

Pacing::Pacing(const Clock &clock)
    : m_clock(clock)
{
}

Pacing::Page &Pacing::pageOf(const PageId &id)
{
    const qint64 now = m_clock.now();
    if (m_pages.size() >= MostPages && !m_pages.contains(id)) {
        m_pages.removeIf([now](const QHash<PageId, Page>::iterator &each) {
            return std::abs(now - each->touchedAt) > ForgetAfterMs;
        });
        // More busy Pages than that: whichever comes first starts afresh.
        if (m_pages.size() >= MostPages)
            m_pages.erase(m_pages.begin());
    }
    Page &page = m_pages[id];
    page.touchedAt = now;
    return page;
}

int Pacing::percentOf(const Page &page) const
{
    const qint64 now = m_clock.now();
    const auto known = [now](const Usage &usage) {
        return std::abs(now - usage.at) < UsageHoldsMs ? usage.percent : 0;
    };
    return std::max(known(page.usage), known(m_app));
}

int Pacing::usagePercent(const PageId &page) const
{
    return percentOf(m_pages.value(page));
}

// A clock that is set back must not make a pause longer.
qint64 Pacing::Pause::left(qint64 now)
{
    if (length == 0)
        return 0;
    begunAt = std::min(begunAt, now);
    const qint64 rest = std::max<qint64>(0, begunAt + length - now);
    if (rest == 0)
        length = 0;
    return rest;
}

void Pacing::Pause::extend(qint64 now, qint64 atLeast)
{
    if (left(now) >= atLeast)
        return;
    begunAt = now;
    length = atLeast;
}

// A tenth of the limit may leave at once; with what is filled up meanwhile no second has more than
// the limit.
qint64 Pacing::take(Bucket &bucket, int limit, double share) const
{
    const double size = std::max(1.0, limit / 10.0);
    const double perMs = (limit - size + 1) * share / 1000;
    const qint64 now = m_clock.now();
    if (bucket.filledAt == 0)
        bucket.tokens = size;
    else
        bucket.tokens
            += static_cast<double>(std::clamp<qint64>(now - bucket.filledAt, 0, MinuteMs)) * perMs;
    bucket.tokens = std::min(size, bucket.tokens);
    bucket.filledAt = now;
    if (bucket.tokens < 1)
        return static_cast<qint64>(std::ceil((1 - bucket.tokens) / perMs));
    bucket.tokens -= 1;
    return 0;
}

qint64 Pacing::mayCall(const PageId &id, Call call)
{
    Page &page = pageOf(id);
    const qint64 now = m_clock.now();
    const qint64 restricted = isReply(call) ? page.restricted.left(now) : 0;
    if (const qint64 left = std::max(page.throttled.left(now), restricted); left > 0)
        return left;
    const int percent = percentOf(page);
    if (percent >= BackgroundEndsPercent && canWait(call))
        return BackgroundAsksAgainMs;
    const int bucket = bucketOf(call);
    if (bucket == NoBucket)
        return 0;
    const double share = percent < SlowPercent
        ? 1.0
        : std::max(SmallestShare, (100.0 - percent) / (100.0 - SlowPercent));
    const auto index = static_cast<size_t>(bucket);
    return take(page.buckets[index], BucketLimits[index], std::min(1.0, share));
}

void Pacing::notice(const PageId &id, const QByteArray &pageUsage, const QByteArray &appUsage)
{
    const qint64 now = m_clock.now();
    if (!appUsage.isEmpty())
        m_app = {readUsage(appUsage).percent, now};
    if (pageUsage.isEmpty())
        return;
    const CallUsage usage = readUsage(pageUsage);
    Page &page = pageOf(id);
    page.usage = {usage.percent, now};
    if (usage.regainMinutes > 0)
        page.throttled.extend(now, usage.regainMinutes * MinuteMs);
}

void Pacing::notice(const PageId &id, const SendVerdict &verdict)
{
    using Outcome = SendVerdict::Outcome;
    Page &page = pageOf(id);
    if (verdict.outcome == Outcome::Sent) {
        page.throttles = 0;
        page.restrictions = 0;
    }
    if (!verdict.pausesPage)
        return;
    // Calls that were under way together are refused together: that is one time.
    const qint64 now = m_clock.now();
    if (verdict.outcome == Outcome::NotSent) {
        if (page.throttled.left(now) == 0)
            ++page.throttles;
        const qint64 doubling = doubled(FirstThrottleMs, page.throttles - 1, LongestThrottleMs);
        page.throttled.extend(now, std::max(doubling, verdict.retryAfterSeconds * qint64(1000)));
    } else if (verdict.failure == FailureKind::PolicyBlocked) {
        if (page.restricted.left(now) == 0)
            ++page.restrictions;
        page.restricted.extend(
            now, doubled(FirstRestrictionMs, page.restrictions - 1, LongestRestrictionMs));
    }
}

} // namespace Pagedesk::Relay
