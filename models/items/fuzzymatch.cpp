// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/fuzzymatch.h"

#include <algorithm>
#include <array>

namespace Pagedesk {

namespace {

constexpr int LongestText = 120; // letters that are compared
constexpr int LongestWord = 32;
constexpr int LongestTyped = 100;

constexpr int Letter = 16;
constexpr int AtStart = 14; // of the text
constexpr int AtWord = 10; // a word's beginning
constexpr int SideBySide = 12;
constexpr int WholeWord = 8;
constexpr int LengthsPerPoint = 8; // of two that fit as well, the shorter one
constexpr int None = -1'000'000;

QChar foldedLetter(QChar c)
{
    if (c.unicode() < 0x80)
        return c.toLower();
    const bool isHangul = c.unicode() >= 0xac00 && c.unicode() <= 0xd7a3; // a syllable is a letter
    if (isHangul)
        return c;
    if (c.decompositionTag() == QChar::Canonical || c.decompositionTag() == QChar::Compat) {
        const QString parts = QString(c).normalized(QString::NormalizationForm_KD);
        if (!parts.isEmpty() && !parts.at(0).isSurrogate())
            c = parts.at(0);
    }
    return c.toCaseFolded();
}

bool beginsWord(QStringView text, int at)
{
    return at == 0 || (text.at(at).isLetterOrNumber() && !text.at(at - 1).isLetterOrNumber());
}

int worthOf(QStringView text, int at)
{
    if (at == 0)
        return Letter + AtStart;
    return beginsWord(text, at) ? Letter + AtWord : Letter;
}

bool contains(QStringView word, QStringView text)
{
    qsizetype found = 0;
    for (const QChar c : text) {
        if (c == word.at(found) && ++found == word.size())
            return true;
    }
    return false;
}

// The best way to find the letters of one word: for each letter and place the best score so far,
// and where the letter before it stood.
class Alignment {
public:
    Alignment(QStringView word, QStringView text)
        : m_word(word)
        , m_text(text)
    {
        for (int letter = 0; letter < m_word.size(); ++letter)
            addLetter(letter);
    }

    std::optional<FuzzyMatch> best() const
    {
        const auto end = m_scores.begin() + m_text.size();
        const auto at = std::max_element(m_scores.begin(), end);
        if (at == end || *at <= None / 2)
            return std::nullopt;
        FuzzyMatch match;
        match.score = *at;
        int place = static_cast<int>(at - m_scores.begin());
        for (int letter = static_cast<int>(m_word.size()) - 1; letter >= 0; --letter) {
            match.places.prepend(place);
            place = m_before[static_cast<size_t>(letter)][static_cast<size_t>(place)];
        }
        match.score += isWhole(match.places) ? WholeWord : 0;
        return match;
    }

private:
    void addLetter(int letter)
    {
        std::array<int, LongestText> scores;
        int reachable = letter == 0 ? 0 : None; // the best before this place, less its distance
        int from = -1;
        for (int at = 0; at < m_text.size(); ++at) {
            const auto place = static_cast<size_t>(at);
            scores[place] = None;
            const int aside = letter > 0 && at > 0 ? m_scores[place - 1] : None;
            if (m_text.at(at) == m_word.at(letter)
                && (letter == 0 || reachable > None / 2 || aside > None / 2)) {
                const bool isAside = aside + SideBySide >= reachable && letter > 0;
                const int before = letter == 0 ? 0 : isAside ? aside + SideBySide : reachable;
                scores[place] = before + worthOf(m_text, at);
                m_before[static_cast<size_t>(letter)][place] = static_cast<qint8>(letter == 0 ? -1
                        : isAside ? at - 1
                                  : from);
            }
            if (letter > 0) {
                --reachable;
                if (aside - 1 > reachable) {
                    reachable = aside - 1;
                    from = at - 1;
                }
            }
        }
        m_scores = scores;
    }

    bool isWhole(const QList<int> &places) const
    {
        const int first = places.constFirst();
        const int last = places.constLast();
        const bool isOne = last - first + 1 == places.size();
        return isOne && beginsWord(m_text, first)
            && (last + 1 == m_text.size() || !m_text.at(last + 1).isLetterOrNumber());
    }

    QStringView m_word;
    QStringView m_text;
    std::array<int, LongestText> m_scores{};
    std::array<std::array<qint8, LongestText>, LongestWord> m_before{};
};

} // namespace

QString foldedLetters(const QString &text)
{
    QString folded = text;
    for (QChar &c : folded)
        c = foldedLetter(c);
    return folded;
}

QStringList foldedWords(const QString &typed)
{
    const QString begin = typed.left(LongestTyped).normalized(QString::NormalizationForm_C);
    QStringList words = foldedLetters(begin).simplified().split(u' ', Qt::SkipEmptyParts);
    for (QString &word : words)
        word.truncate(LongestWord);
    return words;
}

std::optional<FuzzyMatch> fuzzyMatch(const QStringList &words, const QString &folded)
{
    const QStringView text = QStringView(folded).left(LongestText);
    const bool all = std::all_of(
        words.cbegin(), words.cend(), [text](const QString &word) { return contains(word, text); });
    if (!all)
        return std::nullopt;
    FuzzyMatch match;
    for (const QString &word : words) {
        const auto found = Alignment(word, text).best();
        if (!found)
            return std::nullopt;
        match.score += found->score;
        match.places += found->places;
    }
    if (!words.isEmpty())
        match.score -= static_cast<int>(text.size()) / LengthsPerPoint;
    std::sort(match.places.begin(), match.places.end());
    match.places.erase(std::unique(match.places.begin(), match.places.end()), match.places.end());
    return match;
}

} // namespace Pagedesk
