// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/searchquery.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <utility>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype LongestSearch = 1000; // characters
constexpr int MostTerms = 24;
constexpr qsizetype MostWordsInTerm = 40;

template <typename T> using Names = QList<std::pair<QString, T>>; // the first of each is offered

const Names<SearchOperator> &operators()
{
    static const Names<SearchOperator> table{{u"from"_s, SearchOperator::From},
        {u"page"_s, SearchOperator::Page}, {u"has"_s, SearchOperator::Has},
        {u"before"_s, SearchOperator::Before}, {u"after"_s, SearchOperator::After},
        {u"state"_s, SearchOperator::State}, {u"assignee"_s, SearchOperator::Assignee},
        {u"label"_s, SearchOperator::Label}, {u"window"_s, SearchOperator::Window},
        {u"in"_s, SearchOperator::In}};
    return table;
}

const Names<ConversationState> &states()
{
    static const Names<ConversationState> table{{u"open"_s, ConversationState::Open},
        {u"pending"_s, ConversationState::Pending}, {u"snoozed"_s, ConversationState::Snoozed},
        {u"resolved"_s, ConversationState::Resolved}};
    return table;
}

const Names<SearchMatter> &matters()
{
    static const Names<SearchMatter> table{{u"photo"_s, SearchMatter::Photo},
        {u"video"_s, SearchMatter::Video}, {u"audio"_s, SearchMatter::Audio},
        {u"file"_s, SearchMatter::File}, {u"link"_s, SearchMatter::Link},
        {u"note"_s, SearchMatter::Note}};
    return table;
}

const Names<SearchWindow> &windows()
{
    static const Names<SearchWindow> table{{u"open"_s, SearchWindow::Open},
        {u"closing"_s, SearchWindow::Closing}, {u"closed"_s, SearchWindow::Closed}};
    return table;
}

const Names<SearchPlace> &places()
{
    static const Names<SearchPlace> table{{u"names"_s, SearchPlace::Names},
        {u"notes"_s, SearchPlace::Notes}, {u"messages"_s, SearchPlace::Messages}};
    return table;
}

template <typename T> QStringList namesOf(const Names<T> &table)
{
    QStringList names;
    for (const auto &entry : table)
        names.append(entry.first);
    return names;
}

template <typename T> std::optional<T> find(const Names<T> &table, QStringView name)
{
    for (const auto &[known, value] : table) {
        // "photos" and "name" mean what they look like.
        if (name == known || (name.startsWith(known) && name.mid(known.size()) == u"s")
            || (known.chopped(1) == name && known.endsWith(u's')))
            return value;
    }
    return std::nullopt;
}

const QStringList &dateForms()
{
    static const QStringList forms{u"2026-03-31"_s, u"31.3.2026"_s, u"31/3/2026"_s, u"2026-03"_s,
        u"2026"_s, u"today"_s, u"yesterday"_s, u"7d"_s, u"2w"_s, u"3m"_s, u"1y"_s};
    return forms;
}

QDate ago(const QDate &today, qint64 count, QChar unit)
{
    constexpr qint64 Most = 10'000;
    count = std::min(count, Most);
    switch (unit.unicode()) {
    case 'd':
        return today.addDays(-count);
    case 'w':
        return today.addDays(-7 * count);
    case 'm':
        return today.addMonths(static_cast<int>(-count));
    default:
        return today.addYears(static_cast<int>(-std::min<qint64>(count, 1000)));
    }
}

// The first day that is meant; invalid when none is.
QDate dayFrom(const QString &text, const QDate &today)
{
    static const QRegularExpression relative(u"^(\\d{1,4})([dwmy])$"_s);
    static const QRegularExpression yearFirst(
        u"^(\\d{4})(?:[-/.](\\d{1,2})(?:[-/.](\\d{1,2}))?)?$"_s);
    static const QRegularExpression dayFirst(u"^(\\d{1,2})[-/.](\\d{1,2})(?:[-/.](\\d{4})?)?$"_s);
    if (text == u"today")
        return today;
    if (text == u"yesterday")
        return today.addDays(-1);
    if (const auto match = relative.match(text); match.hasMatch())
        return ago(today, match.captured(1).toInt(), match.captured(2).at(0));
    if (const auto match = yearFirst.match(text); match.hasMatch()) {
        const auto part = [&match](int n) {
            return match.captured(n).isEmpty() ? 1 : match.captured(n).toInt();
        };
        return {match.captured(1).toInt(), part(2), part(3)};
    }
    if (const auto match = dayFirst.match(text); match.hasMatch()) {
        const int year = match.captured(3).isEmpty() ? today.year() : match.captured(3).toInt();
        return {year, match.captured(2).toInt(), match.captured(1).toInt()};
    }
    return {};
}

// A piece between spaces, or between quotes.
struct Term {
    QString name; // of an operator, else empty
    QString text;
    bool isExcluded = false;
    bool isQuoted = false;
    bool isLast = false; // nothing follows, not even a space
};

// Takes a search apart. Quotes may be left open.
class Terms {
public:
    explicit Terms(const QString &text)
        : m_text(text)
    {
    }

    std::optional<Term> next()
    {
        while (!atEnd() && m_text.at(m_at).isSpace())
            ++m_at;
        if (atEnd())
            return std::nullopt;
        Term term;
        if (m_text.at(m_at) == u'-' && m_at + 1 < m_text.size() && !m_text.at(m_at + 1).isSpace()) {
            term.isExcluded = true;
            ++m_at;
        }
        takeName(term);
        takeText(term);
        term.isLast = atEnd();
        return term;
    }

private:
    static bool isQuote(QChar c) { return u"\"“”„«»"_s.contains(c); }
    static bool isColon(QChar c) { return c == u':' || c == QChar(0xFF1A); }
    bool atEnd() const { return m_at >= m_text.size(); }

    void takeName(Term &term)
    {
        qsizetype end = m_at;
        while (end < m_text.size() && m_text.at(end).isLetter())
            ++end;
        if (end == m_at || end >= m_text.size() || !isColon(m_text.at(end)))
            return;
        const QString name = m_text.mid(m_at, end - m_at).toLower();
        const bool isKnown = searchOperatorFromName(name).has_value();
        // "Hello:" and "https://…" are words.
        const bool isOther = end + 1 < m_text.size() && !m_text.at(end + 1).isSpace()
            && m_text.at(end + 1) != u'/';
        if (isKnown || isOther) {
            term.name = name;
            m_at = end + 1;
        }
    }

    void takeText(Term &term)
    {
        if (!atEnd() && isQuote(m_text.at(m_at))) {
            term.isQuoted = true;
            const qsizetype begin = ++m_at;
            while (!atEnd() && !isQuote(m_text.at(m_at)))
                ++m_at;
            term.text = m_text.mid(begin, m_at - begin);
            if (!atEnd())
                ++m_at;
            return;
        }
        const qsizetype begin = m_at;
        while (!atEnd() && !m_text.at(m_at).isSpace() && !isQuote(m_text.at(m_at)))
            ++m_at;
        term.text = m_text.mid(begin, m_at - begin);
    }

    const QString &m_text;
    qsizetype m_at = 0;
};

class Parser {
public:
    Parser(const QDateTime &now)
        : m_now(now)
    {
    }

    SearchQuery parse(const QString &text)
    {
        const QString read = text.left(LongestSearch);
        Terms terms(read);
        int count = 0;
        bool tooMuch = text.size() > LongestSearch;
        while (const auto term = terms.next()) {
            if (++count > MostTerms) {
                tooMuch = true;
                break;
            }
            take(*term);
        }
        if (tooMuch)
            m_query.problems.append({SearchProblem::Kind::TooMuch, {}, {}, {}});
        return std::move(m_query);
    }

private:
    void take(const Term &term)
    {
        const auto op = searchOperatorFromName(term.name);
        if (term.name.isEmpty()) {
            takeWords(term.text, term);
        } else if (!op) {
            m_query.problems.append({SearchProblem::Kind::UnknownOperator, term.name, term.text,
                searchOperatorNames()});
            takeWords(term.name + u' ' + term.text, term);
        } else if (term.text.trimmed().isEmpty()) {
            m_query.problems.append({SearchProblem::Kind::NoValue, term.name, {}, validFor(*op)});
        } else {
            takeValue(*op, term);
        }
    }

    void takeWords(const QString &text, const Term &term)
    {
        SearchPhrase phrase = searchPhrase(text, term.isLast && !term.isQuoted && !term.isExcluded);
        if (phrase.words.size() > MostWordsInTerm) {
            phrase.words.resize(MostWordsInTerm);
            phrase.isOpen = false;
        }
        if (!phrase.words.isEmpty())
            (term.isExcluded ? m_query.unwanted : m_query.wanted).append(phrase);
    }

    void takeValue(SearchOperator op, const Term &term)
    {
        const QString value = term.text.trimmed();
        const auto name = [&](QList<SearchChoice<QString>> &list) {
            list.append({value, term.isExcluded});
        };
        switch (op) {
        case SearchOperator::From:
            return name(m_query.from);
        case SearchOperator::Page:
            return name(m_query.pages);
        case SearchOperator::Assignee:
            return name(m_query.assignees);
        case SearchOperator::Label:
            return name(m_query.labels);
        case SearchOperator::State:
            return choose(m_query.states, states(), op, term);
        case SearchOperator::Has:
            return choose(m_query.has, matters(), op, term);
        case SearchOperator::Window:
            return choose(m_query.windows, windows(), op, term);
        case SearchOperator::In:
            return takePlace(term);
        case SearchOperator::Before:
        case SearchOperator::After:
            return takeDate(op, term);
        }
    }

    template <typename T>
    void choose(
        QList<SearchChoice<T>> &list, const Names<T> &table, SearchOperator op, const Term &term)
    {
        if (const auto value = find(table, term.text.trimmed().toLower()))
            list.append({*value, term.isExcluded});
        else
            refuse(op, term);
    }

    void takePlace(const Term &term)
    {
        const auto place = find(places(), term.text.trimmed().toLower());
        if (!place)
            return refuse(SearchOperator::In, term);
        if (!term.isExcluded) {
            m_query.in.append(*place);
            return;
        }
        for (const auto &[name, other] : places()) {
            if (other != *place)
                m_query.in.append(other);
        }
    }

    void takeDate(SearchOperator op, const Term &term)
    {
        const QDate day = dayFrom(term.text.trimmed().toLower(), m_now.date());
        if (!day.isValid() || day.year() < 1 || day.year() > 9999)
            return refuse(op, term);
        QDateTime start = m_now;
        start.setDate(day);
        start.setTime(QTime(0, 0));
        const qint64 at = std::max<qint64>(1, start.toMSecsSinceEpoch());
        // What is not before is from then on.
        if ((op == SearchOperator::Before) != term.isExcluded)
            m_query.before = m_query.before == 0 ? at : std::min(m_query.before, at);
        else
            m_query.after = std::max(m_query.after, at);
    }

    void refuse(SearchOperator op, const Term &term)
    {
        // While it is being written the beginning of a valid one is no mistake.
        const QStringList valid = validFor(op);
        const QString value = term.text.trimmed();
        const bool begins = term.isLast
            && std::any_of(valid.begin(), valid.end(),
                [&](auto &known) { return known.startsWith(value.toLower()); });
        m_query.problems.append(
            {begins ? SearchProblem::Kind::NoValue : SearchProblem::Kind::BadValue, term.name,
                value, valid});
    }

    static QStringList validFor(SearchOperator op)
    {
        const bool isDate = op == SearchOperator::Before || op == SearchOperator::After;
        return isDate ? dateForms() : searchValues(op);
    }

    const QDateTime m_now;
    SearchQuery m_query;
};

} // namespace

bool SearchQuery::isEmpty() const
{
    return wanted.isEmpty() && unwanted.isEmpty() && from.isEmpty() && pages.isEmpty()
        && assignees.isEmpty() && labels.isEmpty() && states.isEmpty() && has.isEmpty()
        && windows.isEmpty() && in.isEmpty() && after == 0 && before == 0;
}

SearchQuery parseSearch(const QString &text, const QDateTime &now)
{
    return Parser(now).parse(text);
}

QStringList searchOperatorNames()
{
    return namesOf(operators());
}

QStringList searchValues(SearchOperator op)
{
    switch (op) {
    case SearchOperator::State:
        return namesOf(states());
    case SearchOperator::Has:
        return namesOf(matters());
    case SearchOperator::Window:
        return namesOf(windows());
    case SearchOperator::In:
        return namesOf(places());
    case SearchOperator::From:
        return {u"me"_s, u"us"_s};
    case SearchOperator::Assignee:
        return {u"me"_s, u"none"_s};
    default:
        return {};
    }
}

std::optional<SearchOperator> searchOperatorFromName(QStringView name)
{
    for (const auto &[known, op] : operators()) {
        if (name == known)
            return op;
    }
    return std::nullopt;
}

} // namespace Pagedesk
