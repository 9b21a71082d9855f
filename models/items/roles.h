// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace Pagedesk {

// What ThreadModel::data() answers. Times are QDateTime in UTC (invalid when there is none), enums
// come as themselves. Words and colours are made by whoever shows them.
enum ThreadRole {
    MessageIdRole = Qt::UserRole + 1, // QString, our id
    MidRole, // QString, Meta's id; empty until it is known
    TextRole, // QString, untrusted
    DirectionRole, // Direction
    AuthorRole, // Author
    AuthorNameRole, // QString, untrusted
    SentAtRole, // QDateTime, the platform's time
    StateRole, // DeliveryState
    DeliveredAtRole, // QDateTime
    ReadAtRole, // QDateTime
    FailureRole, // FailureKind
    AttachmentCountRole, // int
    ReplyToRole, // QString, Meta's id of the message this one answers
};

} // namespace Pagedesk
