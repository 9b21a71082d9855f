// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messenger/json.h"
#include "models/messenger/webhook.h"

namespace Pagedesk {

// Real ids are shorter than half of these. Longer ones would be no id to whom they are handed on.
inline constexpr qsizetype MaxIdCharacters = 120; // a Page's and a person's, together one of ours
inline constexpr qsizetype MaxMidCharacters = 256;

// What an entry says about its items.
struct EntryContext {
    PageId pageId;
    qint64 time = 0; // ms UTC, 0 when not given
    bool standby = false; // of entry[].standby: another app holds the conversation
};

// A time of Meta's in ms UTC, given in milliseconds or seconds, as number or string; 0 when it is
// missing or senseless.
qint64 readTime(const JsonValue &value);

// Reads one item of entry[].messaging or entry[].standby; appends one event for each kind in it,
// at least one.
void readItem(const JsonValue &item, const EntryContext &context, QList<WebhookEvent> &events);

// Reads one item of entry[].changes.
WebhookEvent readChange(const JsonValue &change, const EntryContext &context);

// An event for something that is not understood, identified by its content.
WebhookEvent unreadEvent(
    const JsonValue &value, const PageId &page, EventState state, const QString &reason);

} // namespace Pagedesk
