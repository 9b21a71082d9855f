// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/conversation.h"

#include "models/domain/names.h"

namespace Pagedesk {

namespace {

constexpr NameTable<ConversationState, 4> StateNames{{
    {ConversationState::Open, "open"},
    {ConversationState::Pending, "pending"},
    {ConversationState::Snoozed, "snoozed"},
    {ConversationState::Resolved, "resolved"},
}};

constexpr NameTable<Priority, 4> PriorityNames{{
    {Priority::None, "none"},
    {Priority::Low, "low"},
    {Priority::High, "high"},
    {Priority::Urgent, "urgent"},
}};

} // namespace

QString conversationStateName(ConversationState state)
{
    return nameOf(StateNames, state);
}

std::optional<ConversationState> conversationStateFromName(QStringView name)
{
    return fromName(StateNames, name);
}

std::optional<ConversationState> conversationStateFromNumber(qint64 number)
{
    return fromNumber(StateNames, number);
}

QString priorityName(Priority priority)
{
    return nameOf(PriorityNames, priority);
}

std::optional<Priority> priorityFromName(QStringView name)
{
    return fromName(PriorityNames, name);
}

std::optional<Priority> priorityFromNumber(qint64 number)
{
    return fromNumber(PriorityNames, number);
}

} // namespace Pagedesk
