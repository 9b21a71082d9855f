// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/threadselection.h"

#include "ui/thread/displaytext.h"

#include <QTextBoundaryFinder>

#include <tuple>

namespace Pagedesk::Ui {

namespace {

// The word, or the run of spaces, around a position.
std::pair<int, int> wordAt(const QString &text, int position)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
    finder.setPosition(position);
    const qsizetype begin
        = finder.isAtBoundary() && position < text.size() ? position : finder.toPreviousBoundary();
    finder.setPosition(std::max<qsizetype>(begin, 0));
    const qsizetype end = finder.toNextBoundary();
    if (end < 0)
        return {0, static_cast<int>(text.size())};
    return {static_cast<int>(std::max<qsizetype>(begin, 0)), static_cast<int>(end)};
}

} // namespace

void ThreadSelection::begin(const MessageId &id, int position)
{
    m_id = id;
    m_anchor = m_cursor = position;
    m_word = {};
}

void ThreadSelection::extend(const QString &text, int position)
{
    if (m_word.first == m_word.second) {
        m_cursor = position;
        return;
    }
    const auto [begin, end] = wordAt(text, position);
    const bool backwards = position < m_word.first;
    m_anchor = backwards ? m_word.second : m_word.first;
    m_cursor = backwards ? begin : std::max(end, m_word.second);
}

void ThreadSelection::selectWord(const MessageId &id, const QString &text, int position)
{
    m_id = id;
    m_word = wordAt(text, position);
    std::tie(m_anchor, m_cursor) = m_word;
}

void ThreadSelection::selectAll(const MessageId &id, const QString &text)
{
    begin(id, 0);
    m_cursor = static_cast<int>(text.size());
}

QString ThreadSelection::textOf(const QString &display) const
{
    return clipboardText(display.mid(start(), length()));
}

} // namespace Pagedesk::Ui
