// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pagecare.h"

#include <QString>
#include <QStringView>

#include <optional>

namespace Pagedesk {

// How far the reading of a Page's older conversations has come.
enum class HistoryState {
    None = 0, // not begun
    Running = 1,
    Done = 2,
    Stopped = 3, // see `historyProblem`
};

// What the people of a workspace are told about a Page: whether all of its messages are here, and
// what Meta has to say about it.
struct PageHealth {
    // Policy enforcement and integrity, in Meta's words; empty when there is nothing.
    QString policyAction; // "warning", "block" or a status of Meta's
    QString policyReason;
    qint64 policyAt = 0; // ms UTC

    int delayed = 0; // events of busy people whose screen updates are being spread out
    qint64 suppressed = 0; // repeated deliveries that were recognised, since the Page was connected
    qint64 lastEventAt = 0; // ms UTC of the newest webhook event, in steps of a minute at least

    HistoryState history = HistoryState::None;
    int historyConversations = 0; // read so far
    int historyMessages = 0; // added so far
    int historyUnavailable = 0; // messages that Meta lists and does not give any more
    QString historyProblem; // short English, why it stopped

    qint64 completeSince = 0; // ms UTC; 0 when not known
    qint64 verifiedAt = 0; // ms UTC of the last comparison with Meta; 0 never
    int gaps = 0; // spans of time in which messages may be missing
    int recovered = 0; // messages that were filled in by comparisons
    bool subscribed = true; // Meta delivers webhooks of this Page to us, as last seen
    QString subscriptionProblem; // short English, why it could not be renewed

    PageCare care;

    bool operator==(const PageHealth &) const = default;
};

QString historyStateName(HistoryState state); // empty for None
std::optional<HistoryState> historyStateFromName(QStringView name);

} // namespace Pagedesk
