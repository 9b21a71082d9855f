// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/pagediagnosis.h"

#include "models/domain/names.h"

namespace Pagedesk {

namespace {

constexpr NameTable<PageCheck, 16> CheckNames{{
    {PageCheck::Token, "token"},
    {PageCheck::Permissions, "permissions"},
    {PageCheck::Task, "task"},
    {PageCheck::Published, "published"},
    {PageCheck::Messaging, "messaging"},
    {PageCheck::Address, "address"},
    {PageCheck::VerifyToken, "verify_token"},
    {PageCheck::Signature, "signature"},
    {PageCheck::AppWebhook, "app_webhook"},
    {PageCheck::PageWebhook, "page_webhook"},
    {PageCheck::LastEvent, "last_event"},
    {PageCheck::Delay, "delay"},
    {PageCheck::AppMode, "app_mode"},
    {PageCheck::HumanAgent, "human_agent"},
    {PageCheck::Usage, "usage"},
    {PageCheck::ThreadOwner, "thread_owner"},
}};

constexpr NameTable<CheckState, 4> StateNames{{
    {CheckState::Good, "good"},
    {CheckState::Unknown, "unknown"},
    {CheckState::Warning, "warning"},
    {CheckState::Bad, "bad"},
}};

} // namespace

QString pageCheckName(PageCheck check)
{
    return nameOf(CheckNames, check);
}

std::optional<PageCheck> pageCheckFromName(QStringView name)
{
    return fromName(CheckNames, name);
}

QString checkStateName(CheckState state)
{
    return nameOf(StateNames, state);
}

std::optional<CheckState> checkStateFromName(QStringView name)
{
    return fromName(StateNames, name);
}

} // namespace Pagedesk
