// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/displaytext.h"

namespace Pagedesk::Ui {

namespace {

constexpr char16_t WordJoiner = 0x2060; // takes no room, allows no break, changes no order

bool isLineBreak(char16_t c)
{
    return c == u'\n' || c == u'\r' || c == u'\v' || c == u'\f' || c == 0x85 || c == 0x2028
        || c == 0x2029;
}

// Embeddings, overrides and isolates: they can make a text read differently from what it is.
bool isReordering(char16_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool isControl(char16_t c)
{
    return (c < 0x20 && c != u'\t') || (c >= 0x7f && c < 0xa0) || (c >= 0xfff9 && c <= 0xfffb);
}

char16_t neutral(char16_t c)
{
    if (isReordering(c))
        return WordJoiner;
    return isControl(c) ? char16_t{QChar::ReplacementCharacter} : c;
}

} // namespace

QString displayText(const QString &text, qsizetype limit)
{
    QString result;
    result.reserve(std::min(text.size(), limit) + 1);
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (result.size() >= limit)
            return result + u'…';
        const QChar c = text.at(i);
        const char16_t code = c.unicode();
        if (isLineBreak(code)) {
            if (code != u'\r' || i + 1 == text.size() || text.at(i + 1) != u'\n')
                result += QChar(QChar::LineSeparator);
        } else if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
            result += c;
            result += text.at(++i);
        } else {
            result += c.isSurrogate() ? QChar(QChar::ReplacementCharacter) : QChar(neutral(code));
        }
    }
    return result;
}

QString displayLine(const QString &text, qsizetype limit)
{
    QString line = displayText(text, limit);
    line.replace(QChar(QChar::LineSeparator), u' ');
    return line.simplified();
}

QString clipboardText(QString display)
{
    display.replace(QChar(QChar::LineSeparator), u'\n');
    display.remove(QChar(WordJoiner));
    return display;
}

} // namespace Pagedesk::Ui
