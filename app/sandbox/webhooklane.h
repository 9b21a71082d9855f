// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/webhookitem.h"

#include <deque>
#include <optional>

namespace Pagedesk::Sandbox {

// An event that waits for its turn.
struct WaitingEvent {
    OutgoingEvent event;
    qint64 delayMs = 0; // before it and what stands behind it
    bool isTwice = false; // its body is sent twice
};

// One webhook body until it is accepted or given up.
struct WebhookPost {
    QByteArray body;
    int events = 0;
    int attempts = 0; // that failed
    qint64 firstFailedAt = 0;
    int copies = 1; // still to be accepted
};

// What is on its way to the app for one Page: events in order, and bodies that failed before.
struct WebhookLane {
    QString pageId;
    std::deque<WaitingEvent> waiting;
    std::deque<WebhookPost> again; // their pause is over
    std::deque<std::pair<quint64, WebhookPost>> pausing; // by ticket
    std::optional<WaitingEvent> heldBack; // lets the next event go first
    quint64 heldBackTicket = 0;
    int inFlight = 0;
    bool isDelayed = false;
    qint64 failingSince = 0; // 0: the last attempt was accepted
};

// How long to wait after the n-th failed attempt (from 1): a few at once, then growing pauses.
// Source: Messenger Platform, "Webhooks", delivery retry; the exact times are not documented.
qint64 retryPauseMs(int failedAttempts);

// The next body of a lane, of at most `batch` events; a delayed or doubled event travels alone.
WebhookPost takePost(WebhookLane &lane, int batch, qint64 now);

} // namespace Pagedesk::Sandbox
