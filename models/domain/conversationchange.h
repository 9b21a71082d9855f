// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/conversation.h"
#include "models/domain/label.h"

#include <QJsonObject>

namespace Pagedesk {

inline constexpr qsizetype MaxCommentCharacters = 2000;
inline constexpr qint64 MaxSnoozeMs = qint64(366) * 24 * 60 * 60 * 1000;
inline constexpr qsizetype MaxLabelsOfConversation = 50;

// What somebody decides about a conversation as a whole; what is not named stays as it is.
struct ConversationChange {
    std::optional<ConversationState> state = {};
    qint64 snoozedUntil = 0; // ms UTC; with the state Snoozed
    std::optional<OperatorId> assignee = {}; // empty: nobody
    std::optional<TeamId> team = {}; // empty: no team
    std::optional<Priority> priority = {};
    LabelId addLabel = {};
    LabelId removeLabel = {};
    bool markUnread = false; // for the whole team, from the customer's last message on

    bool operator==(const ConversationChange &) const = default;
};

// Makes it so. Neither rights nor sense are checked here.
void applyChange(Conversation &conversation, const ConversationChange &change);
// Whether a conversation is already as a change wants it.
bool isSo(const Conversation &conversation, const ConversationChange &change);

// For frames and columns; what is not named is left out. Protocol, naming the field that is wrong.
QJsonObject changeToJson(const ConversationChange &change);
Result<ConversationChange> changeFromJson(const QJsonObject &object);
QString changeToText(const ConversationChange &change);
// What cannot be read changes nothing.
ConversationChange changeFromText(const QString &text);

// Why the relay does not carry a change out; the word begins the error's detail.
enum class QueueRefusal {
    HeldByOther, // somebody else took it first; their id follows the word
    AssigneeGone, // no operator, or one who was revoked
    AssigneeWithoutPage,
    TeamGone,
    TeamWithoutPage, // nobody of the team may work on this Page
    SnoozeTime, // none, or too far away
    LabelGone,
    TooManyLabels,
    LabelTaken, // another label has this name
};
QString queueRefusalName(QueueRefusal refusal);
std::optional<QueueRefusal> queueRefusalFromName(QStringView name);

} // namespace Pagedesk
