// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace Pagedesk {

// The life of a message. Numbers are stored: never change one.
enum class DeliveryState {
    Received = 1, // inbound, or a reply made outside Pagedesk
    Queued = 2, // ours, not yet handed to Meta
    Sending = 3, // committed before the request leaves
    Unknown = 4, // Meta may or may not have it; never sent again by the machine
    Sent = 5,
    Delivered = 6,
    Read = 7,
    Failed = 8, // not sent, see FailureKind
};

// Why a reply was not sent. The desktop has a sentence and a next step for each.
// Numbers are stored: never change one.
enum class FailureKind {
    None = 0,
    WindowClosed = 1, // outside the reply window
    Unreachable = 2, // the person blocked the Page, left, or cannot be reached
    NeedsLogin = 3, // Meta refuses the Page's token
    PermissionMissing = 4,
    PolicyBlocked = 5, // Meta restricts the Page for now
    NotThreadOwner = 6, // another app holds the conversation
    AttachmentRefused = 7,
    TooLong = 8,
    InvalidRequest = 9, // Meta refused it for a reason of ours
    Cancelled = 10, // taken back while queued
    Other = 11,
    EarlierPart = 12, // a part of the same reply that stands before it was not sent
    // The answer proved nothing; reading the conversation showed that it is not there.
    NotArrived = 13,
    AttachmentLost = 14, // the desktop's copy is gone or no longer what was chosen
    HumanAgentMissing = 15, // the Page does not have the feature that a late reply needs
};

// Whether a message may go from one state to another. States never go back; a repeated state is
// no step. A receipt may overtake the answer to the send call, so Sending -> Read is a step.
bool canAdvance(DeliveryState from, DeliveryState to);

QString deliveryStateName(DeliveryState state);
std::optional<DeliveryState> deliveryStateFromName(QStringView name);
std::optional<DeliveryState> deliveryStateFromNumber(qint64 number);
QString failureKindName(FailureKind kind); // empty for None
std::optional<FailureKind> failureKindFromName(QStringView name);
std::optional<FailureKind> failureKindFromNumber(qint64 number);

} // namespace Pagedesk
