// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPlainTextEdit;

namespace Pagedesk::Ui {

class ThemeProvider;

// A window with everything that is known of one message. Closes with Escape and deletes itself.
class Inspector : public QWidget {
    Q_OBJECT

public:
    explicit Inspector(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setText(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void applyTheme();

    const ThemeProvider &m_theme;
    QPlainTextEdit *m_text = nullptr;
};

} // namespace Pagedesk::Ui
