// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/page.h"
#include "models/domain/replywindow.h"

namespace Pagedesk {

// A reply window that ends within this many milliseconds is shown as running out.
inline constexpr qint64 ClosingSoonMs = qint64(4) * 60 * 60 * 1000;

// What the rail offers to look at.
enum class ConversationView {
    Inbox, // open ones: neither pending nor snoozed
    Unread,
    Waiting,
    ClosingSoon, // pending ones too
    Resolved,
    Mine, // that this person has; pending ones too
    Unassigned, // open ones nobody has, be it that a team does
    Pending,
    Snoozed,
};

// The window as an operator has it. A person may write until Human Agent ends, so where the Page
// has that feature the open window does not close after 24 hours.
ReplyWindow operatorWindow(const Conversation &conversation, const Page &page, qint64 now);

// Whether the window is open and ends within ClosingSoonMs.
bool closesSoon(const ReplyWindow &window, qint64 now);

// `self`: whose Mine is.
bool isInView(const Conversation &conversation, const ReplyWindow &window, ConversationView view,
    qint64 now, const OperatorId &self);

// Text as the filter compares it: one case, accents and presentation forms folded.
QString foldedForFilter(const QString &text);

} // namespace Pagedesk
