// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/domain/attachment.h"
#include "models/domain/replywindow.h"

#include <QByteArray>

namespace Pagedesk {

// JSON bodies of POST /{page}/messages. `ours` goes into `metadata` and comes back in the echo.
// The messaging type follows from the window: RESPONSE while open, MESSAGE_TAG with HUMAN_AGENT
// after it. Source: Send API reference, read 2026-06.
// Rejected: the window is closed, the text is empty. TooLarge: the text exceeds
// Limits::TextCharacters.
Result<QByteArray> textPayload(
    const Psid &to, const QString &text, const MessageId &ours, ReplyWindow::State window);

// An attachment that was uploaded before (message_attachments) and is sent by its id.
Result<QByteArray> attachmentPayload(const Psid &to, AttachmentKind kind,
    const QString &attachmentId, const MessageId &ours, ReplyWindow::State window);

// The field `message` of POST /{page}/message_attachments, which keeps a file for later sends.
// Rejected: a kind that cannot be uploaded. Source: Attachment Upload API reference, read 2026-06.
Result<QByteArray> uploadMessage(AttachmentKind kind);

// Shows the customer that somebody writes, for some 20 seconds or until a message comes. It is no
// message. Source: Send API reference, "sender_action", read 2026-06.
QByteArray typingPayload(const Psid &to);

// Body of POST /{page}/take_thread_control. Source: Messenger Platform, "Conversation Routing",
// 2025-09.
QByteArray takingPayload(const Psid &from);

} // namespace Pagedesk
