// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/heightindex.h"

#include <algorithm>
#include <bit>

namespace Pagedesk::Ui {

namespace {

size_t lowBit(size_t i)
{
    return i & (~i + 1);
}

} // namespace

void HeightIndex::setHeight(int row, int height)
{
    const int change = height - m_heights[static_cast<size_t>(row)];
    if (change == 0)
        return;
    m_heights[static_cast<size_t>(row)] = height;
    for (size_t i = static_cast<size_t>(row) + 1; i < m_tree.size(); i += lowBit(i))
        m_tree[i] += change;
}

qint64 HeightIndex::top(int row) const
{
    qint64 sum = 0;
    for (size_t i = static_cast<size_t>(row); i > 0; i -= lowBit(i))
        sum += m_tree[i];
    return sum;
}

int HeightIndex::rowAt(qint64 y) const
{
    if (m_heights.empty())
        return -1;
    size_t before = 0; // rows that end at or before y
    qint64 rest = std::max<qint64>(y, 0);
    for (size_t step = std::bit_floor(m_heights.size()); step > 0; step >>= 1) {
        const size_t next = before + step;
        if (next < m_tree.size() && m_tree[next] <= rest) {
            before = next;
            rest -= m_tree[next];
        }
    }
    return static_cast<int>(std::min(before, m_heights.size() - 1));
}

void HeightIndex::assign(std::vector<int> heights)
{
    m_heights = std::move(heights);
    rebuild();
}

void HeightIndex::insert(int row, std::span<const int> heights)
{
    if (row == size()) {
        std::for_each(heights.begin(), heights.end(), [this](int height) { append(height); });
        return;
    }
    m_heights.insert(m_heights.begin() + row, heights.begin(), heights.end());
    rebuild();
}

void HeightIndex::remove(int row, int count)
{
    const auto first = m_heights.begin() + row;
    m_heights.erase(first, first + count);
    rebuild();
}

void HeightIndex::append(int height)
{
    if (m_tree.empty())
        m_tree.push_back(0);
    m_heights.push_back(height);
    const size_t i = m_heights.size();
    qint64 sum = height;
    for (size_t child = 1; child < lowBit(i); child <<= 1)
        sum += m_tree[i - child];
    m_tree.push_back(sum);
}

void HeightIndex::rebuild()
{
    m_tree.assign(m_heights.size() + 1, 0);
    for (size_t i = 1; i < m_tree.size(); ++i) {
        m_tree[i] += m_heights[i - 1];
        if (const size_t parent = i + lowBit(i); parent < m_tree.size())
            m_tree[parent] += m_tree[i];
    }
}

} // namespace Pagedesk::Ui
