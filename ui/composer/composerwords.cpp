// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/composerwords.h"

#include "models/items/conversationviews.h"
#include "models/messenger/limits.h"
#include "ui/errortext.h"
#include "ui/inbox/pagewords.h"
#include "ui/inbox/queuewords.h"
#include "ui/inbox/timewords.h"
#include "ui/thread/displaytext.h"
#include "ui/thread/noticetext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ComposerWords)
};

constexpr int NearlyPercent = 90;

QString closedSince(qint64 closedAt, qint64 now)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(closedAt);
    const qint64 days = time.date().daysTo(QDateTime::fromMSecsSinceEpoch(now).date());
    const QString clock = QLocale().toString(time.time(), QLocale::ShortFormat);
    if (days <= 0)
        return Words::tr("The reply window closed today at %1.").arg(clock);
    if (days == 1)
        return Words::tr("The reply window closed yesterday at %1.").arg(clock);
    return Words::tr("The reply window closed on %1.", "3 Nov at 14:05")
        .arg(momentText(closedAt, now));
}

QString heldReason(const Conversation &conversation)
{
    const QString who = holderWords(conversation.ownerApp);
    const QString held
        = Words::tr("This conversation is with %1. Facebook would refuse what you send, so nothing "
                    "goes out until you take it over or it is handed over to you.",
            "an app")
              .arg(who);
    if (conversation.takingSince > 0)
        return Words::tr("%1 Facebook is being asked for it.", "who has it").arg(held);
    if (conversation.takingFailed == FailureKind::None)
        return held;
    return Words::tr("%1 It could not be taken over: %2", "who has it, why not")
        .arg(held, takingFailureText(conversation.takingFailed));
}

} // namespace

QString closedReason(const Conversation &conversation, const Page &page, const ReplyWindow &window,
    qint64 now, bool isAdmin)
{
    const QString name = displayLine(page.shownName());
    const PageCare &care = page.health.care;
    if (page.state == PageState::NeedsLogin) {
        const QString what = care.token == TokenProblem::None
            ? Words::tr("%1 has lost its login at Facebook, so nothing can be sent.").arg(name)
            : Words::tr("%1 has lost its login at Facebook, so nothing can be sent: %2.")
                  .arg(name, tokenProblemWords(care.token));
        return Words::tr("%1 %2", "what is wrong, then what to do")
            .arg(what,
                isAdmin ? tokenAdvice(care.token) : Words::tr("An admin must put that right."));
    }
    if (page.state == PageState::Removed)
        return Words::tr("%1 is not connected to this workspace any more.").arg(name);
    if (!care.mayMessage())
        return Words::tr("%1 receives messages and may not answer: Facebook has taken back the "
                         "permission to send. %2")
            .arg(name,
                isAdmin ? Words::tr("Connect the Page again and allow what is asked for.")
                        : Words::tr("An admin must connect the Page again and allow it."));
    if (!conversation.ownerApp.isEmpty())
        return heldReason(conversation);
    if (window.state == ReplyWindow::State::NeverOpened || conversation.lastCustomerAt <= 0)
        return Words::tr("This person has not written yet. Facebook lets a Page write only after "
                         "the customer has.");
    if (window.allowsHumanReply())
        return {};
    const QString rule = page.humanAgent
        ? Words::tr("Facebook lets a person at this Page answer within 7 days of the customer's "
                    "last message; it opens again when they write.")
        : Words::tr("Facebook lets a Page answer within 24 hours of the customer's last message; "
                    "it opens again when they write.");
    const QString closed = Words::tr("%1 %2", "when it closed, then the rule")
                               .arg(closedSince(window.closesAt, now), rule);
    if (page.humanAgent || care.agentRefusedAt == 0)
        return closed;
    return isAdmin
        ? Words::tr("%1 A person may answer for 7 days with Facebook's feature “Human Agent”, "
                    "which it has refused to this Page; the Page doctor says more.")
              .arg(closed)
        : Words::tr("%1 A person may answer for 7 days with Facebook's feature “Human Agent”, "
                    "which it has refused to this Page; an admin finds more in the Page doctor.")
              .arg(closed);
}

bool isHeldByOther(const Conversation &conversation, const Page &page)
{
    return !conversation.ownerApp.isEmpty() && sendingBlock(page) == SendingBlock::None;
}

QString humanAgentWords(const ReplyWindow &window, qint64 now)
{
    return Words::tr("Reply as a human agent (until %1)", "moment")
        .arg(comingMoment(window.closesAt, now));
}

QString composerNote(const Page &page)
{
    if (page.settings.receive || page.state == PageState::Removed)
        return {};
    return Words::tr("%1 does not receive messages at the moment: that is switched off in the Page "
                     "settings. What the customer answers is shown when it is on again.")
        .arg(displayLine(page.shownName()));
}

PageCure pageCure(const Page &page)
{
    switch (sendingBlock(page)) {
    case SendingBlock::NeedsLogin:
        // Connecting it again would not help: that person has to do something at Facebook first.
        return page.health.care.token == TokenProblem::Checkpoint ? PageCure::Doctor
                                                                  : PageCure::ConnectAgain;
    case SendingBlock::Removed:
    case SendingBlock::PermissionLost:
        return PageCure::ConnectAgain;
    default:
        return page.settings.receive ? PageCure::None : PageCure::Settings;
    }
}

QString pageCureWords(PageCure cure)
{
    switch (cure) {
    case PageCure::ConnectAgain:
        return Words::tr("Connect again");
    case PageCure::Doctor:
        return Words::tr("Page doctor");
    case PageCure::Settings:
        return Words::tr("Page settings");
    case PageCure::None:
        break;
    }
    return {};
}

WindowChip windowChip(const ReplyWindow &window, bool mayWrite, qint64 now)
{
    if (window.state == ReplyWindow::State::Closed)
        return {TagKind::Bad, Words::tr("Window closed")};
    if (!mayWrite || !window.allowsHumanReply())
        return {TagKind::Bad, Words::tr("Cannot be answered now")};
    return {closesSoon(window, now) ? TagKind::Warn : TagKind::Plain,
        Words::tr("Window closes in %1").arg(longSpan(window.closesAt - now))};
}

QString sendProblem(const Error &error, bool isAdmin)
{
    // The outbox names the reason in the detail where there is a word for it.
    const auto failure = failureKindFromName(error.detail);
    return failure ? failureText(*failure, isAdmin) : errorText(error);
}

QString fileProblem(const QString &name, const Error &error)
{
    const QString shown = displayLine(name, 80);
    switch (error.kind) {
    case Error::Kind::TooLarge:
        return Words::tr("%1 is larger than Messenger takes (%2).", "a file's name, a size")
            .arg(shown,
                QLocale().formattedDataSize(
                    Limits::OutgoingFileBytes, 0, QLocale::DataSizeSIFormat));
    case Error::Kind::Rejected:
        return Words::tr("%1 is empty or not a file.", "a file's name").arg(shown);
    default:
        return Words::tr("%1 could not be copied.", "a file's name").arg(shown);
    }
}

QString replyText(const QString &typed)
{
    return typed.trimmed();
}

TextFill textFill(const QString &reply)
{
    if (reply.isEmpty())
        return TextFill::Empty;
    if (reply.size() > Limits::TextCharacters)
        return TextFill::Over;
    return reply.size() * 100 >= Limits::TextCharacters * NearlyPercent ? TextFill::Nearly
                                                                        : TextFill::Fits;
}

} // namespace Pagedesk::Ui
