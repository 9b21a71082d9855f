// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

namespace Pagedesk {

// A result without its value.
template <typename T> Result<> done(const Result<T> &result)
{
    if (!result)
        return failure(result.error());
    return {};
}

// Runs one step after the other until one fails: a transaction as a list.
template <typename First, typename... Rest> Result<> inOrder(First &&first, Rest &&...rest)
{
    if (const auto result = first(); !result)
        return failure(result.error());
    if constexpr (sizeof...(rest) > 0)
        return inOrder(std::forward<Rest>(rest)...);
    else
        return {};
}

} // namespace Pagedesk
