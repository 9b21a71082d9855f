// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/names.h"
#include "models/messenger/webhook.h"

namespace Pagedesk {

namespace {

constexpr NameTable<EventKind, 27> KindNames{{
    {EventKind::Message, "message"},
    {EventKind::MessageEcho, "message_echo"},
    {EventKind::MessageEdit, "message_edit"},
    {EventKind::Reaction, "reaction"},
    {EventKind::Postback, "postback"},
    {EventKind::Delivery, "delivery"},
    {EventKind::Read, "read"},
    {EventKind::Optin, "optin"},
    {EventKind::Referral, "referral"},
    {EventKind::AccountLinking, "account_linking"},
    {EventKind::Handover, "handover"},
    {EventKind::PolicyEnforcement, "policy_enforcement"},
    {EventKind::Standby, "standby"},
    {EventKind::Feed, "feed"},
    {EventKind::Other, "other"},
    {EventKind::Optout, "optout"},
    {EventKind::Feedback, "feedback"},
    {EventKind::CustomerInformation, "customer_information"},
    {EventKind::ResponseFeedback, "response_feedback"},
    {EventKind::Form, "form"},
    {EventKind::Order, "order"},
    {EventKind::Coupon, "coupon"},
    {EventKind::Integrity, "business_integrity"},
    {EventKind::Mention, "mention"},
    {EventKind::InboxLabels, "inbox_labels"},
    {EventKind::TemplateStatus, "message_template_status_update"},
    {EventKind::GroupFeed, "group_feed"},
}};

constexpr NameTable<EventState, 3> StateNames{{
    {EventState::Projected, "projected"},
    {EventState::Unsupported, "unsupported"},
    {EventState::Malformed, "malformed"},
}};

} // namespace

QString eventKindName(EventKind kind)
{
    return nameOf(KindNames, kind);
}

QString eventStateName(EventState state)
{
    return nameOf(StateNames, state);
}

} // namespace Pagedesk
