// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messenger/json.h"
#include "models/messenger/webhook.h"

namespace Pagedesk {

// Each reads what stands under its key of an item into an event whose kind, Page, person, mid and
// time are set already. Source: Messenger Platform, "Webhooks" event catalogue, read 2026-09.
void readEdit(const JsonValue &edit, WebhookEvent &event);
void readReaction(const JsonValue &item, const JsonValue &reaction, WebhookEvent &event);
void readPostback(const JsonValue &postback, WebhookEvent &event);
void readOptin(const JsonValue &optin, WebhookEvent &event);
void readReferralEvent(const JsonValue &referral, WebhookEvent &event);
void readAccountLinking(const JsonValue &linking, WebhookEvent &event);
void readHandover(const JsonValue &handover, WebhookEvent &event);
void readPolicy(const JsonValue &policy, WebhookEvent &event);
// Survey and form answers, thumbs, forms, carts, coupons, opt-outs.
void readAnswers(const JsonValue &value, WebhookEvent &event);
void readIntegrity(const JsonValue &value, WebhookEvent &event);

// Of a message, postback or event of its own.
Referral readReferral(const JsonValue &referral);

} // namespace Pagedesk
