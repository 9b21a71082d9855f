// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/servercore.h"

#include <cstdio>

namespace Pagedesk::Server {

namespace {

// Not strftime(): its names follow the locale, the header's do not.
std::string httpDate(std::time_t second)
{
    static constexpr const char *Days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char *Months[]
        = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{};
    gmtime_r(&second, &parts);
    char text[64];
    const int length = std::snprintf(text, sizeof text, "%s, %02d %s %d %02d:%02d:%02d GMT",
        Days[parts.tm_wday], parts.tm_mday, Months[parts.tm_mon], parts.tm_year + 1900,
        parts.tm_hour, parts.tm_min, parts.tm_sec);
    return std::string(text, static_cast<std::size_t>(length));
}

} // namespace

ServerCore::ServerCore(Limits serverLimits, RequestHandler requestHandler)
    : limits(serverLimits)
    , handler(std::move(requestHandler))
    , context(1)
    , mailbox(std::make_shared<Mailbox>(context))
{
}

std::string_view ServerCore::date()
{
    const std::time_t second = std::time(nullptr);
    if (second != m_dateSecond) {
        m_dateSecond = second;
        m_date = httpDate(second);
    }
    return m_date;
}

} // namespace Pagedesk::Server
