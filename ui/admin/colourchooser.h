// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;

namespace Pagedesk::Ui {

class ThemeProvider;

// The colours a Page can have, one of which is chosen.
class ColourChooser : public QWidget {
    Q_OBJECT

public:
    explicit ColourChooser(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setColour(const QString &colour); // one that is not of the palette: none is chosen
    QString colour() const { return m_colour; }

Q_SIGNALS:
    void changed();

private:
    void drawSwatches();

    const ThemeProvider &m_theme;
    QButtonGroup *m_group = nullptr;
    QString m_colour;
};

} // namespace Pagedesk::Ui
