// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace Pagedesk::Ui {

class ThemeProvider;

// A part of the window: a ground of the theme and a hairline at some of its edges. Left and right
// are those of a left-to-right layout.
class Panel : public QWidget {
    Q_OBJECT

public:
    Panel(const ThemeProvider &theme, QColor Theme::*ground, Qt::Edges lines,
        QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

    const ThemeProvider &m_theme;

private:
    QColor Theme::*m_ground;
    Qt::Edges m_lines;
};

} // namespace Pagedesk::Ui
