// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/contact.h"
#include "models/domain/message.h"
#include "models/domain/operator.h"

#include <QStringList>

namespace Pagedesk {

// Numbers are stored: never change one.
enum class ConversationState { Open = 1, Pending = 2, Snoozed = 3, Resolved = 4 };
// Numbers are stored: never change one.
enum class Priority { None = 0, Low = 1, High = 2, Urgent = 3 };

// Stands for the other app that holds a conversation when it is not told which one it is.
inline constexpr const char *SomeOtherApp = "other";

// A conversation as the list shows it: with its person and its last message, so that no list has
// to look anything up.
struct Conversation {
    ConversationId id;
    Contact contact;
    ConversationState state = ConversationState::Open;
    OperatorId assignee; // who has it; empty: nobody
    TeamId team = {}; // whose queue it is in, also while somebody has it; empty: everybody's
    Priority priority = Priority::None;
    qint64 snoozedUntil = 0; // ms UTC; only while it is snoozed
    bool escalated = false;
    QStringList labels; // ids
    int unread = 0; // customer messages nobody on the team has looked at
    qint64 lastMessageAt = 0; // ms UTC
    QString lastText; // preview of the last message
    AttachmentKind lastAttachment = AttachmentKind::Unknown; // when lastText is empty
    int lastAttachmentCount = 0;
    Direction lastDirection = Direction::In;
    Author lastAuthor = Author::Contact;
    DeliveryState lastState = DeliveryState::Received;
    qint64 lastCustomerAt = 0; // ms UTC of the customer's last action that opens the window; 0 none
    qint64 waitingSince
        = 0; // ms UTC of the first customer message without an answer; 0 when answered
    QString ownerApp; // id of the other app that holds the conversation; empty when we may answer
    qint64 takingSince = 0; // ms UTC since when Meta is asked to give it to us; 0: it is not
    FailureKind takingFailed = FailureKind::None; // why it was last asked in vain
    qint64 seq = 0; // position in the Page's stream

    bool operator==(const Conversation &) const = default;
};

QString conversationStateName(ConversationState state);
std::optional<ConversationState> conversationStateFromName(QStringView name);
std::optional<ConversationState> conversationStateFromNumber(qint64 number);
QString priorityName(Priority priority);
std::optional<Priority> priorityFromName(QStringView name);
std::optional<Priority> priorityFromNumber(qint64 number);

} // namespace Pagedesk
