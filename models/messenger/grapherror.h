// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/domain/deliverystate.h"
#include "models/domain/pagecare.h"

#include <QByteArray>

namespace Pagedesk {

// What an answer of the Send API means for the message that was sent.
struct SendVerdict {
    enum class Outcome {
        Sent, // Meta has it, `mid` names it
        Unknown, // it may or may not have gone out: wait for the echo, never send again
        NotSent, // proven not sent and worth another try after `retryAfterSeconds`
        Failed, // proven not sent and not worth another try, see `failure`
    };

    Outcome outcome = Outcome::Unknown;
    Mid mid; // Sent only
    FailureKind failure = FailureKind::None; // Failed only
    int retryAfterSeconds = 0; // NotSent only
    bool pausesPage = false; // nothing of this Page should be sent before the cause is gone
    int code = 0; // Meta's code and subcode, 0 when there is none; for the log
    int subcode = 0;
    QString traceId; // fbtrace_id, for Meta's support
};

// Reads the answer to a send call: HTTP status, body, and the X-Business-Use-Case-Usage header
// (may be empty). Classified by code and subcode only, never by text; the table stands in the
// .cpp. Source: Messenger Platform "Error codes", 2026-06-25.
SendVerdict readSendAnswer(int httpStatus, const QByteArray &body, const QByteArray &usageHeader);

// The same for a call that changes who controls a conversation; Sent: it has.
SendVerdict readControlAnswer(
    int httpStatus, const QByteArray &body, const QByteArray &usageHeader);

// What a subcode of the codes 190 and 102 says. Source: Graph API, "Error handling", 2026.
TokenProblem tokenProblemOf(int subcode);
// Code 200 with the subcode that Meta gives when the app is not live, or not reviewed for messages,
// and the person has no role in it.
bool isForRolesOnly(const SendVerdict &verdict);
// The Page or the app lacks a permission, as far as the code alone tells.
bool isPermissionLoss(const SendVerdict &verdict);

// The answer to POST /{page}/message_attachments: Meta's id of the file. Nothing is sent by it, so
// what an answer leaves open may be tried again; the verdict is NotSent then, or Failed.
struct UploadAnswer {
    QString attachmentId; // empty: see the verdict
    SendVerdict verdict;
};
UploadAnswer readUploadAnswer(
    int httpStatus, const QByteArray &body, const QByteArray &usageHeader);

} // namespace Pagedesk
