// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QString>

#include <compare>

namespace Pagedesk {

// An id of one kind of thing, never mixed up with another's. Always text: Meta's ids exceed what
// a double or even a 64-bit number keeps exactly.
template <typename Tag> struct Id {
    QString value;

    bool isEmpty() const { return value.isEmpty(); }
    bool operator==(const Id &) const = default;
    auto operator<=>(const Id &other) const { return QString::compare(value, other.value) <=> 0; }
};

template <typename Tag> size_t qHash(const Id<Tag> &id, size_t seed = 0)
{
    return qHash(id.value, seed);
}

using PageId = Id<struct PageTag>; // Meta's id of a Page
using Psid = Id<struct PsidTag>; // Page-scoped id of a person
using Mid = Id<struct MidTag>; // Meta's id of a message, "m_…"
using ConversationId = Id<struct ConversationTag>; // ours, see conversationId()
using MessageId = Id<struct MessageTag>; // ours, made by whoever writes the message first
using AttachmentId = Id<struct AttachmentTag>; // ours: "<message id>/<index>"
using OperatorId = Id<struct OperatorTag>;
using DeviceId = Id<struct DeviceTag>;
using CommandId = Id<struct CommandTag>; // made by the desktop, the key of idempotency

// A new UUID of version 7 (RFC 9562): 48 bits of milliseconds, then random bits, so that ids made
// later sort later. Lower case with dashes, 36 characters.
QString newUuid(qint64 nowMs);

// One Messenger conversation is one person on one Page: "<page id>-<psid>".
ConversationId conversationId(const PageId &page, const Psid &person);

// Our id of a message that came to us with Meta's id; the same mid on the same Page always gives
// the same id, so that a replay rebuilds the same rows.
MessageId messageIdFor(const PageId &page, const Mid &mid);

} // namespace Pagedesk
