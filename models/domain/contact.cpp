// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/contact.h"

#include <QStringList>

namespace Pagedesk {

namespace {

// The first whole character of a word (a surrogate pair counts as one), or nothing when the word
// does not begin with a letter.
QString firstLetter(const QString &word)
{
    const char32_t point = word.isEmpty() ? 0
        : word.at(0).isHighSurrogate() && word.size() > 1
        ? QChar::surrogateToUcs4(word.at(0), word.at(1))
        : word.at(0).unicode();
    return point != 0 && QChar::isLetter(point) ? QString::fromUcs4(&point, 1).toUpper()
                                                : QString();
}

} // namespace

QString psidTail(const Psid &psid)
{
    return psid.value.right(4);
}

QString initials(const QString &name, const Psid &psid)
{
    QStringList letters;
    for (const QString &word : name.simplified().split(u' ', Qt::SkipEmptyParts)) {
        const QString letter = firstLetter(word);
        if (!letter.isEmpty())
            letters.append(letter);
    }
    if (letters.isEmpty())
        return QStringLiteral("··") + psid.value.right(2);
    const char16_t script = letters.first().at(0).unicode();
    // Two letters only where they do not join: Latin, Greek, Cyrillic.
    return letters.size() == 1 || script >= 0x0530 ? letters.first()
                                                   : letters.first() + letters.last();
}

int hueOf(const Psid &psid)
{
    quint32 hash = 2166136261U; // FNV-1a: steady across runs, unlike qHash
    for (const QChar c : psid.value)
        hash = (hash ^ c.unicode()) * 16777619U;
    return static_cast<int>(hash % 360U);
}

} // namespace Pagedesk
