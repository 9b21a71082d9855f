// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/pagecare.h"

#include "models/domain/names.h"

namespace Pagedesk {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qint64 DayMs = 86'400'000;

constexpr NameTable<TokenProblem, 8> ProblemNames{{
    {TokenProblem::None, ""},
    {TokenProblem::Refused, "refused"},
    {TokenProblem::AppRemoved, "app_removed"},
    {TokenProblem::Checkpoint, "checkpoint"},
    {TokenProblem::PasswordChanged, "password_changed"},
    {TokenProblem::Expired, "expired"},
    {TokenProblem::RoleLost, "role_lost"},
    {TokenProblem::Unreadable, "unreadable"},
}};

} // namespace

bool PageCare::mayMessage() const
{
    return !missingPermissions.contains("pages_messaging"_L1);
}

Deadline deadlineOf(qint64 at, qint64 now)
{
    if (at <= 0 || at - now > 14 * DayMs)
        return Deadline::Far;
    if (at <= now)
        return Deadline::Over;
    return at - now > 3 * DayMs ? Deadline::TwoWeeks : Deadline::ThreeDays;
}

QString tokenProblemName(TokenProblem problem)
{
    return nameOf(ProblemNames, problem);
}

std::optional<TokenProblem> tokenProblemFromName(QStringView name)
{
    return fromName(ProblemNames, name);
}

} // namespace Pagedesk
