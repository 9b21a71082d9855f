// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QObject>

class QApplication;
class QPalette;

namespace Pagedesk::Ui {

// The one owner of the current Theme. Made once by the program, before its first window, and handed
// on by reference. Sets base style, palette, font and style sheet of the application, so that
// ordinary widgets look right; custom painting reads theme() and repaints on changed().
class ThemeProvider : public QObject {
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark };

    explicit ThemeProvider(
        QApplication &application, Mode mode = Mode::System, QObject *parent = nullptr);

    const Theme &theme() const { return m_theme; }
    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    // 1 is 100 %; kept within 0.5 and 3.
    void setTextScale(qreal scale);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void changed();

private:
    void apply();
    bool wantsDark() const;
    bool platformIsDark() const;

    QApplication &m_application;
    Mode m_mode;
    qreal m_textScale = 1.0;
    Theme m_theme;
};

// Whether a palette draws light text on dark windows.
bool isDark(const QPalette &palette);

// The stable word of a mode for settings ("system", "light", "dark") and back; anything else is
// System.
QString modeName(ThemeProvider::Mode mode);
ThemeProvider::Mode modeFromName(QStringView name);

} // namespace Pagedesk::Ui
