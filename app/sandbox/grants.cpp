// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/grants.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

bool Grant::isGranted(const QString &permission) const
{
    const auto found = permissions.find(permission);
    return found != permissions.end() && found->second == Status::Granted;
}

bool Grant::reaches(const QString &permission, const QString &pageId) const
{
    if (!isGranted(permission))
        return false;
    const auto limited = targets(permission);
    return !limited || limited->contains(pageId);
}

std::optional<QStringList> Grant::targets(const QString &permission) const
{
    const auto fewer = fewerPages.find(permission);
    return fewer == fewerPages.end() ? pageIds : fewer->second;
}

QString toText(Grant::Status status)
{
    switch (status) {
    case Grant::Status::Granted:
        return u"granted"_s;
    case Grant::Status::Declined:
        return u"declined"_s;
    case Grant::Status::Expired:
        break;
    }
    return u"expired"_s;
}

std::optional<Grant::Status> statusFrom(const QString &text)
{
    using Status = Grant::Status;
    for (const Status status : {Status::Granted, Status::Declined, Status::Expired}) {
        if (toText(status) == text)
            return status;
    }
    return std::nullopt;
}

} // namespace Pagedesk::Sandbox
