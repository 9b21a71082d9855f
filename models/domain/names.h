// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <optional>
#include <utility>

namespace Pagedesk {

// The words that stand for the values of an enum in JSON, one table an enum.
template <typename Enum, size_t N> using NameTable = std::array<std::pair<Enum, const char *>, N>;

template <typename Enum, size_t N> QString nameOf(const NameTable<Enum, N> &table, Enum value)
{
    for (const auto &[known, name] : table) {
        if (known == value)
            return QString::fromLatin1(name);
    }
    return {};
}

template <typename Enum, size_t N>
std::optional<Enum> fromName(const NameTable<Enum, N> &table, QStringView name)
{
    for (const auto &[value, known] : table) {
        if (name == QLatin1StringView(known))
            return value;
    }
    return std::nullopt;
}

// The value a stored number stands for; nothing when no value has that number.
template <typename Enum, size_t N>
std::optional<Enum> fromNumber(const NameTable<Enum, N> &table, qint64 number)
{
    for (const auto &[value, name] : table) {
        if (static_cast<qint64>(value) == number)
            return value;
    }
    return std::nullopt;
}

} // namespace Pagedesk
