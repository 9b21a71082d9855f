// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messenger/json.h"
#include "models/messenger/webhook.h"

namespace Pagedesk {

// The kinds that are understood in full. Each takes the item and the value under the key of its
// kind, and an event that already has its page and time; it fills in the rest but `raw`.
void readMessage(const JsonValue &item, const JsonValue &message, WebhookEvent &event);
void readDelivery(const JsonValue &item, const JsonValue &delivery, WebhookEvent &event);
void readReadReceipt(const JsonValue &item, const JsonValue &read, WebhookEvent &event);

// Whether it is known which Page, and whose conversation, the event is of. If not, it is marked
// Malformed with the reason.
bool namesPage(WebhookEvent &event);
bool namesPerson(WebhookEvent &event);

// The person of an item, who is the recipient when the Page is the sender.
Psid customerOf(const JsonValue &item, const PageId &page);

} // namespace Pagedesk
