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

} // namespace Pagedesk
