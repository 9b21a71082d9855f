// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/searchwords.h"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype MostWords = 20'000; // of one text
constexpr qsizetype LongestWord = 64; // code points; the rest of a longer one is not compared
constexpr qsizetype SnippetLength = 160;
constexpr qsizetype BeforeMark = 16; // of a snippet, before what was found
constexpr char32_t BlockSize = 256;
constexpr char32_t CodePoints = 0x110000;

enum class Sort { Break, Drop, Letter, Pair, Triple, Symbol };

// A code point as it is compared.
struct Folded {
    QString text;
    Sort sort = Sort::Break;
};

bool isLetterOrDigit(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::isMark(c);
}

Sort sortOfLetter(char32_t c)
{
    if (c == U'ー') // the mark of a long vowel belongs to no script
        return Sort::Pair;
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Bopomofo:
    case QChar::Script_Yi:
        return Sort::Pair;
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return Sort::Triple;
    default:
        return Sort::Letter;
    }
}

// Marks that make another sound of a letter people write with or without, not another letter.
bool isAccent(char32_t c)
{
    if (c == 0x0640) // a stroke that makes Arabic words longer
        return true;
    if (!QChar::isMark(c) || c == 0x3099 || c == 0x309A) // が is not か
        return false;
    switch (QChar::script(c)) {
    case QChar::Script_Inherited:
    case QChar::Script_Common:
    case QChar::Script_Latin:
    case QChar::Script_Greek:
    case QChar::Script_Cyrillic:
    case QChar::Script_Hebrew:
    case QChar::Script_Arabic:
        return true;
    default:
        return false;
    }
}

// Letters that Unicode does not take apart but people do.
QString plain(char32_t c)
{
    switch (c) {
    case U'ø':
        return u"o"_s;
    case U'đ':
    case U'ð':
        return u"d"_s;
    case U'ł':
        return u"l"_s;
    case U'ħ':
        return u"h"_s;
    case U'ı':
        return u"i"_s;
    case U'æ':
        return u"ae"_s;
    case U'œ':
        return u"oe"_s;
    case U'þ':
        return u"th"_s;
    case U'ß':
        return u"ss"_s;
    case 0x0649: // Arabic letters at the end of words, often written for one another
        return QString(QChar(0x064A));
    case 0x0629:
        return QString(QChar(0x0647));
    default:
        return QString::fromUcs4(&c, 1);
    }
}

bool keepsItsParts(char32_t c)
{
    const QChar::Script script = QChar::script(c);
    return script == QChar::Script_Hangul || script == QChar::Script_Hiragana
        || script == QChar::Script_Katakana;
}

Folded fold(char32_t c)
{
    if (QChar::isSurrogate(c) || c == QChar::ReplacementCharacter)
        return {};
    if (QChar::category(c) == QChar::Other_Format || isAccent(c))
        return {{}, Sort::Drop};
    if (QChar::category(c) == QChar::Symbol_Other && !QChar::isLetterOrNumber(c)) {
        const QString same = QString::fromUcs4(&c, 1);
        if (same.normalized(QString::NormalizationForm_KD) == same)
            return {same, Sort::Symbol};
    }
    const auto form
        = keepsItsParts(c) ? QString::NormalizationForm_KC : QString::NormalizationForm_KD;
    const auto parts = QString::fromUcs4(&c, 1).normalized(form).toCaseFolded().toUcs4();
    Folded folded;
    for (const uint part : parts) {
        const char32_t one = part;
        if (!isLetterOrDigit(one) || isAccent(one))
            continue;
        if (folded.text.isEmpty())
            folded.sort = sortOfLetter(one);
        folded.text += plain(one);
    }
    return folded;
}

// Folding asks a lot of Qt's tables: what was folded once is kept, for each thread.
const Folded &folded(char32_t c)
{
    using Block = std::array<Folded, BlockSize>;
    thread_local std::array<std::unique_ptr<Block>, CodePoints / BlockSize> blocks;
    auto &block = blocks[c / BlockSize];
    if (!block) {
        block = std::make_unique<Block>();
        const char32_t first = c - c % BlockSize;
        for (char32_t i = 0; i < BlockSize; ++i)
            (*block)[i] = fold(first + i);
    }
    return (*block)[c % BlockSize];
}

// Cuts a text, letter by letter.
class Cutter {
public:
    explicit Cutter(const QString &text)
        : m_text(text)
    {
        for (qsizetype at = 0; at < text.size() && m_words.size() < MostWords;) {
            const qsizetype start = at;
            char32_t c = text.at(at++).unicode();
            if (QChar::isHighSurrogate(c) && at < text.size() && text.at(at).isLowSurrogate())
                c = QChar::surrogateToUcs4(text.at(start), text.at(at++));
            take(folded(c), start, at);
        }
        finish();
    }
    QList<SearchWord> words() { return std::move(m_words); }

private:
    struct Letter {
        const QString *text;
        qsizetype start;
        qsizetype end;
    };

    void take(const Folded &one, qsizetype start, qsizetype end)
    {
        if (one.sort == Sort::Drop)
            return;
        if (one.sort != m_sort || one.sort == Sort::Symbol || one.sort == Sort::Break)
            finish();
        if (one.sort == Sort::Break)
            return;
        m_sort = one.sort;
        m_letters.push_back({&one.text, start, end});
    }

    void finish()
    {
        const auto count = static_cast<qsizetype>(m_letters.size());
        if (m_sort == Sort::Letter || m_sort == Sort::Symbol) {
            append(0, std::min(count, LongestWord));
            m_words.last().end = m_letters.back().end;
        } else if (m_sort != Sort::Break) {
            const qsizetype size = m_sort == Sort::Pair ? 2 : 3;
            for (qsizetype i = 0; i < count; ++i) {
                append(i, std::min(size, count - i));
                m_words.last().isGram = true;
                m_words.last().isTail = i + size > count;
            }
        }
        m_letters.clear();
        m_sort = Sort::Break;
        ++m_run;
    }

    void append(qsizetype from, qsizetype count)
    {
        SearchWord word;
        for (qsizetype i = from; i < from + count; ++i)
            word.text += *m_letters[static_cast<size_t>(i)].text;
        word.start = m_letters[static_cast<size_t>(from)].start;
        word.end = m_letters[static_cast<size_t>(from + count - 1)].end;
        word.run = m_run;
        m_words.append(word);
    }

    const QString &m_text;
    QList<SearchWord> m_words;
    std::vector<Letter> m_letters;
    Sort m_sort = Sort::Break;
    int m_run = 0;
};

bool fits(const SearchPhrase &phrase, const QList<SearchWord> &words, qsizetype at)
{
    const qsizetype last = phrase.words.size() - 1;
    for (qsizetype i = 0; i <= last; ++i) {
        const QString &word = words.at(at + i).text;
        const QString &wanted = phrase.words.at(i);
        if (i == last && phrase.isOpen ? !word.startsWith(wanted) : word != wanted)
            return false;
    }
    return true;
}

// Ranges in rising order, those that touch made one.
QList<TextRange> joined(QList<TextRange> ranges)
{
    std::sort(ranges.begin(), ranges.end(),
        [](const TextRange &a, const TextRange &b) { return a.start < b.start; });
    QList<TextRange> all;
    for (const TextRange &range : std::as_const(ranges)) {
        if (!all.isEmpty() && range.start <= all.last().start + all.last().length) {
            TextRange &last = all.last();
            last.length = std::max(last.length, range.start + range.length - last.start);
        } else {
            all.append(range);
        }
    }
    return all;
}

// Where a line may begin or end without cutting a letter in two.
qsizetype wholeLetters(const QString &text, qsizetype at)
{
    while (at > 0 && at < text.size() && (text.at(at).isLowSurrogate() || text.at(at).isMark()))
        --at;
    return at;
}

} // namespace

QString composedForSearch(const QString &text)
{
    // Half-width kana have their marks apart, which only this form puts back.
    const bool isHalfWidth = std::any_of(
        text.begin(), text.end(), [](QChar c) { return c >= QChar(0xFF66) && c <= QChar(0xFF9F); });
    return text.normalized(
        isHalfWidth ? QString::NormalizationForm_KC : QString::NormalizationForm_C);
}

QList<SearchWord> searchWords(const QString &composed)
{
    return Cutter(composed).words();
}

SearchPhrase searchPhrase(const QString &text, bool open)
{
    SearchPhrase phrase;
    const QList<SearchWord> words = searchWords(composedForSearch(text));
    const int lastRun = words.isEmpty() ? 0 : words.constLast().run;
    for (const SearchWord &word : words) {
        const bool isShort = word.isTail && word.run == lastRun;
        // The end of what is asked for need not be the end of a run.
        if (isShort && !phrase.words.isEmpty() && words.at(phrase.words.size() - 1).run == lastRun)
            break;
        phrase.words.append(word.text);
        phrase.isOpen = isShort || (open && !word.isGram);
        if (isShort)
            break;
    }
    return phrase;
}

QList<TextRange> placesOf(const SearchPhrase &phrase, const QList<SearchWord> &words)
{
    QList<TextRange> places;
    const qsizetype count = phrase.words.size();
    for (qsizetype at = 0; count > 0 && at + count <= words.size(); ++at) {
        if (!fits(phrase, words, at))
            continue;
        const SearchWord &last = words.at(at + count - 1);
        qsizetype end = last.end;
        if (last.isGram && phrase.isOpen)
            end = std::min(end, last.start + phrase.words.constLast().size());
        const qsizetype start = words.at(at).start;
        places.append({start, end - start});
    }
    return places;
}

Snippet snippetOf(const QString &text, const QList<SearchPhrase> &wanted)
{
    const QString composed = composedForSearch(text);
    const QList<SearchWord> words = searchWords(composed);
    QList<TextRange> places;
    for (const SearchPhrase &phrase : wanted)
        places += placesOf(phrase, words);
    places = joined(places);
    qsizetype from = 0;
    if (!places.isEmpty() && places.constFirst().start > 2 * BeforeMark) {
        from = places.constFirst().start - BeforeMark;
        const qsizetype space = composed.indexOf(u' ', from);
        from = space >= 0 && space < places.constFirst().start ? space + 1
                                                               : wholeLetters(composed, from);
    }
    const qsizetype to = wholeLetters(composed, std::min(composed.size(), from + SnippetLength));
    Snippet snippet;
    snippet.text = composed.mid(from, to - from);
    for (QChar &c : snippet.text) {
        if (c.isSpace() || c.category() == QChar::Other_Control)
            c = u' ';
    }
    const qsizetype shift = from > 0 ? 1 : 0;
    if (shift > 0)
        snippet.text.prepend(u'…');
    if (to < composed.size())
        snippet.text.append(u'…');
    for (const TextRange &place : std::as_const(places)) {
        if (place.start >= from && place.start + place.length <= to)
            snippet.marks.append({place.start - from + shift, place.length});
    }
    return snippet;
}

} // namespace Pagedesk
