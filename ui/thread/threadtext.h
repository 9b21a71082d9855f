// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/message.h"
#include "models/domain/page.h"

#include <QDateTime>
#include <QHash>
#include <QLocale>

namespace Pagedesk::Ui {

// What the words of a thread depend on besides the message.
struct ThreadWords {
    QLocale locale;
    qint64 now = 0; // ms UTC
    bool online = true;
    SendingBlock block = SendingBlock::None; // why the Page's replies wait
    bool isAdmin = false; // whoever reads can put a Page right
    QString ownName; // whose replies need no name
    QString contactName; // as shown in the header
    QHash<QString, int> uploads; // of files that are being brought to the relay: per cent, by hash
};

// The local time of a moment; an invalid one for 0.
QDateTime localTime(qint64 ms);

QString timeText(qint64 ms, const QLocale &locale); // "13:58"
QString dayText(QDate day, const ThreadWords &words); // "Today", "Monday", "3 Nov 2025"
QString exactTimeText(const Message &message, const ThreadWords &words); // lines for a tooltip

// How much of a reply's file has been brought to the relay, per cent; -1 when it is not under way.
int uploadOf(const Message &message, const ThreadWords &words);

// "Sent", "Read 14:01", "Queued: …", or the sentence of a failure; empty where nothing needs to be
// said (received, notes).
QString stateText(const Message &message, const ThreadWords &words);

// Time and state, as under a bubble; what became of the pictures where there are any.
QString metaText(const Message &message, const ThreadWords &words);

// Who wrote, where that has to be said; empty for the customer and for one's own replies.
QString authorText(const Message &message, const ThreadWords &words);

// Whether the operator can have this message sent again.
bool canSendAgain(const Message &message);
QString sendAgainText();

QString attachmentKindText(AttachmentKind kind);
QString attachmentTitle(const Attachment &attachment);
QString attachmentDetail(const Attachment &attachment, const QLocale &locale);
// The address a click on the attachment opens; empty when it has none or an unsafe one.
QUrl attachmentLink(const Attachment &attachment);

// Whether the attachment is shown as a picture and not as a card.
bool isPicture(const Attachment &attachment);

QString beginningText();
QString loadingText();

// Who, when, what and state in one go, for assistive technology.
QString accessibleSentence(const Message &message, const ThreadWords &words);

} // namespace Pagedesk::Ui
