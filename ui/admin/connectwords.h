// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pageconnection.h"

namespace Pagedesk::Ui {

// A permission in words: what it is for, and what it does not let us do.
struct PermissionWords {
    QString title;
    QString why;
    QString limits;
};
PermissionWords permissionWords(const QString &name);

// Why a login came to nothing, and what to do next.
QString loginProblemText(LoginProblem problem);

// Why a Page cannot be connected, and how to mend that; empty when it can.
QString obstacleText(const OfferedPage &page);

} // namespace Pagedesk::Ui
