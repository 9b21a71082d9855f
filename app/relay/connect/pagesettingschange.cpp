// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/connect/pagesettingschange.h"

#include "app/relay/ledger/arrivals.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/matches.h"
#include "app/relay/ledger/pages.h"

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

QString problemOf(const PageSettings &settings, const QString &colour)
{
    const QString problem = settingsProblem(settings);
    return problem.isEmpty() ? colourProblem(colour) : problem;
}

// One that is gone stays where it stands, and is as good as none; a new one has to be of use.
Result<> checkDefaultTeam(Connection &connection, const TeamId &team, const PageId &page)
{
    if (team.isEmpty())
        return {};
    const auto usable = usableTeam(connection, team, page);
    if (!usable)
        return failure(usable.error());
    if (*usable)
        return {};
    return failure(Error::Kind::Rejected,
        u"This team is gone, or nobody of it may work on the Page. Choose another one."_s);
}

// What has to be done soon because of what is different.
Result<> followUp(Connection &connection, const Page &before, const PageSettings &after, qint64 now,
    Ledger::Touched &touched)
{
    const PageId &id = before.id;
    if (before.settings.receive != after.receive) {
        touched.jobs = true;
        for (const JobKind kind : {JobKind::Subscription, JobKind::Check}) {
            if (auto woken = wakeJob(connection, kind, id, id.value, now); !woken)
                return woken;
        }
    }
    if (!before.settings.mayAskForMatches() && after.mayAskForMatches()) {
        if (auto forgotten = forgetMatchingRefused(connection, id); !forgotten)
            return forgotten;
    }
    if (before.settings.humanAgent != after.humanAgent) {
        const auto forgotten = changeHealth(connection, id, [](PageHealth &health) {
            health.care.agentConfirmedAt = 0;
            health.care.agentRefusedAt = 0;
            health.care.agentProblem.clear();
        });
        if (!forgotten)
            return forgotten;
    }
    if (!before.settings.requestProfiles && after.requestProfiles)
        return forgetMissingProfiles(connection, id);
    return {};
}

} // namespace

Result<QString> changePageSettings(Connection &connection, const Wire::SetPageSettings &wanted,
    qint64 now, Ledger::Touched &touched)
{
    const auto page = pageById(connection, wanted.pageId);
    if (!page)
        return failure(page.error());
    if (!*page || (*page)->state == PageState::Removed)
        return failure(Error::Kind::NotFound, u"There is no such Page."_s);
    const Page &before = **page;
    const QString colour = wanted.colour.isEmpty() ? before.colour : wanted.colour;
    // A colour of an older release stays until another one is chosen.
    const QString problem
        = problemOf(wanted.settings, colour == before.colour ? pageColour(0) : colour);
    if (!problem.isEmpty())
        return failure(Error::Kind::Rejected, problem);
    QStringList changes = settingsChanges(before.settings, wanted.settings);
    if (colour != before.colour)
        changes.append(u"colour:%1->%2"_s.arg(before.colour, colour));
    if (changes.isEmpty())
        return QString();
    if (wanted.settings.defaultTeam != before.settings.defaultTeam) {
        const auto usable = checkDefaultTeam(connection, wanted.settings.defaultTeam, before.id);
        if (!usable)
            return failure(usable.error());
    }
    if (auto written = writeSettings(connection, before.id, wanted.settings, colour); !written)
        return failure(written.error());
    touched.stream(before.id.value);
    if (auto followed = followUp(connection, before, wanted.settings, now, touched); !followed)
        return failure(followed.error());
    return changes.join(u' ');
}

} // namespace Pagedesk::Relay
