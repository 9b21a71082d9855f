// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/thread/bubblelayout.h"

class QPainter;

namespace Pagedesk::Ui {

class MediaSource;

// What a row shows besides its layout.
struct RowDecoration {
    int selectionStart = 0; // in the body, UTF-16 units
    int selectionLength = 0;
    QList<std::pair<int, int>> found; // starts and lengths in the body, of what is looked for
    bool isFoundCurrent = false; // … and this is the message that was gone to
    bool current = false; // the row the keyboard is at
    bool hoversAction = false; // the mouse is over "Send again"
};

// Draws a row at (0, 0) of the painter. Asks `media` for pictures, which starts loading them.
void paintRow(QPainter &painter, const RowLayout &row, const Message &message,
    const ThreadStyle &style, MediaSource &media, const RowDecoration &decoration);

} // namespace Pagedesk::Ui
