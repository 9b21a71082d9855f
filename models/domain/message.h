// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/domain/attachment.h"
#include "models/domain/deliverystate.h"
#include "models/domain/messagedetails.h"

#include <QList>

namespace Pagedesk {

// Numbers are stored: never change one.
enum class Direction { In = 1, Out = 2, Note = 3 };

// Who wrote a message. Numbers are stored: never change one.
enum class Author {
    Contact = 1,
    Operator = 2,
    Assistant = 3,
    System = 4,
    Elsewhere = 5, // the Page, from another tool
};

// One message of a conversation, as the relay knows it or as an operator has queued it.
struct Message {
    MessageId id;
    ConversationId conversationId;
    PageId pageId;
    Mid mid; // empty until Meta has told it
    Direction direction = Direction::In;
    Author author = Author::Contact;
    QString authorName; // the operator's or assistant's name; empty for the contact
    QString text;
    QList<Attachment> attachments;
    Mid replyTo; // the message this one answers, may not be known here
    qint64 sentAt = 0; // ms UTC, the platform's time; for an unsent reply when it was written
    qint64 arrival = 0; // rises in the order of arrival at the relay; breaks ties of sentAt
    DeliveryState state = DeliveryState::Received;
    qint64 deliveredAt = 0; // ms UTC, 0 when not yet
    qint64 readAt = 0; // ms UTC, 0 when not yet
    FailureKind failure = FailureKind::None;
    MessageDetails details;
    qint64 seq = 0; // position in the Page's stream; 0 while only this desktop knows it

    bool operator==(const Message &) const = default;
};

// The order of a thread: what waits here last, then platform time, then arrival, then id.
bool isBefore(const Message &a, const Message &b);

// Whether this reply is ours and on its way, so that it stands at the end of the thread.
bool isPending(const Message &message);

// One line without breaks for lists and notifications, at most `length` characters; empty for a
// message of attachments only.
QString previewText(const QString &text, int length = 140);

QString directionName(Direction direction);
std::optional<Direction> directionFromName(QStringView name);
std::optional<Direction> directionFromNumber(qint64 number);
QString authorName(Author author);
std::optional<Author> authorFromName(QStringView name);
std::optional<Author> authorFromNumber(qint64 number);

} // namespace Pagedesk
