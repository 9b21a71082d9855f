// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

namespace Pagedesk::Ui {

struct Theme;

// The theme as ordinary widgets understand it. The style sheet is small: it gives buttons, fields,
// menus, tooltips and scroll bars the shape of the window. A QPushButton's dynamic property "kind"
// may be "primary", "danger" or "plain".
QPalette paletteOf(const Theme &theme);
QString styleSheetOf(const Theme &theme);
// Frames of fields and of boxes to tick: 3:1 on every ground they stand on (WCAG 2.1, 1.4.11).
QColor edgeOf(const Theme &theme);

} // namespace Pagedesk::Ui
