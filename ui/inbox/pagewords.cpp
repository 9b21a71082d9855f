// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/pagewords.h"

#include "ui/inbox/timewords.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace Pagedesk::Ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PageWords)
};

QString historyWords(const PageHealth &health)
{
    switch (health.history) {
    case HistoryState::Running:
        return Words::tr(
            "Older conversations are being read: %n so far.", nullptr, health.historyConversations);
    case HistoryState::Stopped:
        return Words::tr("Reading older conversations has stopped: %1.").arg(health.historyProblem);
    case HistoryState::None:
    case HistoryState::Done:
        break;
    }
    return {};
}

QString comparedWords(const PageHealth &health, qint64 now)
{
    if (health.verifiedAt == 0)
        return Words::tr("Not compared with Facebook yet.");
    const qint64 ago = std::max<qint64>(now - health.verifiedAt, 0);
    return Words::tr("Compared with Facebook %1 ago.").arg(longSpan(ago));
}

QString policyWords(const PageHealth &health)
{
    if (health.policyAction.isEmpty())
        return {};
    const QString reason
        = health.policyReason.isEmpty() ? health.policyAction : health.policyReason;
    return health.policyAction == u"block"
        ? Words::tr("Facebook has restricted the Page: %1").arg(reason)
        : Words::tr("Facebook has a notice about the Page: %1").arg(reason);
}

QString subscriptionWords(const PageHealth &health)
{
    if (health.subscribed)
        return {};
    if (health.subscriptionProblem.isEmpty())
        return Words::tr("Facebook does not deliver new messages of the Page.");
    return Words::tr("Facebook does not deliver new messages of the Page: %1.")
        .arg(health.subscriptionProblem);
}

} // namespace

QString tokenProblemWords(TokenProblem problem)
{
    switch (problem) {
    case TokenProblem::AppRemoved:
        return Words::tr("the person who connected it has removed the app at Facebook");
    case TokenProblem::Checkpoint:
        return Words::tr("the person who connected it has to confirm their account at Facebook");
    case TokenProblem::PasswordChanged:
        return Words::tr("the password of the person who connected it was changed");
    case TokenProblem::Expired:
        return Words::tr("its access has expired");
    case TokenProblem::RoleLost:
        return Words::tr("the person who connected it has no role on the Page any more");
    case TokenProblem::Unreadable:
        return Words::tr("the relay cannot open its access token with the master key it has");
    case TokenProblem::None:
    case TokenProblem::Refused:
        break;
    }
    return Words::tr("Facebook does not accept its access any more");
}

QString tokenAdvice(TokenProblem problem)
{
    switch (problem) {
    case TokenProblem::Checkpoint:
        return Words::tr("That person logs in at facebook.com and follows what is asked there. The "
                         "Page then goes on by itself within a quarter of an hour.");
    case TokenProblem::RoleLost:
        return Words::tr("Somebody who has a role on the Page connects it again.");
    case TokenProblem::Unreadable:
        return Words::tr("Start the relay with its old master key, or connect the Page again.");
    default:
        return Words::tr("Connect the Page again. Nothing is lost by that.");
    }
}

namespace {

using Kind = PageNotice::Kind;

void addLogin(QList<PageNotice> &notices, const Page &page)
{
    if (page.state != PageState::NeedsLogin)
        return;
    const TokenProblem problem = page.health.care.token;
    notices.append({Kind::Wrong,
        Words::tr("The Page has lost its login at Facebook: %1. Replies wait.")
            .arg(tokenProblemWords(problem)),
        tokenAdvice(problem)});
}

void addPermissions(QList<PageNotice> &notices, const PageCare &care)
{
    if (care.missingPermissions.isEmpty())
        return;
    const QString names = care.missingPermissions.join(QStringLiteral(", "));
    notices.append({Kind::Wrong,
        care.mayMessage()
            ? Words::tr("The Page has lost permissions at Facebook: %1.").arg(names)
            : Words::tr("The Page receives messages and may not answer: it has lost permissions at "
                        "Facebook (%1). Replies wait.")
                  .arg(names),
        Words::tr("Connect the Page again and allow what is asked for.")});
}

void addDelivery(QList<PageNotice> &notices, const Page &page)
{
    const PageHealth &health = page.health;
    // An admin wants it so.
    if (!page.settings.receive && health.subscriptionProblem.isEmpty())
        return;
    const QString advice = Words::tr("Have its webhooks ordered again, in the Page doctor.");
    if (const QString problem = subscriptionWords(health); !problem.isEmpty()) {
        notices.append({Kind::Wrong, problem, advice});
    } else if (!health.care.missingFields.isEmpty()) {
        notices.append({Kind::Wrong,
            Words::tr(
                "Facebook does not deliver everything that happens on the Page: %1 is missing.")
                .arg(health.care.missingFields.join(QStringLiteral(", "))),
            advice});
    }
}

// Something that ends on a day.
struct Ending {
    qint64 at = 0; // ms UTC; 0: no date
    QString soon; // %1: the day, %2: how long until then
    QString over; // %1: the day
    QString advice;
};

void addEnding(QList<PageNotice> &notices, const Ending &ending, qint64 now)
{
    const Deadline deadline = deadlineOf(ending.at, now);
    if (deadline == Deadline::Far)
        return;
    const QString day = exactTime(ending.at);
    if (deadline == Deadline::Over)
        notices.append({Kind::Wrong, ending.over.arg(day), ending.advice});
    else
        notices.append(
            {Kind::Soon, ending.soon.arg(day, longSpan(ending.at - now)), ending.advice});
}

void addEndings(QList<PageNotice> &notices, const Page &page, qint64 now)
{
    const PageCare &care = page.health.care;
    const QString again = Words::tr("Connect the Page again before then. Nothing is lost by that.");
    if (page.state == PageState::Connected) {
        addEnding(notices,
            {care.tokenExpiresAt, Words::tr("The Page's access ends on %1, in %2."),
                Words::tr("The Page's access has ended on %1."), again},
            now);
    }
    addEnding(notices,
        {care.dataAccessExpiresAt,
            Words::tr("Facebook stops giving data about the Page on %1, in %2, unless the person "
                      "who connected it logs in again."),
            Words::tr("Facebook has stopped giving data about the Page on %1: the person who "
                      "connected it has not logged in for 90 days."),
            Words::tr("That person connects the Page again. Nothing is lost by that.")},
        now);
    addEnding(notices,
        {care.versionEndsAt,
            Words::tr("Facebook ends the version of its interface that the relay speaks on %1, in "
                      "%2."),
            Words::tr("Facebook has ended the version of its interface that the relay speaks: "
                      "%1."),
            Words::tr("Install a newer Pagedesk on the relay.")},
        now);
}

void addMode(QList<PageNotice> &notices, const PageCare &care)
{
    if (care.roleOnlyAt == 0)
        return;
    notices.append({Kind::Soon,
        Words::tr("Facebook refused a reply because your app is in development mode or was not "
                  "reviewed: only people with a role in it can write to this Page and be "
                  "answered."),
        Words::tr("In Meta's app dashboard, switch the app to live and get Advanced Access to "
                  "pages_messaging.")});
}

} // namespace

QList<PageNotice> pageNotices(const Page &page, qint64 now)
{
    QList<PageNotice> notices;
    addLogin(notices, page);
    addPermissions(notices, page.health.care);
    addDelivery(notices, page);
    addEndings(notices, page, now);
    if (page.health.history == HistoryState::Stopped) {
        notices.append({Kind::Wrong, historyWords(page.health),
            Words::tr("Look at the Page in the Page doctor.")});
    }
    if (const QString policy = policyWords(page.health); !policy.isEmpty()) {
        notices.append({Kind::Wrong, policy,
            Words::tr("The Page's support inbox at Facebook says more, and what can be done.")});
    }
    addMode(notices, page.health.care);
    std::stable_partition(notices.begin(), notices.end(),
        [](const PageNotice &notice) { return notice.kind == Kind::Wrong; });
    return notices;
}

QString closedNowWords(const Page &page, qint64 now)
{
    constexpr qint64 Soon = 6LL * 24 * 3'600'000; // its day needs no date until then
    const OpenState state = openState(page.settings.hours, now);
    if (state.open)
        return {};
    if (state.until == 0)
        return Words::tr("Closed now");
    const QDateTime opens = QDateTime::fromMSecsSinceEpoch(state.until);
    const QString clock = QLocale().toString(opens.time(), QLocale::ShortFormat);
    if (opens.date() == QDateTime::fromMSecsSinceEpoch(now).date())
        return Words::tr("Closed now, opens at %1", "time").arg(clock);
    const QString day = state.until - now < Soon
        ? QLocale().dayName(opens.date().dayOfWeek(), QLocale::ShortFormat)
        : QLocale().toString(opens.date(), QLocale::ShortFormat);
    return Words::tr("Closed now, opens %1 %2", "day, time").arg(day, clock);
}

QString pageWarning(const Page &page, qint64 now, bool isAdmin)
{
    const QList<PageNotice> notices = pageNotices(page, now);
    if (notices.isEmpty() || (!isAdmin && notices.first().kind != Kind::Wrong))
        return {};
    const PageNotice &first = notices.first();
    return Words::tr("%1 %2", "what is wrong, then what to do")
        .arg(first.text, isAdmin ? first.advice : Words::tr("Ask an admin."));
}

QString railName(const Page &page)
{
    return page.settings.receive
        ? page.shownName()
        : Words::tr("%1 · off", "a Page that does not receive messages").arg(page.shownName());
}

QString notReceivingWords(const Page &page)
{
    if (page.settings.receive)
        return {};
    return page.health.subscriptionProblem.isEmpty()
        ? Words::tr("Does not receive messages: that is switched off in the Page settings.")
        : Words::tr("Receiving is switched off in the Page settings, but Facebook still delivers: "
                    "%1.")
              .arg(page.health.subscriptionProblem);
}

QString pageDetail(const Page &page, qint64 now)
{
    const PageHealth &health = page.health;
    QStringList lines{notReceivingWords(page), closedNowWords(page, now)};
    if (health.completeSince > 0)
        lines << Words::tr("Complete since %1.").arg(exactTime(health.completeSince));
    lines << comparedWords(health, now);
    if (health.gaps > 0)
        lines << Words::tr("%n gaps in which messages are missing.", nullptr, health.gaps);
    if (health.recovered > 0)
        lines << Words::tr("%n messages were missed and recovered.", nullptr, health.recovered);
    lines << historyWords(health);
    if (health.historyUnavailable > 0) {
        lines << Words::tr("%n older messages are no longer given by Facebook.", nullptr,
            health.historyUnavailable);
    }
    if (health.delayed > 0)
        lines << Words::tr("%n events are shown with a delay.", nullptr, health.delayed);
    lines << policyWords(health);
    lines.removeAll(QString());
    // It stands above them.
    if (const QList<PageNotice> notices = pageNotices(page, now); !notices.isEmpty())
        lines.removeAll(notices.first().text);
    return lines.join(u'\n');
}

} // namespace Pagedesk::Ui
