// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/thread/threadrows.h"

namespace Pagedesk::Ui {

// Which rows stand where in the viewport. It holds on to an anchor, a row and its place, so that
// nothing on the screen moves when rows above change, come in or turn out to have another height
// than estimated; at the end it holds on to the end. Positions in pixels, y down from the
// viewport's top edge.
class ThreadScroll {
public:
    struct Placed {
        int row = 0;
        int y = 0;
        std::shared_ptr<const RowLayout> layout;
    };

    explicit ThreadScroll(ThreadRows &rows);

    void setViewport(int height, int topMargin, int bottomMargin);

    // Lays out what can be seen. To be called after any change below, before anything is read.
    void settle();
    const std::vector<Placed> &visible() const { return m_visible; }
    bool isAtEnd() const { return m_atEnd; }
    // For a scroll bar, as far as heights are known.
    int value() const { return m_value; }
    int maximum() const { return m_maximum; }

    void scrollBy(int pixels); // positive: towards the end
    void scrollTo(int value);
    void toEnd();
    void toBeginning();
    void place(int row, int y);
    // Stays where it is, also when it is the end.
    void hold() { m_atEnd = false; }
    // The least movement that shows the row, or as much of it as the viewport holds.
    void reveal(int row);

    // The model has changed in that way.
    void reset();
    void inserted(int first, int count);
    void removed(int first, int count);
    void moved(int from, int to);

private:
    void fillFromAnchor();
    void fillFromEnd();
    void measure();

    ThreadRows &m_rows;
    int m_height = 0;
    int m_topMargin = 0;
    int m_bottomMargin = 0;
    bool m_atEnd = true;
    int m_anchorRow = 0;
    int m_anchorY = 0;
    int m_value = 0;
    int m_maximum = 0;
    std::vector<Placed> m_visible;
};

} // namespace Pagedesk::Ui
