// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/connect/inspectionfindings.h"

#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/logins.h"
#include "app/relay/ledger/pagecare.h"
#include "app/relay/ledger/pagereading.h"
#include "app/relay/ledger/pages.h"
#include "models/domain/pageconnection.h"
#include "models/messenger/webhookfields.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

// A token that was refused and is said to be good is not believed before.
constexpr qint64 DoubtMs = 600'000;

QStringList missingPermissions(const TokenFacts &facts, const PageId &page)
{
    QStringList missing;
    for (const LoginPermission &permission : loginPermissions()) {
        const QString name = QString::fromLatin1(permission.name);
        const auto chosen = facts.targets.constFind(name);
        const bool reaches = chosen == facts.targets.cend() || chosen->contains(page.value);
        if (permission.needed && (!facts.scopes.contains(name) || !reaches))
            missing.append(name);
    }
    return missing;
}

qint64 earlier(qint64 one, qint64 other) // 0: no date
{
    return one == 0 || other == 0 ? std::max(one, other) : std::min(one, other);
}

void apply(const InspectionFindings &found, bool receives, PageCare &care)
{
    care.inspectedAt = found.at;
    care.versionEndsAt = found.versionEndsAt;
    if (found.ordered)
        care.missingFields = receives ? lackingFields(*found.ordered) : QStringList();
    if (!found.token || !found.token->valid)
        return;
    care.tokenExpiresAt = found.token->expiresAt;
    care.dataAccessExpiresAt = earlier(
        found.token->dataAccessExpiresAt, found.login ? found.login->dataAccessExpiresAt : 0);
    care.missingPermissions = missingPermissions(*found.token, found.page);
}

Result<> markLost(Connection &connection, const Page &page, const InspectionFindings &found)
{
    const bool wasLost = page.state == PageState::NeedsLogin;
    const auto changed = changeHealth(connection, page.id, [&](PageHealth &health) {
        // What the person did is more than what Meta says of the token.
        if (!wasLost || health.care.token != TokenProblem::AppRemoved)
            health.care.token = found.problem;
        if (health.care.refusedAt == 0)
            health.care.refusedAt = found.at;
    });
    return !changed || wasLost ? changed : setPageState(connection, page.id, PageState::NeedsLogin);
}

bool isBack(const Page &page, const InspectionFindings &found)
{
    const PageCare &before = page.health.care;
    const bool isBelieved = found.byHand || found.isRenewed
        || before.token == TokenProblem::Unreadable || found.at - before.refusedAt >= DoubtMs;
    return page.state == PageState::NeedsLogin && before.token != TokenProblem::AppRemoved
        && isBelieved;
}

Result<> takeUp(Connection &connection, const Page &page, qint64 now)
{
    auto changed = changeHealth(connection, page.id, [](PageHealth &health) {
        health.care.token = TokenProblem::None;
        health.care.refusedAt = 0;
    });
    if (changed)
        changed = setPageState(connection, page.id, PageState::Connected);
    return changed ? wakePageJobs(connection, page.id, now) : changed;
}

// What waited goes on, and what is missing is ordered.
Result<> goOn(Connection &connection, const Page &before, const InspectionFindings &found,
    Ledger::Touched &touched)
{
    const auto after = pageById(connection, before.id);
    if (!after || !*after)
        return after ? Result<>() : failure(after.error());
    touched.outbound = true; // replies that waited
    const bool lacks = !(*after)->health.care.missingFields.isEmpty();
    if (!lacks || (*after)->state != PageState::Connected)
        return {};
    return wakeJob(connection, JobKind::Subscription, before.id, before.id.value, found.at);
}

} // namespace

Result<> keepFindings(
    Connection &connection, const InspectionFindings &found, Ledger::Touched &touched)
{
    const auto sealed = sealedTokenOf(connection, found.page);
    const auto page = pageById(connection, found.page);
    if (!sealed || !page)
        return failure(sealed ? page.error() : sealed.error());
    if (*sealed != found.sealedToken || !*page || (*page)->state == PageState::Removed)
        return {};
    touched.stream(found.page.value);
    touched.jobs = true;
    if (found.login) {
        const auto noted = noteLoginFacts(connection, found.loginId, found.login->valid,
            found.login->expiresAt, found.login->dataAccessExpiresAt);
        if (!noted)
            return noted;
    }
    auto done = changeHealth(connection, found.page,
        [&](PageHealth &health) { apply(found, (*page)->settings.receive, health.care); });
    if (!done)
        return done;
    if (found.problem != TokenProblem::None)
        return markLost(connection, **page, found);
    if (isBack(**page, found))
        done = takeUp(connection, **page, found.at);
    return done ? goOn(connection, **page, found, touched) : done;
}

} // namespace Pagedesk::Relay
