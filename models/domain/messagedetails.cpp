// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/messagedetails.h"

#include "models/domain/names.h"

namespace Pagedesk {

namespace {

constexpr NameTable<Notice, 32> NoticeNames{{
    {Notice::None, ""},
    {Notice::Postback, "postback"},
    {Notice::Referral, "referral"},
    {Notice::Optin, "optin"},
    {Notice::Optout, "optout"},
    {Notice::AccountLinked, "account_linked"},
    {Notice::AccountUnlinked, "account_unlinked"},
    {Notice::ControlPassed, "control_passed"},
    {Notice::ControlTaken, "control_taken"},
    {Notice::ControlRequested, "control_requested"},
    {Notice::Feedback, "feedback"},
    {Notice::CustomerInformation, "customer_information"},
    {Notice::ResponseFeedback, "response_feedback"},
    {Notice::Form, "form"},
    {Notice::Order, "order"},
    {Notice::Coupon, "coupon"},
    {Notice::Platform, "platform"},
    {Notice::Unsupported, "unsupported"},
    {Notice::Taken, "taken"},
    {Notice::Assigned, "assigned"},
    {Notice::AssignedTeam, "assigned_team"},
    {Notice::PutBack, "put_back"},
    {Notice::Resolved, "resolved"},
    {Notice::Reopened, "reopened"},
    {Notice::Pending, "pending"},
    {Notice::Snoozed, "snoozed"},
    {Notice::Woken, "woken"},
    {Notice::Prioritised, "prioritised"},
    {Notice::Labelled, "labelled"},
    {Notice::Unlabelled, "unlabelled"},
    {Notice::TakenOver, "taken_over"},
    {Notice::TakeOverFailed, "take_over_failed"},
}};

} // namespace

QString noticeName(Notice notice)
{
    return nameOf(NoticeNames, notice);
}

std::optional<Notice> noticeFromName(QStringView name)
{
    return fromName(NoticeNames, name);
}

} // namespace Pagedesk
