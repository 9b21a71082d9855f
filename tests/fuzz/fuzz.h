// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

// What the fuzz targets have in common. A target is one file with LLVMFuzzerTestOneInput(): it
// reads its input as the product would, and says with PAGEDESK_HOLDS what must be true whatever
// the input is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace Pagedesk::Fuzz {

[[noreturn]] inline void broken(const char *what, const char *file, int line)
{
    std::fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    std::abort();
}

#define PAGEDESK_HOLDS(what) ((what) ? void() : Pagedesk::Fuzz::broken(#what, __FILE__, __LINE__))

// Takes an input apart, from its front.
class Input {
public:
    Input(const std::uint8_t *data, std::size_t size)
        : m_rest(reinterpret_cast<const char *>(data), size)
    {
    }

    // A number below `end`, of one byte.
    int number(int end)
    {
        if (m_rest.empty())
            return 0;
        const auto byte = static_cast<unsigned char>(m_rest.front());
        m_rest.remove_prefix(1);
        return byte % end;
    }
    // Everything up to the next NUL, which is left out.
    std::string_view part()
    {
        const std::string_view found = m_rest.substr(0, m_rest.find('\0'));
        m_rest.remove_prefix(std::min(found.size() + 1, m_rest.size()));
        return found;
    }
    std::string_view rest() const { return m_rest; }

private:
    std::string_view m_rest;
};

inline QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

inline std::string_view view(const QByteArray &text)
{
    return {text.constData(), static_cast<std::size_t>(text.size())};
}

inline QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace Pagedesk::Fuzz
