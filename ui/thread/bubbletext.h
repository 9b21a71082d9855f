// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/thread/bubblelayout.h"

namespace Pagedesk::Ui {

// How a piece of text is to be laid out.
struct TextRequest {
    TextBlock::Role role = TextBlock::Role::Body;
    QString text;
    QFont font;
    qreal maxWidth = 0;
    qreal pitch = 0; // from line to line; a line with taller letters takes more
    Qt::Alignment align = Qt::AlignLeft; // AlignJustify: each text by its own direction
    QList<QTextLayout::FormatRange> formats;
};

// Wraps the text at the given width. The block is as wide as its longest line and stands at (0, 0).
TextBlock layOutText(const TextRequest &request);

// Gives the block more room and aligns its lines in it.
void alignText(TextBlock &block, qreal width, Qt::Alignment align);

// One line that ends in "…" where it must.
TextBlock layOutLine(const TextRequest &request, Qt::TextElideMode elide);

} // namespace Pagedesk::Ui
