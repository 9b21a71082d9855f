// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

#include <QStringList>

#include <optional>

// How the Pages of a workspace are connected: a person logs in at Facebook and grants our app what
// it needs, then chooses Pages.
namespace Pagedesk {

// A permission we ask for. Source: "Permissions reference", 2026; messenger-platform guides.
struct LoginPermission {
    const char *name;
    bool needed; // without it a Page cannot be connected
};

// In the order in which they are asked for.
const QList<LoginPermission> &loginPermissions();

// How far a login in the browser has come.
enum class LoginState {
    Waiting = 1, // for the person
    Exchanging = 2, // the relay is talking with Meta
    Done = 3,
    Failed = 4,
};

// Why a login came to nothing. Numbers are stored: never change one.
enum class LoginProblem {
    None = 0,
    Cancelled = 1, // by the person, in the dialog
    Expired = 2, // ten minutes have passed
    WrongSettings = 3, // app id, secret or return address do not fit the app's settings
    CodeRefused = 4, // Meta does not accept the code any more
    NotReached = 5, // Meta does not answer the relay
    WrongApp = 6, // the token is for another app
    Other = 7,
};

// Why a Page cannot be connected with a login, as far as it is known.
enum class PageObstacle {
    None = 0,
    TaskMissing = 1, // the person may not answer messages of this Page
    NotGranted = 2, // the person did not choose this Page in the dialog
    PermissionMissing = 3, // a needed permission was declined
    NoToken = 4, // Meta gives no token for it
};

// Somebody's login at Facebook, which the relay keeps to look after the Pages connected with it.
struct FacebookLogin {
    QString id; // app-scoped id of the person
    QString name;
    qint64 loggedInAt = 0; // ms UTC
    qint64 expiresAt = 0; // ms UTC of the token; 0: no date
    qint64 dataAccessExpiresAt = 0; // ms UTC; 0: not known
    bool valid = true; // Meta accepts the token, as last seen
    QStringList declined; // permissions asked for and not granted

    bool operator==(const FacebookLogin &) const = default;
};

struct OfferedPage {
    PageId id;
    QString name;
    QString category;
    bool connected = false; // it is, and works
    PageObstacle obstacle = PageObstacle::None;
    QString missing; // the task or permission that is missing

    bool operator==(const OfferedPage &) const = default;
};

QString loginStateName(LoginState state);
std::optional<LoginState> loginStateFromName(QStringView name);
QString loginProblemName(LoginProblem problem); // empty for None
std::optional<LoginProblem> loginProblemFromName(QStringView name);
QString pageObstacleName(PageObstacle obstacle); // empty for None
std::optional<PageObstacle> pageObstacleFromName(QStringView name);

} // namespace Pagedesk
