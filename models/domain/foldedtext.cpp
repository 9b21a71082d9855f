// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/foldedtext.h"

namespace Pagedesk {

namespace {

// Adds what a letter is compared as: nothing for a mark, perhaps several letters.
void addFolded(QChar c, QString &folded)
{
    if (c.unicode() < 0x80) {
        folded += c.isSpace() ? QChar(u' ') : c.toLower();
    } else if (c.isMark()) {
        return;
    } else if (c.isSpace()) {
        folded += u' ';
    } else if (c.decompositionTag() == QChar::NoDecomposition) {
        folded += c.toCaseFolded();
    } else {
        const QString parts = QString(c).normalized(QString::NormalizationForm_KD);
        for (const QChar part : parts) {
            if (!part.isMark())
                folded += part.toCaseFolded();
        }
    }
}

} // namespace

QString foldedForFind(const QString &text)
{
    QString folded;
    folded.reserve(text.size());
    for (const QChar c : text)
        addFolded(c, folded);
    return folded;
}

QList<std::pair<int, int>> findFolded(const QString &text, const QString &folded)
{
    QList<std::pair<int, int>> places;
    if (folded.isEmpty())
        return places;
    QString letters;
    QList<int> origins; // of each folded letter, and of the end
    for (int at = 0; at < text.size(); ++at) {
        addFolded(text.at(at), letters);
        while (origins.size() < letters.size())
            origins.append(at);
    }
    origins.append(static_cast<int>(text.size()));
    for (qsizetype at = letters.indexOf(folded); at >= 0;
         at = letters.indexOf(folded, at + folded.size())) {
        const int start = origins.at(at);
        // Up to the next letter, so that its marks are taken along.
        qsizetype after = at + folded.size();
        while (after < letters.size() && origins.at(after) == origins.at(at + folded.size() - 1))
            ++after; // in the middle of a ligature
        places.append({start, origins.at(after) - start});
    }
    return places;
}

} // namespace Pagedesk
