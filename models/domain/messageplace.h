// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/message.h"

#include <tuple>

namespace Pagedesk {

// Where a message that is not on its way stands in its thread. One made of a time alone stands
// before every message of that millisecond.
struct MessagePlace {
    qint64 at = 0; // ms UTC
    qint64 arrival = -1;
    MessageId id;

    static MessagePlace of(const Message &message)
    {
        return {message.sentAt, message.arrival, message.id};
    }
    bool operator==(const MessagePlace &) const = default;
    bool operator<(const MessagePlace &other) const
    {
        return std::tie(at, arrival, id.value) < std::tie(other.at, other.arrival, other.id.value);
    }
};

} // namespace Pagedesk
