// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "models/domain/conversation.h"
#include "models/domain/page.h"
#include "models/domain/replywindow.h"
#include "ui/theme/tag.h"

namespace Pagedesk::Ui {

// Why nothing can be written now, in a sentence or two; empty when one may write. An admin is told
// what to do, others whom to ask.
QString closedReason(const Conversation &conversation, const Page &page, const ReplyWindow &window,
    qint64 now, bool isAdmin);

// Whether another app has it and it can be taken from that: nothing else keeps the Page from
// sending.
bool isHeldByOther(const Conversation &conversation, const Page &page);
// What somebody agrees to who answers later than 24 hours.
QString humanAgentWords(const ReplyWindow &window, qint64 now);

// What else to know before one writes; empty when there is nothing.
QString composerNote(const Page &page);

// Where an admin puts right what is wrong with a Page or odd about it.
enum class PageCure { None, ConnectAgain, Doctor, Settings };
PageCure pageCure(const Page &page);
QString pageCureWords(PageCure cure); // of its button

// The chip above the editor: how long the window stays open, or that one cannot write.
struct WindowChip {
    TagKind kind = TagKind::Plain;
    QString text;
};
WindowChip windowChip(const ReplyWindow &window, bool mayWrite, qint64 now);

// Why the outbox did not take a reply.
QString sendProblem(const Error &error, bool isAdmin);

// Why a file was not taken into a reply. `name` as on this computer.
QString fileProblem(const QString &name, const Error &error);

// What is sent of a text: without the white space around it.
QString replyText(const QString &typed);

// How near a text is to what Meta takes, counted in UTF-16 units.
enum class TextFill { Empty, Fits, Nearly, Over };
TextFill textFill(const QString &reply);

} // namespace Pagedesk::Ui
