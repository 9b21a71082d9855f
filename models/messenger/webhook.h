// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/domain/attachment.h"
#include "models/domain/messagedetails.h"

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
    Optout = 16,
    Feedback = 17, // "messaging_feedback": answers to a survey
    CustomerInformation = 18, // answers to a form
    ResponseFeedback = 19, // a thumb on an answer
    Form = 20, // an instant form
    Order = 21, // a cart
    Coupon = 22, // "template": a coupon's code
    Integrity = 23, // entry[].changes of the field "business_integrity"
    Mention = 24, // and of "mention"
    InboxLabels = 25, // and of "inbox_labels"
    TemplateStatus = 26, // and of "message_template_status_update"
    GroupFeed = 27, // and of "group_feed"
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

    // The kind by its content: of a standby event the kind it would have had otherwise.
    EventKind shape = EventKind::Other;

    // What of the rest is empty or 0 does not belong to the kind or is not known.
    Psid psid; // the customer, also for echoes
    qint64 timestamp = 0; // ms UTC; times given in seconds are converted
    Mid mid;
    QString text; // of a notice the words that belong to it
    QList<Attachment> attachments;
    MessageDetails details; // notice, payload, referral, standby; an edit's number
    Mid replyTo;
    QString metadata; // echo: what our send call passed
    QString appId; // echo: which app sent it
    QList<Mid> mids; // delivery: the messages named
    qint64 watermark = 0; // delivery, read: ms UTC, everything up to it
    bool deleted = false; // message, echo: `mid` was taken back
    bool byPage = false; // reaction: by the Page, else by the customer
    QString emoji; // reaction: empty when it was taken back
    QString action; // policy enforcement, integrity: Meta's word; the reason is in `text`

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

// Reads an item again that was kept: `raw` of an event of this kind and Page. `receivedAt` (ms
// UTC) stands in for a time the item does not have. Usually one event; never none.
QList<WebhookEvent> readStoredItem(
    const QByteArray &raw, EventKind kind, const PageId &page, qint64 receivedAt);

} // namespace Pagedesk
