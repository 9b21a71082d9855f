// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QTextEdit>

namespace Pagedesk::Ui {

class ThemeProvider;

// The editor of a reply: plain text that grows from two to eight lines. Enter asks to send,
// Shift+Enter breaks the line; an Enter that belongs to an input method does neither. Files and
// pictures are handed on.
class ReplyEditor : public QTextEdit {
    Q_OBJECT

public:
    explicit ReplyEditor(const ThemeProvider &theme, QWidget *parent = nullptr);

Q_SIGNALS:
    void sendRequested();
    // Pasted or dropped.
    void filesOffered(const QStringList &paths);
    void pictureOffered(const QImage &picture);

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

// The files of this computer that somebody drags or has copied.
QStringList localFiles(const QMimeData &data);

} // namespace Pagedesk::Ui
