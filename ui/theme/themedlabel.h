// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QLabel>

namespace Pagedesk::Ui {

class ThemeProvider;

// A label in a font and colour of the theme. Always plain text: what it shows may come from a
// stranger.
class ThemedLabel : public QLabel {
    Q_OBJECT

public:
    ThemedLabel(const ThemeProvider &theme, QFont Fonts::*font, QColor Theme::*colour,
        QWidget *parent = nullptr);

    void setColour(QColor Theme::*colour);
    // Shows the text in one line, shortened to the width there is; the whole of it is the tooltip
    // while it is shortened.
    void setElided(bool elided);

    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void apply();
    void alignToLayout();

    const ThemeProvider &m_theme;
    QFont Fonts::*m_font;
    QColor Theme::*m_colour;
    bool m_elided = false;
};

// What to give setToolTip() so that a stranger's text is shown as it is and never as markup.
QString plainToolTip(const QString &text);

} // namespace Pagedesk::Ui
