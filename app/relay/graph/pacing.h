// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/ids.h"
#include "models/messenger/grapherror.h"

#include <QHash>

#include <array>

namespace Pagedesk::Relay {

// How fast a Page's calls may follow each other: Meta's limits a second, what its usage headers
// say, and the pauses it asks for. Everything that calls the Graph API for a Page asks here first.
// On one thread; knows nothing after a restart, when the first answers tell it again.
class Pacing {
public:
    enum class Call {
        Text, // a reply: text, link or sticker
        Media, // a reply: audio, video, file
        Conversation, // reads a conversation because a person waits for the result
        History, // reads a conversation that nobody waits for; shares the limit of the above
        Background, // everything else that can wait
    };

    explicit Pacing(const Clock &clock);

    // 0: make the call now, it has been counted. Else ask again after so many milliseconds.
    qint64 mayCall(const PageId &page, Call call);
    // The headers X-Business-Use-Case-Usage and X-App-Usage of any answer; either may be empty.
    void notice(const PageId &page, const QByteArray &pageUsage, const QByteArray &appUsage);
    // What an answer means for the calls after it: throttled and restricted Pages pause, and each
    // time in a row twice as long.
    void notice(const PageId &page, const SendVerdict &verdict);
    // How much of what Meta permits a Page is used, as its answers said lately.
    int usagePercent(const PageId &page) const;
    int pageCount() const { return static_cast<int>(m_pages.size()); }

private:
    struct Bucket {
        double tokens = 0;
        qint64 filledAt = 0; // ms UTC, 0: full
    };
    struct Usage {
        int percent = 0;
        qint64 at = 0; // ms UTC
    };
    struct Pause {
        qint64 begunAt = 0; // ms UTC
        qint64 length = 0; // ms, 0 none

        qint64 left(qint64 now);
        void extend(qint64 now, qint64 atLeast);
    };
    struct Page {
        std::array<Bucket, 3> buckets;
        Usage usage;
        Pause throttled; // no calls
        Pause restricted; // no replies; reading goes on
        int throttles = 0; // in a row
        int restrictions = 0; // in a row
        qint64 touchedAt = 0; // ms UTC
    };

    Page &pageOf(const PageId &id);
    int percentOf(const Page &page) const;
    qint64 take(Bucket &bucket, int limit, double share) const;

    const Clock &m_clock;
    QHash<PageId, Page> m_pages;
    Usage m_app;
};

} // namespace Pagedesk::Relay
