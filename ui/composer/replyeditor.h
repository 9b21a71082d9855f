// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextEdit>

namespace Pagedesk::Ui {

class ThemeProvider;

// The editor of a reply: plain text that grows from two to eight lines. Enter asks to send,
// Shift+Enter breaks the line; an Enter that belongs to an input method does neither.
class ReplyEditor : public QTextEdit {
    Q_OBJECT

public:
    explicit ReplyEditor(const ThemeProvider &theme, QWidget *parent = nullptr);

Q_SIGNALS:
    void sendRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyTheme();
    void fitHeight();

    const ThemeProvider &m_theme;
    bool m_composing = false;
};

} // namespace Pagedesk::Ui
