// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/attachment.h"

#include "models/domain/names.h"

namespace Pagedesk {

namespace {

constexpr NameTable<AttachmentKind, 12> KindNames{{
    {AttachmentKind::Image, "image"},
    {AttachmentKind::Video, "video"},
    {AttachmentKind::Audio, "audio"},
    {AttachmentKind::File, "file"},
    {AttachmentKind::Sticker, "sticker"},
    {AttachmentKind::Location, "location"},
    {AttachmentKind::Link, "link"},
    {AttachmentKind::Reel, "reel"},
    {AttachmentKind::Post, "post"},
    {AttachmentKind::Template, "template"},
    {AttachmentKind::Appointment, "appointment"},
    {AttachmentKind::Unknown, "unknown"},
}};

constexpr NameTable<AttachmentState, 5> StateNames{{
    {AttachmentState::Pending, "pending"},
    {AttachmentState::Captured, "captured"},
    {AttachmentState::Expired, "expired"},
    {AttachmentState::Refused, "refused"},
    {AttachmentState::None, "none"},
}};

} // namespace

QString attachmentKindName(AttachmentKind kind)
{
    return nameOf(KindNames, kind);
}

std::optional<AttachmentKind> attachmentKindFromName(QStringView name)
{
    return fromName(KindNames, name);
}

std::optional<AttachmentKind> attachmentKindFromNumber(qint64 number)
{
    return fromNumber(KindNames, number);
}

QString attachmentStateName(AttachmentState state)
{
    return nameOf(StateNames, state);
}

std::optional<AttachmentState> attachmentStateFromName(QStringView name)
{
    return fromName(StateNames, name);
}

std::optional<AttachmentState> attachmentStateFromNumber(qint64 number)
{
    return fromNumber(StateNames, number);
}

bool hasMedia(AttachmentKind kind)
{
    switch (kind) {
    case AttachmentKind::Image:
    case AttachmentKind::Video:
    case AttachmentKind::Audio:
    case AttachmentKind::File:
    case AttachmentKind::Sticker:
        return true;
    case AttachmentKind::Location:
    case AttachmentKind::Link:
    case AttachmentKind::Reel:
    case AttachmentKind::Post:
    case AttachmentKind::Template:
    case AttachmentKind::Appointment:
    case AttachmentKind::Unknown:
        return false;
    }
    return false;
}

} // namespace Pagedesk
