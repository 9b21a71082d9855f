// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/deliverystate.h"

#include "models/domain/names.h"

namespace Pagedesk {

namespace {

using S = DeliveryState;

constexpr NameTable<S, 8> StateNames{{
    {S::Received, "received"},
    {S::Queued, "queued"},
    {S::Sending, "sending"},
    {S::Unknown, "unknown"},
    {S::Sent, "sent"},
    {S::Delivered, "delivered"},
    {S::Read, "read"},
    {S::Failed, "failed"},
}};

constexpr NameTable<FailureKind, 16> FailureNames{{
    {FailureKind::None, ""},
    {FailureKind::WindowClosed, "window_closed"},
    {FailureKind::Unreachable, "unreachable"},
    {FailureKind::NeedsLogin, "needs_login"},
    {FailureKind::PermissionMissing, "permission_missing"},
    {FailureKind::PolicyBlocked, "policy_blocked"},
    {FailureKind::NotThreadOwner, "not_thread_owner"},
    {FailureKind::AttachmentRefused, "attachment_refused"},
    {FailureKind::TooLong, "too_long"},
    {FailureKind::InvalidRequest, "invalid_request"},
    {FailureKind::Cancelled, "cancelled"},
    {FailureKind::Other, "other"},
    {FailureKind::EarlierPart, "earlier_part"},
    {FailureKind::NotArrived, "not_arrived"},
    {FailureKind::AttachmentLost, "attachment_lost"},
    {FailureKind::HumanAgentMissing, "human_agent_missing"},
}};

} // namespace

bool canAdvance(DeliveryState from, DeliveryState to)
{
    switch (from) {
    case S::Received:
        return to == S::Delivered || to == S::Read; // a reply made elsewhere gets receipts too
    case S::Queued:
        return to == S::Sending || to == S::Failed || to == S::Sent || to == S::Delivered
            || to == S::Read;
    case S::Sending:
        // Back to Queued only when the answer proves that nothing was sent.
        return to == S::Queued || to == S::Unknown || to == S::Sent || to == S::Delivered
            || to == S::Read || to == S::Failed;
    case S::Unknown:
        return to == S::Sent || to == S::Delivered || to == S::Read || to == S::Failed;
    case S::Sent:
        return to == S::Delivered || to == S::Read;
    case S::Delivered:
        return to == S::Read;
    case S::Failed:
        return to == S::Sent; // an echo proves that Meta did send it
    case S::Read:
        return false;
    }
    return false;
}

QString deliveryStateName(DeliveryState state)
{
    return nameOf(StateNames, state);
}

std::optional<DeliveryState> deliveryStateFromName(QStringView name)
{
    return fromName(StateNames, name);
}

std::optional<DeliveryState> deliveryStateFromNumber(qint64 number)
{
    return fromNumber(StateNames, number);
}

QString failureKindName(FailureKind kind)
{
    return nameOf(FailureNames, kind);
}

std::optional<FailureKind> failureKindFromName(QStringView name)
{
    return fromName(FailureNames, name);
}

std::optional<FailureKind> failureKindFromNumber(qint64 number)
{
    return fromNumber(FailureNames, number);
}

} // namespace Pagedesk
