// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/noticetext.h"

#include "models/domain/conversation.h"
#include "ui/errortext.h"
#include "ui/thread/displaytext.h"
#include "ui/thread/threadtext.h"

#include <QCoreApplication>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(NoticeText)
};

constexpr int LongestWord = 120;

// Keeps a name of unknown direction from turning the words around it.
QString isolated(const QString &name)
{
    return name.isEmpty() ? name : QChar(0x2068) + name + QChar(0x2069);
}

// A sentence of its own, or one that ends with what came from outside.
QString withDetail(const QString &alone, const QString &with, const QString &detail)
{
    const QString line = displayLine(detail, LongestWord);
    return line.isEmpty() ? alone : with.arg(line);
}

QString cameBy(const Referral &referral)
{
    if (!referral.adId.isEmpty() || referral.source == u"ADS") {
        return withDetail(Words::tr("Came from an advertisement"),
            Words::tr("Came from the advertisement “%1”"), referral.adTitle);
    }
    if (!referral.uri.isEmpty())
        return Words::tr("Came from %1", "a web page").arg(displayLine(referral.uri, LongestWord));
    return withDetail(Words::tr("Came through a link"),
        Words::tr("Came through a link with the mark “%1”"), referral.ref);
}

QString exactly(qint64 ms, const ThreadWords &words)
{
    const QDateTime moment = localTime(ms);
    return Words::tr("%1, %2", "date, time")
        .arg(words.locale.toString(moment.date(), QLocale::ShortFormat),
            moment.time().toString(u"HH:mm:ss"_s));
}

QString priorityText(const QString &who, const QString &priority)
{
    if (priority == u"urgent")
        return Words::tr("%1 marked this as urgent", "name").arg(who);
    if (priority == u"high")
        return Words::tr("%1 gave this a high priority", "name").arg(who);
    if (priority == u"low")
        return Words::tr("%1 gave this a low priority", "name").arg(who);
    return Words::tr("%1 took the priority away", "name").arg(who);
}

// The day with its name, for a moment that may be weeks ahead.
QString dayAndTime(qint64 at)
{
    const QDateTime moment = localTime(at);
    return Words::tr("%1, %2", "date, time")
        .arg(QLocale().toString(moment.date(), QLocale::LongFormat),
            QLocale().toString(moment.time(), QLocale::ShortFormat));
}

QString failedTakingText(const Message &message, const QString &who)
{
    const auto why = failureKindFromName(message.details.payload);
    return Words::tr("%1 could not take this conversation over from %2. %3", "name, an app, why")
        .arg(who, holderWords(message.details.subject),
            takingFailureText(why.value_or(FailureKind::Other)));
}

// What somebody of the team has decided about the conversation.
QString decisionText(const Message &message)
{
    const QString who = isolated(displayLine(message.authorName, 80));
    const QString what = isolated(displayLine(message.details.subject, 80));
    const bool named = !message.details.subject.isEmpty();
    switch (message.details.notice) {
    case Notice::Taken:
        return Words::tr("%1 took this conversation", "name").arg(who);
    case Notice::Assigned:
        return Words::tr("%1 gave this conversation to %2", "names").arg(who, what);
    case Notice::AssignedTeam:
        return message.authorName.isEmpty() // by the settings of the Page
            ? Words::tr("This conversation went to the team %1", "name").arg(what)
            : Words::tr("%1 gave this conversation to the team %2", "names").arg(who, what);
    case Notice::PutBack:
        return named ? Words::tr("%1 put this back into the queue of %2", "names").arg(who, what)
                     : Words::tr("%1 put this back into the queue", "name").arg(who);
    case Notice::Resolved:
        return Words::tr("%1 resolved this conversation", "name").arg(who);
    case Notice::Reopened:
        return Words::tr("%1 opened this conversation again", "name").arg(who);
    case Notice::Pending:
        return Words::tr("%1 set this to pending", "name").arg(who);
    case Notice::Snoozed:
        return Words::tr("%1 snoozed this until %2", "name, moment")
            .arg(who, dayAndTime(message.details.until));
    case Notice::Woken:
        return Words::tr("The snooze is over");
    case Notice::Prioritised:
        return priorityText(who, message.details.subject);
    case Notice::Labelled:
        return Words::tr("%1 added the label %2", "names").arg(who, what);
    case Notice::Unlabelled:
        return Words::tr("%1 removed the label %2", "names").arg(who, what);
    case Notice::TakenOver:
        return Words::tr("%1 took this conversation over from %2", "name, an app")
            .arg(who, holderWords(message.details.subject));
    case Notice::TakeOverFailed:
        return failedTakingText(message, who);
    default:
        return {};
    }
}

// Conversation routing, as Meta has told it.
QString controlText(const Message &message)
{
    const bool isOurs = message.details.subject == QLatin1StringView(OurApp);
    const QString app = holderWords(message.text);
    if (message.details.notice == Notice::ControlPassed) {
        return isOurs ? Words::tr("The conversation was handed over to this workspace")
                      : Words::tr("The conversation was handed over to %1", "an app").arg(app);
    }
    return isOurs ? Words::tr("This workspace took over the conversation")
                  : Words::tr("The conversation was taken over by %1", "an app").arg(app);
}

} // namespace

QString holderWords(const QString &appId)
{
    // Source: Messenger Platform, "Conversation Routing"; one of its pages prints the second.
    if (appId == u"263902037430900" || appId == u"26390203743090")
        return Words::tr("the Page inbox at Facebook");
    if (appId.isEmpty() || appId == QLatin1StringView(SomeOtherApp))
        return Words::tr("another app");
    return Words::tr("another app (%1)", "its number").arg(displayLine(appId, 40));
}

QString noticeText(const Message &message)
{
    const QString &text = message.text;
    switch (message.details.notice) {
    case Notice::Referral:
        return cameBy(message.details.referral);
    case Notice::Optin:
        return withDetail(Words::tr("Allowed the Page to send messages"),
            Words::tr("Allowed the Page to send messages: %1", "topic"), text);
    case Notice::Optout:
        return withDetail(Words::tr("Does not want messages from the Page any more"),
            Words::tr("Does not want these messages any more: %1", "topic"), text);
    case Notice::AccountLinked:
        return Words::tr("Linked their account with your business");
    case Notice::AccountUnlinked:
        return Words::tr("Ended the link of their account with your business");
    case Notice::ControlPassed:
    case Notice::ControlTaken:
        return controlText(message);
    case Notice::ControlRequested:
        return Words::tr("Another app asks for the conversation");
    case Notice::Feedback:
        return withDetail(Words::tr("Answered a survey"), Words::tr("Answered a survey: %1"), text);
    case Notice::CustomerInformation:
        return withDetail(
            Words::tr("Filled in a form"), Words::tr("Filled in a form: %1", "answers"), text);
    case Notice::ResponseFeedback:
        return text.startsWith(u"Bad") ? Words::tr("Did not find an answer helpful")
                                       : Words::tr("Found an answer helpful");
    case Notice::Form:
        return Words::tr("Sent a form");
    case Notice::Order:
        return withDetail(Words::tr("Sent a cart"), Words::tr("Sent a cart: %1"), text);
    case Notice::Coupon:
        return withDetail(Words::tr("Took a coupon"), Words::tr("Took the coupon %1"), text);
    case Notice::Unsupported:
        return withDetail(Words::tr("Something happened that Pagedesk cannot show"),
            Words::tr("Something happened that Pagedesk cannot show: %1", "Meta's word"), text);
    case Notice::None:
    case Notice::Postback:
    case Notice::Platform:
        return displayText(text);
    default:
        break;
    }
    const QString said = displayText(text);
    const QString decision = decisionText(message);
    return said.isEmpty()
        ? decision
        : Words::tr("%1: “%2”", "what somebody did, and said about it").arg(decision, said);
}

QStringList remarks(const Message &message)
{
    const MessageDetails &details = message.details;
    QStringList parts;
    QString emoji;
    for (const Reaction &reaction : details.reactions)
        emoji += displayLine(reaction.emoji, 8);
    if (!emoji.isEmpty())
        parts.append(emoji);
    if (details.notice == Notice::Postback)
        parts.append(Words::tr("Tapped a button"));
    if (!details.referral.isEmpty() && details.notice != Notice::Referral)
        parts.append(cameBy(details.referral));
    if (details.edits > 0)
        parts.append(Words::tr("Edited"));
    if (details.unsentAt > 0)
        parts.append(Words::tr("Taken back by the sender"));
    if (details.recovered)
        parts.append(Words::tr("Recovered later"));
    return parts;
}

QStringList historyLines(const Message &message, const ThreadWords &words)
{
    const MessageDetails &details = message.details;
    QStringList lines;
    for (const TextVersion &version : details.earlier) {
        const QString text = displayLine(version.text, LongestWord);
        if (version.number == 0)
            lines.append(Words::tr("First: %1").arg(text));
        else
            lines.append(
                Words::tr("Edited %1: %2", "time, text").arg(exactly(version.at, words), text));
    }
    if (details.editedAt > 0)
        lines.append(Words::tr("Last edited: %1", "time").arg(exactly(details.editedAt, words)));
    for (const Reaction &reaction : details.reactions) {
        const QString when = exactly(reaction.at, words);
        const QString emoji = displayLine(reaction.emoji, 8);
        if (emoji.isEmpty())
            lines.append(Words::tr("Reaction taken back: %1", "time").arg(when));
        else if (reaction.byPage)
            lines.append(Words::tr("The Page reacted %1: %2", "emoji, time").arg(emoji, when));
        else
            lines.append(Words::tr("The customer reacted %1: %2", "emoji, time").arg(emoji, when));
    }
    if (details.unsentAt > 1)
        lines.append(Words::tr("Taken back: %1", "time").arg(exactly(details.unsentAt, words)));
    if (details.standby)
        lines.append(Words::tr("Came while another app held the conversation"));
    return lines;
}

} // namespace Pagedesk::Ui
