// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/domain/attachment.h"

#include <QByteArray>
#include <QList>

namespace Pagedesk {

// What a webhook item is about. The names (eventKindName) are fixed for script writers.
// Numbers are stored: never change one.
enum class EventKind {
    Message = 1,
    MessageEcho = 2,
    MessageEdit = 3,
    Reaction = 4,
    Postback = 5,
    Delivery = 6,
    Read = 7,
    Optin = 8,
    Referral = 9,
    AccountLinking = 10,
    Handover = 11,
    PolicyEnforcement = 12,
    Standby = 13, // anything in entry[].standby
    Feed = 14, // entry[].changes of the field "feed"
    Other = 15,
};

// What could be made of an item. Numbers are stored: never change one.
enum class EventState {
    Projected = 1, // understood
    Unsupported = 2, // kept raw: of no kind we act on, see the reason
    Malformed = 3, // kept raw: cannot be read, see the reason
};

QString eventKindName(EventKind kind);
QString eventStateName(EventState state);

// One event of a webhook body. An item that carries several kinds gives one event for each.
struct WebhookEvent {
    EventKind kind = EventKind::Other;
    EventState state = EventState::Unsupported;
    QString reason; // English, why it is Unsupported or Malformed
    PageId pageId; // entry[].id; may be empty
    QByteArray raw; // the item's bytes exactly as received (the whole body when it is no JSON)
    QByteArray dedupKey; // 16 bytes, equal for repeated deliveries of the same event

    // Of the kinds that are projected; of the others psid, timestamp and mid as far as they are
    // known. Empty or 0 elsewhere.
    Psid psid; // the customer, also for echoes
    qint64 timestamp = 0; // ms UTC; times given in seconds are converted
    Mid mid;
    QString text;
    QList<Attachment> attachments;
    Mid replyTo;
    QString metadata; // echo: what our send call passed
    QString appId; // echo: which app sent it
    QList<Mid> mids; // delivery: the messages named
    qint64 watermark = 0; // delivery, read: ms UTC, everything up to it

    // Also of kinds that are not projected: the customer did something at `timestamp` after which
    // the Page may reply (Messenger Platform, "Send messages" and policy pages, read 2026-09-28).
    bool opensWindow = false;
};

// Splits a webhook body into its events. Never fails: what cannot be understood comes back as
// Malformed or Unsupported with its bytes, and never spoils its neighbours. Ids stay exact to the
// digit, given as strings or as numbers of any length. An array of envelopes is read as each of
// them. A body without any item gives one event with the whole body.
// Source: Messenger Platform, "Webhooks" and its reference pages, read 2026-09.
QList<WebhookEvent> readWebhook(const QByteArray &body);

} // namespace Pagedesk
