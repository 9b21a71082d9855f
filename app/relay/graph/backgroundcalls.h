// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/graph/httpclient.h"
#include "models/base/ids.h"

#include <QElapsedTimer>
#include <QQueue>

namespace Pagedesk::Relay {

class Pacing;

// Calls to Meta that can wait, such as reading conversations: of each Page one after the other, two
// a second at most, and fewer when Meta says that the Page's budget is running out.
class BackgroundCalls : public QObject {
    Q_OBJECT

public:
    // `pacing`: what other callers share with these, and hear from their answers.
    explicit BackgroundCalls(HttpClient &http, Pacing *pacing = nullptr, QObject *parent = nullptr);

    // As HttpClient::call(). While the Page has to wait for long: Timeout with retryAfter, unsent.
    Task<HttpAnswer> call(const PageId &page, const HttpCall &call);
    // No calls of this Page for as long.
    void pause(const PageId &page, std::chrono::seconds length);

private:
    struct Waiting {
        HttpCall call;
        std::shared_ptr<Promise<HttpAnswer>> promise;
    };
    struct Lane {
        QQueue<Waiting> waiting;
        bool isBusy = false; // a call is under way, or a timer runs for the next
        qint64 nextAt = 0; // ms since the start of this
    };

    void goOn(const PageId &page);
    void make(const PageId &page);

    HttpClient &m_http;
    Pacing *m_pacing;
    QElapsedTimer m_since;
    QHash<PageId, Lane> m_lanes;
};

// How long to wait after an answer with this usage header (X-Business-Use-Case-Usage); 0: no need.
std::chrono::seconds pauseForUsage(const QByteArray &header);

} // namespace Pagedesk::Relay
