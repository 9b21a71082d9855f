// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace Pagedesk {

// How text is cut into what the search compares. Letters are folded: one case, no accents, one form
// of digits and presentation forms. Scripts that put spaces between words give words; Chinese and
// Japanese give every two signs that stand together, Thai, Lao, Khmer and Burmese every three, and
// what is left at the end of a run, so that any part of a word can be found. An emoji is a word.

// Raised whenever the same text gives other words: an index made before is then made anew.
inline constexpr int SearchWordsVersion = 1;

struct SearchWord {
    QString text; // folded: letters, marks and digits, or one symbol
    qsizetype start = 0; // in the composed text, UTF-16
    qsizetype end = 0;
    bool isGram = false; // of a script without spaces
    bool isTail = false; // shorter than the others of its run, because the run ends
    int run = 0; // words of one stretch of such a script share it
};

// The form of a text that the places of its words refer to.
QString composedForSearch(const QString &text);
// Of a text in that form. What is beyond some ten thousand words is not looked at.
QList<SearchWord> searchWords(const QString &composed);

// Words that stand one after the other; of an open one the last is only its beginning.
struct SearchPhrase {
    QStringList words;
    bool isOpen = false;

    bool operator==(const SearchPhrase &) const = default;
};

// What somebody looks for; without words when there is nothing in it to be found. `open`: more may
// follow, because it is still being written.
SearchPhrase searchPhrase(const QString &text, bool open);

struct TextRange {
    qsizetype start = 0;
    qsizetype length = 0;

    bool operator==(const TextRange &) const = default;
};

// Where the phrase stands among the words of a text; empty when it does not.
QList<TextRange> placesOf(const SearchPhrase &phrase, const QList<SearchWord> &words);

// A line of a text around the first place that was found, and the places in it.
struct Snippet {
    QString text; // without line breaks
    QList<TextRange> marks;

    bool operator==(const Snippet &) const = default;
};
Snippet snippetOf(const QString &text, const QList<SearchPhrase> &wanted);

} // namespace Pagedesk
