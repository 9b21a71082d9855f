// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

#include <QStringView>

#include <optional>

namespace Pagedesk {

// What Meta calls the type of an attachment. Numbers are stored: never change one.
enum class AttachmentKind {
    Image = 1,
    Video = 2,
    Audio = 3,
    File = 4,
    Sticker = 5,
    Location = 6,
    Link = 7, // Meta's "fallback": a shared link, or content Messenger could not show
    Reel = 8, // "reel" and "ig_reel"
    Post = 9, // "post" and "ig_post"
    Template = 10,
    Appointment = 11,
    Unknown = 12,
};

// Where the bytes of an attachment are. Numbers are stored: never change one.
enum class AttachmentState {
    Pending = 1, // the relay has not fetched it yet
    Captured = 2, // kept by the relay under its hash
    Expired = 3, // gone at Meta before it was captured
    Refused = 4, // not fetched, see `reason`
    None = 5, // nothing to fetch (location, link, template)
};

// One attachment of a message, without its bytes.
struct Attachment {
    AttachmentKind kind = AttachmentKind::Unknown;
    AttachmentState state = AttachmentState::None;
    QString name; // file name or title as given, untrusted
    QString mimeType; // as sniffed after capture, else empty
    qint64 size = 0; // bytes; 0 when not known
    QString hash; // SHA-256 in hex once captured: the key to ask the relay for the bytes
    QString thumbnail; // the hash of a smaller picture of it; empty: there is none
    QString url; // where a Link, Reel or Post leads; where media came from at Meta
    QString reason; // why it was refused, a short English word
    QString stickerId;
    int width = 0; // pixels; 0 when not known
    int height = 0;
    double latitude = 0; // degrees, Location only
    double longitude = 0;

    bool operator==(const Attachment &) const = default;
};

QString attachmentKindName(AttachmentKind kind);
std::optional<AttachmentKind> attachmentKindFromName(QStringView name);
std::optional<AttachmentKind> attachmentKindFromNumber(qint64 number);
QString attachmentStateName(AttachmentState state);
std::optional<AttachmentState> attachmentStateFromName(QStringView name);
std::optional<AttachmentState> attachmentStateFromNumber(qint64 number);

// Whether the relay keeps the bytes of this kind.
bool hasMedia(AttachmentKind kind);

} // namespace Pagedesk
