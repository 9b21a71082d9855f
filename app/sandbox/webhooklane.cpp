// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/webhooklane.h"

#include <algorithm>
#include <array>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

qint64 retryPauseMs(int failedAttempts)
{
    static constexpr std::array<qint64, 10> Pauses{
        0, 500, 2'000, 5'000, 15'000, 30'000, 60'000, 120'000, 300'000, 600'000};
    return Pauses[std::min(std::size_t(failedAttempts - 1), Pauses.size() - 1)];
}

WebhookPost takePost(WebhookLane &lane, int batch, qint64 now)
{
    WebhookPost post;
    QJsonArray entries;
    do {
        const WaitingEvent waiting = std::move(lane.waiting.front());
        lane.waiting.pop_front();
        entries.append(QJsonObject{{u"id"_s, waiting.event.pageId}, {u"time"_s, now},
            {waiting.event.isStandby ? u"standby"_s : u"messaging"_s,
                QJsonArray{waiting.event.item}}});
        if (waiting.isTwice)
            post.copies = 2;
    } while (entries.size() < batch && post.copies == 1 && !lane.waiting.empty()
        && lane.waiting.front().delayMs == 0 && !lane.waiting.front().isTwice);
    post.events = int(entries.size());
    post.body = toMetaJson({{u"object"_s, u"page"_s}, {u"entry"_s, entries}});
    return post;
}

} // namespace Pagedesk::Sandbox
