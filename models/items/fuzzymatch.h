// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Pagedesk {

// How well something fits what was typed: a higher score is better. `places` are the positions of
// the letters that were found, rising.
struct FuzzyMatch {
    int score = 0;
    QList<int> places;
};

// The text as fuzzyMatch() compares it: one case, accents dropped. Letter for letter, so that a
// place in it is a place in the text.
QString foldedLetters(const QString &text);
// What was typed, as words. Only its beginning counts if it is very long.
QStringList foldedWords(const QString &typed);

// Whether the letters of each word stand in `folded`, in the word's order though not side by side.
// Beginnings of words and letters side by side count more. Only the beginning of a very long text
// is looked at.
std::optional<FuzzyMatch> fuzzyMatch(const QStringList &words, const QString &folded);

} // namespace Pagedesk
