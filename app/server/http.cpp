// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/http.h"

#include <algorithm>

namespace Pagedesk::Server {

namespace {

// Header names are ASCII; the C library's tolower() would ask the locale.
char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool equalWithoutCase(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
        [](char x, char y) { return lowered(x) == lowered(y); });
}

} // namespace

std::string_view Request::header(std::string_view name) const
{
    const auto found = std::find_if(headers.begin(), headers.end(),
        [name](const Header &header) { return equalWithoutCase(header.name, name); });
    return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

} // namespace Pagedesk::Server
