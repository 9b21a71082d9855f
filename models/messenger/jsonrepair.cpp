// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/jsonrepair.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace Pagedesk {

namespace {

constexpr size_t EscapeLength = 6; // \uXXXX
constexpr size_t SafeNumberLength = 300; // digits that always fit a double

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// The code unit of an escape that begins at `at`.
std::optional<unsigned> escapedUnit(std::string_view text, size_t at)
{
    if (at + EscapeLength > text.size() || text[at] != '\\' || text[at + 1] != 'u')
        return std::nullopt;
    bool ok = false;
    const unsigned unit = QByteArray::fromRawData(text.data() + at + 2, 4).toUInt(&ok, 16);
    return ok ? std::optional(unit) : std::nullopt;
}

bool isHighSurrogate(unsigned unit)
{
    return unit >= 0xd800 && unit <= 0xdbff;
}

bool isLowSurrogate(unsigned unit)
{
    return unit >= 0xdc00 && unit <= 0xdfff;
}

// Passes over the escape at `at`; mends it when it is half a surrogate pair.
size_t passEscape(QByteArray &text, size_t at)
{
    const std::string_view view(text.constData(), static_cast<size_t>(text.size()));
    const auto unit = escapedUnit(view, at);
    if (!unit)
        return at + 2;
    if (isHighSurrogate(*unit)) {
        const auto next = escapedUnit(view, at + EscapeLength);
        if (next && isLowSurrogate(*next))
            return at + 2 * EscapeLength;
    }
    if (isHighSurrogate(*unit) || isLowSurrogate(*unit))
        std::copy_n("\\ufffd", EscapeLength, text.data() + at);
    return at + EscapeLength;
}

size_t passDigits(std::string_view number, size_t at)
{
    while (at < number.size() && isDigit(number[at]))
        ++at;
    return at;
}

// RFC 8259, section 6.
bool isNumber(std::string_view number)
{
    size_t at = number.starts_with('-') ? 1 : 0;
    size_t end = passDigits(number, at);
    if (end == at || (number[at] == '0' && end > at + 1))
        return false;
    if (end < number.size() && number[end] == '.') {
        at = end + 1;
        end = passDigits(number, at);
        if (end == at)
            return false;
    }
    if (end < number.size() && (number[end] == 'e' || number[end] == 'E')) {
        at = end + 1;
        if (at < number.size() && (number[at] == '+' || number[at] == '-'))
            ++at;
        end = passDigits(number, at);
        if (end == at)
            return false;
    }
    return end == number.size();
}

size_t passNumber(QByteArray &text, size_t at)
{
    const std::string_view view(text.constData(), static_cast<size_t>(text.size()));
    const size_t end = std::min(view.find_first_not_of("+-.0123456789eE", at), view.size());
    const std::string_view number = view.substr(at, end - at);
    const bool maybeTooBig
        = number.size() > SafeNumberLength || number.find_first_of("eE") != std::string_view::npos;
    if (maybeTooBig && isNumber(number)) {
        char *first = text.data() + at;
        *first = '0';
        std::fill(first + 1, first + number.size(), ' ');
    }
    return end;
}

} // namespace

QByteArray repairedJson(QByteArray text)
{
    const auto size = static_cast<size_t>(text.size());
    bool inString = false;
    for (size_t at = 0; at < size;) {
        const char c = text.at(static_cast<qsizetype>(at));
        if (inString && c == '\\') {
            at = passEscape(text, at);
            continue;
        }
        if (!inString && (c == '-' || isDigit(c))) {
            at = passNumber(text, at);
            continue;
        }
        if (c == '"')
            inString = !inString;
        ++at;
    }
    return text;
}

} // namespace Pagedesk
