// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/conversationchange.h"

#include "models/base/jsonfields.h"
#include "models/domain/names.h"

#include <QJsonDocument>

#include <algorithm>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

using Need = FieldReader::Need;

constexpr NameTable<QueueRefusal, 9> RefusalNames{{
    {QueueRefusal::HeldByOther, "held_by_other"},
    {QueueRefusal::AssigneeGone, "assignee_gone"},
    {QueueRefusal::AssigneeWithoutPage, "assignee_without_page"},
    {QueueRefusal::TeamGone, "team_gone"},
    {QueueRefusal::TeamWithoutPage, "team_without_page"},
    {QueueRefusal::SnoozeTime, "snooze_time"},
    {QueueRefusal::LabelGone, "label_gone"},
    {QueueRefusal::TooManyLabels, "too_many_labels"},
    {QueueRefusal::LabelTaken, "label_taken"},
}};

} // namespace

void applyChange(Conversation &conversation, const ConversationChange &change)
{
    if (change.state) {
        conversation.state = *change.state;
        conversation.snoozedUntil
            = *change.state == ConversationState::Snoozed ? change.snoozedUntil : 0;
    }
    conversation.assignee = change.assignee.value_or(conversation.assignee);
    conversation.team = change.team.value_or(conversation.team);
    conversation.priority = change.priority.value_or(conversation.priority);
    if (!change.addLabel.isEmpty() && !conversation.labels.contains(change.addLabel.value))
        conversation.labels.append(change.addLabel.value);
    if (!change.removeLabel.isEmpty())
        conversation.labels.removeAll(change.removeLabel.value);
    if (change.markUnread && conversation.lastCustomerAt > 0)
        conversation.unread = std::max(conversation.unread, 1);
}

bool isSo(const Conversation &conversation, const ConversationChange &change)
{
    Conversation changed = conversation;
    applyChange(changed, change);
    return changed == conversation;
}

QJsonObject changeToJson(const ConversationChange &change)
{
    QJsonObject object;
    if (change.state)
        object.insert("state"_L1, conversationStateName(*change.state));
    putInteger(object, "snoozedUntilAt"_L1, change.snoozedUntil);
    if (change.assignee)
        object.insert("assignee"_L1, change.assignee->value);
    if (change.team)
        object.insert("team"_L1, change.team->value);
    if (change.priority)
        object.insert("priority"_L1, priorityName(*change.priority));
    putText(object, "addLabel"_L1, change.addLabel.value);
    putText(object, "removeLabel"_L1, change.removeLabel.value);
    putFlag(object, "markUnread"_L1, change.markUnread);
    return object;
}

Result<ConversationChange> changeFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"change"_s);
    ConversationChange read;
    if (in.has("state"_L1))
        read.state = in.choice("state"_L1, conversationStateFromName);
    read.snoozedUntil = in.integer("snoozedUntilAt"_L1, Need::Optional, 0);
    if (in.has("assignee"_L1))
        read.assignee = OperatorId{in.id("assignee"_L1, Need::Optional)};
    if (in.has("team"_L1))
        read.team = TeamId{in.id("team"_L1, Need::Optional)};
    if (in.has("priority"_L1))
        read.priority = in.choice("priority"_L1, priorityFromName);
    read.addLabel = {in.id("addLabel"_L1, Need::Optional)};
    read.removeLabel = {in.id("removeLabel"_L1, Need::Optional)};
    read.markUnread = in.flag("markUnread"_L1);
    return in.result(read);
}

QString changeToText(const ConversationChange &change)
{
    return QString::fromUtf8(QJsonDocument(changeToJson(change)).toJson(QJsonDocument::Compact));
}

ConversationChange changeFromText(const QString &text)
{
    return changeFromJson(QJsonDocument::fromJson(text.toUtf8()).object())
        .value_or(ConversationChange());
}

QString queueRefusalName(QueueRefusal refusal)
{
    return nameOf(RefusalNames, refusal);
}

std::optional<QueueRefusal> queueRefusalFromName(QStringView name)
{
    return fromName(RefusalNames, name);
}

} // namespace Pagedesk
