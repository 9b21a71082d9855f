// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

// Meta's numbers, each with its source and the date it was read. Nowhere else.
namespace Pagedesk::Limits {

// Graph API, "Changelog: versions", 2026-07-29.
inline constexpr const char *GraphVersion = "v26.0";

// Until when a version can be used; empty: not announced. The same source.
struct GraphVersionEnd {
    const char *name;
    const char *until; // a day, UTC
};
inline constexpr GraphVersionEnd GraphVersions[]
    = {{"v26.0", ""}, {"v25.0", "2028-07-29"}, {"v24.0", "2028-02-18"}, {"v23.0", "2027-10-08"},
        {"v22.0", "2027-05-20"}, {"v21.0", "2027-01-21"}, {"v20.0", "2026-09-24"}};

// Send API reference, 2026-06: "under 2000 characters", counted here in UTF-16 units, the
// strictest reading.
inline constexpr int TextCharacters = 2000;
inline constexpr int MetadataCharacters = 1000;

// Saved assets page, 2026-04.
inline constexpr qint64 AttachmentBytes = 25LL * 1024 * 1024;
inline constexpr qint64 ImageByUrlBytes = 8LL * 1024 * 1024;
// The page says "25 MB ... after encoding": counted here in decimal megabytes, the strictest
// reading, with room for what a multipart body adds.
inline constexpr qint64 OutgoingFileBytes = 25'000'000 - 4096;
// Attachment Upload API, 2026: an id can be used for 90 days. An hour less, for clocks that differ.
inline constexpr qint64 AttachmentIdLifeMs = 90LL * 24 * 3'600'000 - 3'600'000;

// Rate limiting page, 2026-03-23: calls a second and Page.
inline constexpr int SendTextPerSecond = 300;
inline constexpr int SendMediaPerSecond = 10;
inline constexpr int ConversationsPerSecond = 2;

// Webhooks guide, 2026: an answer within this many milliseconds.
inline constexpr int WebhookAnswerMs = 5000;

// Messenger profile API, 2026; the greeting's on an older page.
inline constexpr int GreetingCharacters = 160;
inline constexpr int PayloadCharacters = 1000;
inline constexpr int IceBreakers = 4; // of a language
inline constexpr int MenuItems = 20; // of a language
inline constexpr int MenuTitleCharacters = 30;
inline constexpr int ProfileCalls = 10; // of a Page in ten minutes

} // namespace Pagedesk::Limits
