// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/messageplace.h"
#include "models/store/query.h"

namespace Pagedesk {

// Ways into the middle of a thread. Replies on their way have no place there and are not looked at.
class ThreadPlaces {
public:
    struct Text {
        MessagePlace place;
        QString text;
    };

    // At most `limit` messages from a place on, in thread order; `after`: without one that stands
    // there itself.
    static Result<QList<Message>> from(Connection &connection, const ConversationId &conversation,
        const MessagePlace &place, bool after, int limit);
    // The texts of at most `limit` messages before a place, or of the newest, the newest first.
    static Result<QList<Text>> texts(Connection &connection, const ConversationId &conversation,
        const std::optional<MessagePlace> &before, int limit);
    // The place of the `count`th last message of the customer up to a time.
    static Result<std::optional<MessagePlace>> lastFromCustomer(
        Connection &connection, const ConversationId &conversation, int count, qint64 upTo);
};

} // namespace Pagedesk
