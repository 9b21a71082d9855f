// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/label.h"
#include "models/domain/page.h"
#include "models/domain/replywindow.h"
#include "ui/theme/tag.h"

#include <QList>

namespace Pagedesk::Ui {

// A conversation in words. Every text may hold a stranger's characters: show it as plain text.

// The person's name, or "Name not shared · …4821".
QString displayName(const Contact &contact);
// The second line of a row: "You: …", "Draft: …", "2 photos".
QString previewLine(const Conversation &conversation, const QString &draft);
// What a message of attachments only is called.
QString attachmentWords(AttachmentKind kind, int count);
// The state of the last reply as a word; empty when the customer wrote last.
QString stateWord(const Conversation &conversation);

// A word at the end of a row's second line.
struct RowTag {
    TagKind kind = TagKind::Plain;
    QString text;

    bool operator==(const RowTag &) const = default;
};
QList<RowTag> rowTags(const Conversation &conversation, const ReplyWindow &window, qint64 now);

// The whole row as one sentence for those who hear it.
QString spokenRow(const Conversation &conversation, const Page &page, const ReplyWindow &window,
    const QString &draft, qint64 now);

// What the team has decided about it, to be said after that: who has it, its state, priority and
// labels; begins with ", ", or is empty.
QString spokenDecisions(const Conversation &conversation, const QString &holder,
    const QList<Label> &labels, qint64 now);

// A PSID in groups of four digits.
QString groupedPsid(const Psid &psid);

} // namespace Pagedesk::Ui
