// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

class QPainter;

namespace Pagedesk::Browser {

enum class Glyph { Back, Reload, Stop, Lock, OpenLock, Check, Warning };

// Draws it as lines of one colour.
void drawGlyph(QPainter &painter, Glyph glyph, const QRectF &square, const QColor &colour);
// For buttons, also disabled, in the colours of the palette.
QIcon glyphIcon(Glyph glyph, const QPalette &palette, qreal devicePixelRatio);

// Whether the palette is a dark one, and colours that can be read on it.
bool isDark(const QPalette &palette);
QColor goodColour(const QPalette &palette);
QColor warnColour(const QPalette &palette);
QColor linkColour(const QPalette &palette); // platforms leave the palette's own blue in the dark

} // namespace Pagedesk::Browser
