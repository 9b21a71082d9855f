// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/error.h"

#include <array>
#include <utility>

namespace Pagedesk {

namespace {

using Kind = Error::Kind;

constexpr std::array<std::pair<Kind, QLatin1StringView>, 13> KindNames{{
    {Kind::Cancelled, QLatin1StringView("cancelled")},
    {Kind::Offline, QLatin1StringView("offline")},
    {Kind::Timeout, QLatin1StringView("timeout")},
    {Kind::Unauthorized, QLatin1StringView("unauthorized")},
    {Kind::Forbidden, QLatin1StringView("forbidden")},
    {Kind::Rejected, QLatin1StringView("rejected")},
    {Kind::NotFound, QLatin1StringView("not_found")},
    {Kind::Conflict, QLatin1StringView("conflict")},
    {Kind::TooLarge, QLatin1StringView("too_large")},
    {Kind::Protocol, QLatin1StringView("protocol")},
    {Kind::Storage, QLatin1StringView("storage")},
    {Kind::NewerVersion, QLatin1StringView("newer_version")},
    {Kind::Damaged, QLatin1StringView("damaged")},
}};

} // namespace

QString kindName(Kind kind)
{
    for (const auto &[value, name] : KindNames) {
        if (value == kind)
            return name;
    }
    Q_UNREACHABLE();
}

std::optional<Kind> kindFromName(QStringView name)
{
    for (const auto &[value, known] : KindNames) {
        if (known == name)
            return value;
    }
    return std::nullopt;
}

} // namespace Pagedesk
