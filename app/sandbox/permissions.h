// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

// What an app can ask a person for, and what a person may do on a Page.
// Source: "Permissions Reference for Meta Technologies" and "Pages API: Overview, tasks", 2026.
namespace Pagedesk::Sandbox {

// In words for the person who is asked; empty for a permission that does not exist.
QString permissionInWords(const QString &permission);
// Asked for by everybody, given without being asked.
bool isAlwaysGranted(const QString &permission);
// Given for Pages, so that it can be limited to some of them.
bool isForPages(const QString &permission);
// What an inbox needs: the configuration of the sandbox's Login for Business, and what the sample
// tokens have.
QStringList inboxPermissions();

QStringList everyTask();
// Whether the task is among them, in the form of today or in that of newer Pages (PROFILE_PLUS_…).
bool holdsTask(const QStringList &tasks, const QString &task);

} // namespace Pagedesk::Sandbox
