// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/attention.h"
#include "ui/theme/theme.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QTimeEdit;
class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// What the program does besides its window. Everything holds at once; there is nothing to save.
class AlertSettingsWindow : public QDialog {
    Q_OBJECT

public:
    struct Background {
        bool hasTray = false;
        bool isKept = false; // goes on in the tray when the window is closed
        bool isAutostarted = false; // with the person's session
    };

    AlertSettingsWindow(const ThemeProvider &theme, const AlertSettings &settings,
        const Background &background, QWidget *parent = nullptr);

    // Where notifications appear, or why they do not.
    void setPlace(const QString &sentence);
    void setProblem(const QString &sentence);
    void setAutostarted(bool autostarted);

Q_SIGNALS:
    void changed(const Pagedesk::AlertSettings &settings);
    void tried(); // one is to be shown now
    void keptChanged(bool kept);
    void autostartWanted(bool autostarted);

protected:
    bool event(QEvent *event) override;

private:
    void buildAbout();
    void buildQuiet();
    void buildBackground(const Background &background);
    void buildEnd();
    void fill(const AlertSettings &settings);
    void tell();
    void addWords(QFont Fonts::*font, QColor Theme::*colour, const QString &text);
    QComboBox *addChoice(
        const QString &name, const QString &caption, const QList<std::pair<QString, int>> &choices);
    QCheckBox *addBox(const QString &name, const QString &words);

    const ThemeProvider &m_theme;
    QVBoxLayout *m_layout = nullptr;
    QComboBox *m_about = nullptr;
    QComboBox *m_preview = nullptr;
    QComboBox *m_repeat = nullptr;
    QCheckBox *m_sound = nullptr;
    QCheckBox *m_quiet = nullptr;
    QTimeEdit *m_from = nullptr;
    QTimeEdit *m_to = nullptr;
    QCheckBox *m_kept = nullptr;
    QCheckBox *m_autostart = nullptr;
    ThemedLabel *m_place = nullptr;
    ThemedLabel *m_problem = nullptr;
};

} // namespace Pagedesk::Ui
