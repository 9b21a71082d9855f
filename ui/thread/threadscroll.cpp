// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/threadscroll.h"

#include <algorithm>

namespace Pagedesk::Ui {

ThreadScroll::ThreadScroll(ThreadRows &rows)
    : m_rows(rows)
{
}

void ThreadScroll::setViewport(int height, int topMargin, int bottomMargin)
{
    m_height = height;
    m_topMargin = topMargin;
    m_bottomMargin = bottomMargin;
}

void ThreadScroll::settle()
{
    m_visible.clear();
    if (m_rows.count() == 0) {
        reset();
        m_value = m_maximum = 0;
        return;
    }
    m_anchorRow = std::clamp(m_anchorRow, 0, m_rows.count() - 1);
    if (!m_atEnd)
        fillFromAnchor();
    if (m_atEnd)
        fillFromEnd();
    measure();
}

void ThreadScroll::scrollBy(int pixels)
{
    if (m_atEnd && pixels >= 0)
        return;
    m_atEnd = false;
    m_anchorY -= pixels;
}

void ThreadScroll::scrollTo(int value)
{
    if (value >= m_maximum) {
        toEnd();
        return;
    }
    const qint64 y = value - m_topMargin;
    const int row = std::max(0, m_rows.heights().rowAt(y));
    place(row, static_cast<int>(m_rows.heights().top(row) - y));
}

void ThreadScroll::toEnd()
{
    m_atEnd = true;
}

void ThreadScroll::toBeginning()
{
    place(0, m_topMargin);
}

void ThreadScroll::place(int row, int y)
{
    m_atEnd = false;
    m_anchorRow = row;
    m_anchorY = y;
}

void ThreadScroll::reveal(int row)
{
    const int lowest = m_height - m_bottomMargin - m_rows.layout(row)->height;
    const auto shown = std::find_if(m_visible.begin(), m_visible.end(),
        [row](const Placed &placed) { return placed.row == row; });
    if (shown != m_visible.end()) {
        // A row that does not fit may stand anywhere as long as it fills the viewport.
        const auto [from, to] = std::minmax(lowest, m_topMargin);
        if (shown->y < from || shown->y > to)
            place(row, std::clamp(shown->y, from, to));
    } else {
        const bool above = m_visible.empty() || row < m_visible.front().row;
        place(row, above ? m_topMargin : std::max(m_topMargin, lowest));
    }
}

void ThreadScroll::reset()
{
    m_visible.clear();
    m_atEnd = true;
    m_anchorRow = 0;
    m_anchorY = 0;
}

void ThreadScroll::inserted(int first, int count)
{
    if (first <= m_anchorRow)
        m_anchorRow += count;
}

void ThreadScroll::removed(int first, int count)
{
    if (first + count <= m_anchorRow)
        m_anchorRow -= count;
    else if (first <= m_anchorRow)
        m_anchorRow = first; // what follows takes its place
}

void ThreadScroll::moved(int from, int to)
{
    if (from < m_anchorRow && to >= m_anchorRow)
        --m_anchorRow;
    else if (from > m_anchorRow && to <= m_anchorRow)
        ++m_anchorRow;
}

void ThreadScroll::fillFromAnchor()
{
    int row = m_anchorRow;
    int y = m_anchorY;
    while (y > 0 && row > 0)
        y -= m_rows.layout(--row)->height;
    if (row == 0)
        y = std::min(y, m_topMargin);
    while (row + 1 < m_rows.count() && y + m_rows.layout(row)->height <= 0)
        y += m_rows.layout(row++)->height;
    for (; row < m_rows.count() && y < m_height; ++row) {
        m_visible.push_back({row, y, m_rows.layout(row)});
        y += m_visible.back().layout->height;
    }
    m_atEnd = row == m_rows.count() && y <= m_height - m_bottomMargin;
}

void ThreadScroll::fillFromEnd()
{
    m_visible.clear();
    int y = m_height - m_bottomMargin;
    for (int row = m_rows.count(); row > 0 && y > 0;) {
        auto layout = m_rows.layout(--row);
        y -= layout->height;
        m_visible.push_back({row, y, std::move(layout)});
    }
    std::reverse(m_visible.begin(), m_visible.end());
}

void ThreadScroll::measure()
{
    const qint64 all = m_rows.heights().total() + m_topMargin + m_bottomMargin;
    m_maximum = static_cast<int>(std::max<qint64>(0, all - m_height));
    if (m_visible.empty()) { // a viewport without height
        m_value = m_maximum;
        return;
    }
    const Placed &first = m_visible.front();
    const qint64 value = m_rows.heights().top(first.row) + m_topMargin - first.y;
    m_value = m_atEnd ? m_maximum : static_cast<int>(std::clamp<qint64>(value, 0, m_maximum));
    // The first row that is seen from its top is what the eye holds on to; but not one whose head
    // goes when earlier messages come in.
    const auto whole = std::find_if(m_visible.begin(), m_visible.end(), [](const Placed &placed) {
        return placed.y >= 0 && placed.layout->context.edge == RowContext::Edge::None;
    });
    const Placed &anchor = whole == m_visible.end() ? first : *whole;
    m_anchorRow = anchor.row;
    m_anchorY = anchor.y;
}

} // namespace Pagedesk::Ui
