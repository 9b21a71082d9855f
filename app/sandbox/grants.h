// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <map>
#include <optional>

namespace Pagedesk::Sandbox {

// What one person has granted the app.
struct Grant {
    enum class Status { Granted, Declined, Expired };

    std::map<QString, Status> permissions;
    std::optional<QStringList> pageIds; // ticked; without them all Pages, also those to come
    std::map<QString, QStringList> fewerPages; // permissions that were given for fewer than those
    qint64 loggedInAt = 0; // 0: never logged in through the dialog

    bool isGranted(const QString &permission) const;
    // Whether the permission was given for that Page.
    bool reaches(const QString &permission, const QString &pageId) const;
    // The Pages a permission was given for; nothing when it was given for all.
    std::optional<QStringList> targets(const QString &permission) const;
};

QString toText(Grant::Status status); // as /me/permissions has it
std::optional<Grant::Status> statusFrom(const QString &text);

// By person. Who never logged in and was never changed by the control routes has no grant.
using Grants = std::map<QString, Grant>;

} // namespace Pagedesk::Sandbox
