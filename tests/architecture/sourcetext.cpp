// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/sourcetext.h"

#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk::Architecture {

namespace {

class Scanner {
public:
    explicit Scanner(QStringView text)
        : m_text(text)
    {
    }

    QString withoutCommentsAndLiterals();

private:
    QStringView rest() const { return m_text.sliced(m_at); }
    bool inInclude() const;
    bool opensRawString() const;
    void skipTo(qsizetype end);
    void skipLineComment();
    void skipBlockComment();
    void skipRawString();
    void skipLiteral(QChar quote);
    bool separatesDigits() const;

    QStringView m_text;
    qsizetype m_at = 0;
    QString m_code;
};

// The target of an #include looks like a string and must stay.
bool Scanner::inInclude() const
{
    static const QRegularExpression beginning(uR"(^\s*#\s*include\s*$)"_s);
    return beginning.match(m_code.sliced(m_code.lastIndexOf(u'\n') + 1)).hasMatch();
}

bool Scanner::opensRawString() const
{
    return rest().startsWith(u'"') && m_code.endsWith(u'R');
}

// In 1'000 or 0xff'ff: the word before the quote began with a digit.
bool Scanner::separatesDigits() const
{
    qsizetype first = m_code.size();
    while (first > 0 && (m_code.at(first - 1).isLetterOrNumber() || m_code.at(first - 1) == u'\''))
        --first;
    return first < m_code.size() && m_code.at(first).isDigit();
}

void Scanner::skipTo(qsizetype end)
{
    end = end < 0 ? m_text.size() : end;
    m_code += QString(m_text.sliced(m_at, end - m_at).count(u'\n'), u'\n');
    m_at = end;
}

void Scanner::skipLineComment()
{
    skipTo(m_text.indexOf(u'\n', m_at));
}

void Scanner::skipBlockComment()
{
    const qsizetype end = m_text.indexOf(u"*/", m_at + 2);
    skipTo(end < 0 ? end : end + 2);
    m_code += u' ';
}

void Scanner::skipRawString()
{
    const qsizetype open = m_text.indexOf(u'(', m_at);
    if (open < 0)
        return skipTo(-1);
    const QString delimiter = m_text.sliced(m_at + 1, open - m_at - 1).toString();
    const QString close = u')' + delimiter + u'"';
    const qsizetype end = m_text.indexOf(close, open);
    skipTo(end < 0 ? end : end + close.size());
    m_code += u"\"\"";
}

void Scanner::skipLiteral(QChar quote)
{
    qsizetype end = m_at + 1;
    while (end < m_text.size() && m_text.at(end) != quote && m_text.at(end) != u'\n')
        end += m_text.at(end) == u'\\' ? 2 : 1;
    const bool closed = end < m_text.size() && m_text.at(end) == quote;
    skipTo(qMin(closed ? end + 1 : end, m_text.size()));
    m_code += quote;
    m_code += quote;
}

QString Scanner::withoutCommentsAndLiterals()
{
    while (m_at < m_text.size()) {
        const QChar c = m_text.at(m_at);
        if (rest().startsWith(u"//"))
            skipLineComment();
        else if (rest().startsWith(u"/*"))
            skipBlockComment();
        else if (opensRawString())
            skipRawString();
        else if (c == u'"' && !inInclude())
            skipLiteral(c);
        else if (c == u'\'' && !separatesDigits())
            skipLiteral(c);
        else if (c == u'"')
            // The name of an include: up to its closing quote, as it stands.
            while (m_at < m_text.size() && m_text.at(m_at) != u'\n')
                m_code += m_text.at(m_at++);
        else
            m_code += m_text.at(m_at++);
    }
    return m_code;
}

} // namespace

SourceText SourceText::parse(const QString &content)
{
    static const QRegularExpression include(uR"(^\s*#\s*include\s*(["<])([^">]+)[">])"_s);
    SourceText text;
    text.code = Scanner(content).withoutCommentsAndLiterals();
    int line = 0;
    for (const QString &lineText : text.code.split(u'\n')) {
        ++line;
        const auto match = include.match(lineText);
        if (match.hasMatch())
            text.includes += Include{line, match.captured(2), match.captured(1) == u"\""};
    }
    return text;
}

} // namespace Pagedesk::Architecture
