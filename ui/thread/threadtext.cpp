// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/threadtext.h"

#include "ui/errortext.h"
#include "ui/thread/displaytext.h"
#include "ui/thread/noticetext.h"

#include <QCoreApplication>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ThreadText)
};

// The time of a later event, with its day when that is another one than the message's.
QString laterTime(qint64 later, qint64 sentAt, const ThreadWords &words)
{
    const QDateTime moment = localTime(later);
    const QString time = timeText(later, words.locale);
    if (moment.date() == localTime(sentAt).date())
        return time;
    return Words::tr("%1, %2", "day, time").arg(dayText(moment.date(), words), time);
}

bool sameMinute(qint64 a, qint64 b)
{
    return a / 60000 == b / 60000;
}

QString reachedText(const QString &word, const QString &wordWithTime, qint64 at,
    const Message &message, const ThreadWords &words)
{
    if (at == 0 || sameMinute(at, message.sentAt))
        return word;
    return wordWithTime.arg(laterTime(at, message.sentAt, words));
}

QString picturesText(const Message &message)
{
    if (message.direction != Direction::In)
        return {};
    int kept = 0;
    int coming = 0;
    for (const Attachment &attachment : message.attachments) {
        if (attachment.kind != AttachmentKind::Image || !isPicture(attachment))
            continue;
        ++(attachment.state == AttachmentState::Captured ? kept : coming);
    }
    const int all = kept + coming;
    if (coming > 0)
        return all == 1 ? Words::tr("Photo, being fetched")
                        : Words::tr("%n photos, being fetched", nullptr, all);
    if (all == 0)
        return {};
    return all == 1 ? Words::tr("Photo, kept here")
                    : Words::tr("%n photos, kept here", nullptr, all);
}

// Both spellings stand in Meta's pages. Source: Messenger Platform, "Conversation routing",
// 2025-09.
bool isMetaInbox(const QString &app)
{
    return app == u"263902037430900" || app == u"26390203743090";
}

QString joined(const QStringList &parts)
{
    QStringList filled = parts;
    filled.removeAll(QString());
    return filled.join(u" · "_s);
}

bool bubbleless(const Message &message)
{
    return message.author == Author::System;
}

} // namespace

QDateTime localTime(qint64 ms)
{
    return ms > 0 ? QDateTime::fromMSecsSinceEpoch(ms) : QDateTime();
}

QString timeText(qint64 ms, const QLocale &locale)
{
    const QTime time = localTime(ms).time();
    if (locale.language() == QLocale::C)
        return time.toString(u"HH:mm"_s);
    return locale.toString(time, QLocale::ShortFormat);
}

QString dayText(QDate day, const ThreadWords &words)
{
    const QDate today = localTime(words.now).date();
    const qint64 ago = day.daysTo(today);
    if (ago == 0)
        return Words::tr("Today");
    if (ago == 1)
        return Words::tr("Yesterday");
    if (ago > 1 && ago < 7)
        return words.locale.standaloneDayName(day.dayOfWeek());
    return words.locale.toString(day, Words::tr("d MMM yyyy", "date format, as for QLocale"));
}

QString exactTimeText(const Message &message, const ThreadWords &words)
{
    const auto exact = [&locale = words.locale](qint64 ms) {
        const QDateTime moment = localTime(ms);
        return Words::tr("%1, %2", "date, time")
            .arg(locale.toString(moment.date(), QLocale::LongFormat),
                moment.time().toString(u"HH:mm:ss"_s));
    };
    QStringList lines;
    if (isPending(message))
        lines.append(Words::tr("Written: %1").arg(exact(message.sentAt)));
    else if (message.direction == Direction::In)
        lines.append(Words::tr("Received: %1").arg(exact(message.sentAt)));
    else
        lines.append(Words::tr("Sent: %1").arg(exact(message.sentAt)));
    if (message.deliveredAt > 0)
        lines.append(Words::tr("Delivered: %1").arg(exact(message.deliveredAt)));
    if (message.readAt > 0)
        lines.append(Words::tr("Read: %1").arg(exact(message.readAt)));
    lines.append(historyLines(message, words));
    return lines.join(u'\n');
}

int uploadOf(const Message &message, const ThreadWords &words)
{
    if (words.uploads.isEmpty() || message.attachments.isEmpty())
        return -1;
    return words.uploads.value(message.attachments.constFirst().hash, -1);
}

QString stateText(const Message &message, const ThreadWords &words)
{
    if (message.direction != Direction::Out)
        return {};
    switch (message.state) {
    case DeliveryState::Received:
        return {};
    case DeliveryState::Queued:
        if (const int percent = uploadOf(message, words); percent >= 0)
            return Words::tr("Uploading, %1 %").arg(words.locale.toString(percent));
        if (!words.online)
            return Words::tr("Queued: leaves when you are back online");
        if (words.block == SendingBlock::NeedsLogin)
            return words.isAdmin
                ? Words::tr("Queued: leaves when the Page is connected again")
                : Words::tr("Queued: leaves when an admin has connected the Page again");
        if (words.block == SendingBlock::PermissionLost)
            return Words::tr("Queued: leaves when the Page may send messages again");
        return Words::tr("Queued");
    case DeliveryState::Sending:
        return Words::tr("Sending…");
    case DeliveryState::Unknown:
        return Words::tr("Not confirmed by Meta yet");
    case DeliveryState::Sent:
        return Words::tr("Sent");
    case DeliveryState::Delivered:
        return reachedText(Words::tr("Delivered"), Words::tr("Delivered %1", "time"),
            message.deliveredAt, message, words);
    case DeliveryState::Read:
        return reachedText(
            Words::tr("Read"), Words::tr("Read %1", "time"), message.readAt, message, words);
    case DeliveryState::Failed:
        return failureText(message.failure, words.isAdmin);
    }
    return {};
}

QString metaText(const Message &message, const ThreadWords &words)
{
    // What has not left yet has no time of its own.
    const QString time = isPending(message) ? QString() : timeText(message.sentAt, words.locale);
    return joined(QStringList{time} + remarks(message)
        + QStringList{picturesText(message), stateText(message, words)});
}

QString authorText(const Message &message, const ThreadWords &words)
{
    const QString name = displayLine(message.authorName, 80);
    if (message.direction == Direction::Note)
        return name.isEmpty() ? Words::tr("Note, only your team sees this")
                              : Words::tr("Note by %1, only your team sees this").arg(name);
    switch (message.author) {
    case Author::Assistant:
        return name.isEmpty() ? Words::tr("Automatic answer") : name;
    case Author::Elsewhere:
        return isMetaInbox(message.details.viaApp) ? Words::tr("Sent from Meta's inbox")
                                                   : Words::tr("Sent outside Pagedesk");
    case Author::Operator:
        return name == words.ownName ? QString() : name;
    case Author::Contact:
    case Author::System:
        break;
    }
    return {};
}

bool canSendAgain(const Message &message)
{
    return message.direction == Direction::Out && message.state == DeliveryState::Failed
        && mayHelpToSendAgain(message.failure);
}

QString sendAgainText()
{
    return Words::tr("Send again");
}

QString beginningText()
{
    return Words::tr("Beginning of the conversation");
}

QString loadingText()
{
    return Words::tr("Fetching earlier messages…");
}

QString accessibleSentence(const Message &message, const ThreadWords &words)
{
    QString who = message.direction == Direction::In ? displayLine(words.contactName, 80)
                                                     : authorText(message, words);
    if (who.isEmpty())
        who = message.direction == Direction::In ? Words::tr("Customer") : Words::tr("You");
    QStringList what;
    if (bubbleless(message))
        what.append(noticeText(message));
    else if (!message.text.isEmpty())
        what.append(clipboardText(displayText(message.text)));
    for (const Attachment &attachment : message.attachments)
        what.append(
            Words::tr("%1, %2", "attachment, its size or state")
                .arg(attachmentTitle(attachment), attachmentDetail(attachment, words.locale)));
    const QString when = Words::tr("%1 %2", "day, time")
                             .arg(dayText(localTime(message.sentAt).date(), words),
                                 timeText(message.sentAt, words.locale));
    what.append(remarks(message));
    const QString state = stateText(message, words);
    if (state.isEmpty())
        return Words::tr("%1, %2: %3", "who, when, what").arg(who, when, what.join(u". "_s));
    return Words::tr("%1, %2: %3. %4", "who, when, what, state")
        .arg(who, when, what.join(u". "_s), state);
}

} // namespace Pagedesk::Ui
