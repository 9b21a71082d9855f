// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// A button for what cannot be taken back: pressed, it makes room for one line that says what will
// happen, and a second button does it.
class ConfirmLine : public QWidget {
    Q_OBJECT

public:
    // `name`: the buttons are called <name>, <name>-yes and <name>-no.
    ConfirmLine(const ThemeProvider &theme, const QString &name, const QString &text,
        const QString &sentence, QWidget *parent = nullptr);

    void setSentence(const QString &sentence);
    void close(); // back to the first button

Q_SIGNALS:
    void confirmed();

private:
    void ask(bool asking);

    QPushButton *m_first;
    ThemedLabel *m_sentence;
    QPushButton *m_yes;
    QPushButton *m_no;
};

} // namespace Pagedesk::Ui
