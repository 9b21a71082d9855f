// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/pagewords.h"

#include "ui/inbox/timewords.h"

#include <QCoreApplication>
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

QString pageWarning(const Page &page)
{
    if (page.state == PageState::NeedsLogin) {
        return Words::tr("The Page has lost its login at Facebook. Replies wait until an admin has "
                         "connected it again.");
    }
    if (const QString problem = subscriptionWords(page.health); !problem.isEmpty())
        return problem;
    if (page.health.history == HistoryState::Stopped)
        return historyWords(page.health);
    return policyWords(page.health);
}

QString pageDetail(const Page &page, qint64 now)
{
    const PageHealth &health = page.health;
    QStringList lines;
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
    lines.removeAll(pageWarning(page)); // it stands above them
    return lines.join(u'\n');
}

} // namespace Pagedesk::Ui
