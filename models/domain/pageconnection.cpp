// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/pageconnection.h"

#include "models/domain/names.h"

namespace Pagedesk {

namespace {

constexpr NameTable<LoginState, 4> StateNames{{
    {LoginState::Waiting, "waiting"},
    {LoginState::Exchanging, "exchanging"},
    {LoginState::Done, "done"},
    {LoginState::Failed, "failed"},
}};

constexpr NameTable<LoginProblem, 8> ProblemNames{{
    {LoginProblem::None, ""},
    {LoginProblem::Cancelled, "cancelled"},
    {LoginProblem::Expired, "expired"},
    {LoginProblem::WrongSettings, "wrong_settings"},
    {LoginProblem::CodeRefused, "code_refused"},
    {LoginProblem::NotReached, "not_reached"},
    {LoginProblem::WrongApp, "wrong_app"},
    {LoginProblem::Other, "other"},
}};

constexpr NameTable<PageObstacle, 5> ObstacleNames{{
    {PageObstacle::None, ""},
    {PageObstacle::TaskMissing, "task_missing"},
    {PageObstacle::NotGranted, "not_granted"},
    {PageObstacle::PermissionMissing, "permission_missing"},
    {PageObstacle::NoToken, "no_token"},
}};

} // namespace

const QList<LoginPermission> &loginPermissions()
{
    static const QList<LoginPermission> Permissions{
        {"pages_show_list", true}, // which Pages there are
        {"pages_messaging", true}, // read and answer messages
        {"pages_manage_metadata", true}, // have messages delivered to the relay
        {"pages_read_engagement", true}, // read older conversations
        {"business_management", false}, // Pages held by a business portfolio
    };
    return Permissions;
}

QString loginStateName(LoginState state)
{
    return nameOf(StateNames, state);
}

std::optional<LoginState> loginStateFromName(QStringView name)
{
    return fromName(StateNames, name);
}

QString loginProblemName(LoginProblem problem)
{
    return nameOf(ProblemNames, problem);
}

std::optional<LoginProblem> loginProblemFromName(QStringView name)
{
    return fromName(ProblemNames, name);
}

QString pageObstacleName(PageObstacle obstacle)
{
    return nameOf(ObstacleNames, obstacle);
}

std::optional<PageObstacle> pageObstacleFromName(QStringView name)
{
    return fromName(ObstacleNames, name);
}

} // namespace Pagedesk
