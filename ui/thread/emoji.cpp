// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/displaytext.h"

#include <algorithm>
#include <array>
#include <utility>

namespace Pagedesk::Ui {

namespace {

using Range = std::pair<char32_t, char32_t>;

// Shown as emoji without being asked (Unicode 15, emoji-data.txt: Emoji_Presentation), in ranges
// that take in the unassigned places between; and the heart, which people send without U+FE0F.
constexpr std::array<Range, 49> Emoji{{
    {0x231a, 0x231b},
    {0x23e9, 0x23ec},
    {0x23f0, 0x23f0},
    {0x23f3, 0x23f3},
    {0x25fd, 0x25fe},
    {0x2614, 0x2615},
    {0x2648, 0x2653},
    {0x267f, 0x267f},
    {0x2693, 0x2693},
    {0x26a1, 0x26a1},
    {0x26aa, 0x26ab},
    {0x26bd, 0x26be},
    {0x26c4, 0x26c5},
    {0x26ce, 0x26ce},
    {0x26d4, 0x26d4},
    {0x26ea, 0x26ea},
    {0x26f2, 0x26f3},
    {0x26f5, 0x26f5},
    {0x26fa, 0x26fa},
    {0x26fd, 0x26fd},
    {0x2705, 0x2705},
    {0x270a, 0x270b},
    {0x2728, 0x2728},
    {0x274c, 0x274c},
    {0x274e, 0x274e},
    {0x2753, 0x2755},
    {0x2757, 0x2757},
    {0x2764, 0x2764},
    {0x2795, 0x2797},
    {0x27b0, 0x27b0},
    {0x27bf, 0x27bf},
    {0x2b1b, 0x2b1c},
    {0x2b50, 0x2b50},
    {0x2b55, 0x2b55},
    {0x1f004, 0x1f004},
    {0x1f0cf, 0x1f0cf},
    {0x1f18e, 0x1f18e},
    {0x1f191, 0x1f19a},
    {0x1f201, 0x1f201},
    {0x1f21a, 0x1f21a},
    {0x1f22f, 0x1f22f},
    {0x1f232, 0x1f236},
    {0x1f238, 0x1f23a},
    {0x1f250, 0x1f251},
    {0x1f300, 0x1f64f},
    {0x1f680, 0x1f6ff},
    {0x1f7e0, 0x1f7f0},
    {0x1f900, 0x1f9ff},
    {0x1fa70, 0x1faff},
}};

constexpr char32_t EmojiStyle = 0xfe0f;
constexpr char32_t Keycap = 0x20e3;
constexpr char32_t Joiner = 0x200d;

bool isEmoji(char32_t c)
{
    return std::any_of(Emoji.begin(), Emoji.end(),
        [c](const Range &range) { return c >= range.first && c <= range.second; });
}

bool isFlagLetter(char32_t c)
{
    return c >= 0x1f1e6 && c <= 0x1f1ff;
}

// Skin tones and the tags that spell a region's flag.
bool isModifier(char32_t c)
{
    return (c >= 0x1f3fb && c <= 0x1f3ff) || (c >= 0xe0020 && c <= 0xe007f) || c == EmojiStyle;
}

bool isKeycapBase(char32_t c)
{
    return (c >= U'0' && c <= U'9') || c == U'#' || c == U'*';
}

// The end of the emoji at `at`, or `at` itself when there is none.
qsizetype emojiEnd(const QList<uint> &text, qsizetype at)
{
    const auto code = [&text](qsizetype i) { return i < text.size() ? text.at(i) : 0; };
    if (isFlagLetter(code(at)))
        return isFlagLetter(code(at + 1)) ? at + 2 : at;
    if (isKeycapBase(code(at))) {
        const qsizetype sign = code(at + 1) == EmojiStyle ? at + 2 : at + 1;
        return code(sign) == Keycap ? sign + 1 : at;
    }
    qsizetype end = at;
    for (;;) {
        if (!isEmoji(code(end)) && !(code(end) > 0xa0 && code(end + 1) == EmojiStyle))
            return end > at ? end - 1 : at; // a joiner that joins nothing
        ++end;
        while (isModifier(code(end)))
            ++end;
        if (code(end) != Joiner)
            return end;
        ++end;
    }
}

} // namespace

int emojiCount(const QString &text, int limit)
{
    // A family with skin tones is 17 units long; anything longer than that many is prose.
    if (text.isEmpty() || text.size() > 32 * limit)
        return 0;
    const QList<uint> points = text.toUcs4();
    int count = 0;
    for (qsizetype i = 0; i < points.size();) {
        if (QChar::isSpace(points.at(i))) {
            ++i;
            continue;
        }
        const qsizetype end = emojiEnd(points, i);
        if (end == i || ++count > limit)
            return 0;
        i = end;
    }
    return count;
}

} // namespace Pagedesk::Ui
