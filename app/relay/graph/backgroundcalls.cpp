// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/graph/backgroundcalls.h"

#include "app/relay/graph/pacing.h"
#include "models/messenger/json.h"
#include "models/messenger/limits.h"

#include <QTimer>

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

using namespace std::chrono_literals;

// Counted from an answer to the next call, so that the way there cannot bring calls closer.
constexpr qint64 SpacingMs = 1000 / Limits::ConversationsPerSecond;
constexpr qint64 PatienceMs = 5000; // longer pauses are told to the caller instead

// Percent of what Meta permits a Page, and the pauses above it.
constexpr qint64 BusyPercent = 75;
constexpr qint64 FullPercent = 90;
constexpr auto BusyPause = 5s;
constexpr auto FullPause = 60s;
constexpr auto LongestPause = std::chrono::seconds(24h);

Error tooOften(qint64 waitMs)
{
    Error error{Error::Kind::Timeout, QStringLiteral("Meta asks to call less often")};
    error.retryAfter = std::chrono::seconds(waitMs / 1000 + 1);
    return error;
}

} // namespace

BackgroundCalls::BackgroundCalls(HttpClient &http, Pacing *pacing, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_pacing(pacing)
{
    m_since.start();
}

Task<HttpAnswer> BackgroundCalls::call(const PageId &page, const HttpCall &call)
{
    // An earlier run of the relay may have called just before this one began.
    if (!m_lanes.contains(page))
        m_lanes.insert(page, Lane{{}, false, SpacingMs});
    Lane &lane = m_lanes[page];
    const qint64 wait = lane.nextAt - m_since.elapsed();
    if (wait > PatienceMs)
        return Task<HttpAnswer>::finished(failure(tooOften(wait)));
    auto promise = std::make_shared<Promise<HttpAnswer>>();
    lane.waiting.enqueue({call, promise});
    goOn(page);
    return promise->task();
}

void BackgroundCalls::pause(const PageId &page, std::chrono::seconds length)
{
    const qint64 until = m_since.elapsed() + std::chrono::milliseconds(length).count();
    Lane &lane = m_lanes[page];
    lane.nextAt = std::max(lane.nextAt, until);
}

void BackgroundCalls::goOn(const PageId &page)
{
    Lane &lane = m_lanes[page];
    if (lane.isBusy || lane.waiting.isEmpty())
        return;
    lane.isBusy = true;
    const qint64 wait = std::max<qint64>(lane.nextAt - m_since.elapsed(), 0);
    QTimer::singleShot(
        std::chrono::milliseconds(wait), Qt::PreciseTimer, this, [this, page] { make(page); });
}

void BackgroundCalls::make(const PageId &page)
{
    const qint64 wait = m_pacing ? m_pacing->mayCall(page, Pacing::Call::History) : 0;
    if (wait > 0 && wait <= PatienceMs) {
        QTimer::singleShot(
            std::chrono::milliseconds(wait), Qt::PreciseTimer, this, [this, page] { make(page); });
        return;
    }
    const Waiting next = m_lanes[page].waiting.dequeue();
    if (wait > 0) {
        m_lanes[page].isBusy = false;
        next.promise->finish(failure(tooOften(wait)));
        goOn(page);
        return;
    }
    m_http.call(next.call).then(this, [this, page, next](const Result<HttpAnswer> &answer) {
        Lane &lane = m_lanes[page];
        lane.isBusy = false;
        lane.nextAt = std::max(lane.nextAt, m_since.elapsed() + SpacingMs);
        if (answer)
            pause(page, pauseForUsage(answer->usage));
        if (answer && m_pacing)
            m_pacing->notice(page, answer->usage, answer->appUsage);
        next.promise->finish(answer);
        goOn(page);
    });
}

std::chrono::seconds pauseForUsage(const QByteArray &header)
{
    const auto document = JsonDocument::parse(header);
    if (!document)
        return 0s;
    qint64 percent = 0;
    qint64 minutes = 0;
    document->root().visit([&percent, &minutes](const JsonValue &value) {
        const std::string_view key = value.key();
        if (key == "call_count" || key == "total_time" || key == "total_cputime")
            percent = std::max(percent, value.toInt64().value_or(0));
        else if (key == "estimated_time_to_regain_access")
            minutes = std::max(minutes, value.toInt64().value_or(0));
    });
    if (minutes > 0)
        return std::min<std::chrono::seconds>(
            std::chrono::minutes(std::min<qint64>(minutes, 1440)), LongestPause);
    if (percent >= FullPercent)
        return FullPause;
    return percent >= BusyPercent ? BusyPause : std::chrono::seconds(0s);
}

} // namespace Pagedesk::Relay
