// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <span>
#include <vector>

namespace Pagedesk::Ui {

// The heights of a long list of rows, in pixels, as a Fenwick tree: the position of a row, the row
// at a position and a changed height cost O(log n). Rows appended cost O(log n) each; rows inserted
// or removed elsewhere cost one pass over plain numbers.
class HeightIndex {
public:
    int size() const { return static_cast<int>(m_heights.size()); }
    qint64 total() const { return top(size()); }

    // 0 <= row < size().
    int height(int row) const { return m_heights[static_cast<size_t>(row)]; }
    void setHeight(int row, int height);

    // The sum of the heights before `row`; 0 <= row <= size().
    qint64 top(int row) const;
    // The row that covers `y`; the nearest one for a y outside; -1 when there are none.
    int rowAt(qint64 y) const;

    void assign(std::vector<int> heights);
    // 0 <= row <= size().
    void insert(int row, std::span<const int> heights);
    // The rows from `row` to `row + count - 1` exist.
    void remove(int row, int count);

private:
    void append(int height);
    void rebuild();

    std::vector<int> m_heights;
    std::vector<qint64> m_tree; // m_tree[i] sums the heights of (i - lowbit(i), i], counted from 1
};

} // namespace Pagedesk::Ui
