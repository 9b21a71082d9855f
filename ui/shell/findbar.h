// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/panel.h"

class QLineEdit;
class QToolButton;

namespace Pagedesk::Ui {

class ThemedLabel;

// The line under the head of a conversation in which one looks for words in it. It finds nothing
// itself. Hidden until it is opened.
class FindBar : public Panel {
    Q_OBJECT

public:
    explicit FindBar(const ThemeProvider &theme, QWidget *parent = nullptr);

    void open();
    void setCount(const QString &words);
    QString text() const;

Q_SIGNALS:
    void textChanged(const QString &text);
    void earlierWanted();
    void laterWanted();
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *button(const QString &name, const QString &words);
    bool handleKey(const QKeyEvent &event);
    void applyTheme();

    QLineEdit *m_field = nullptr;
    ThemedLabel *m_count = nullptr;
    QToolButton *m_earlier = nullptr;
    QToolButton *m_later = nullptr;
    QToolButton *m_close = nullptr;
};

} // namespace Pagedesk::Ui
