// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// What stands where there is nothing to show: a few words and what to do about it.
class EmptyNote : public QWidget {
    Q_OBJECT

public:
    explicit EmptyNote(const ThemeProvider &theme, QWidget *parent = nullptr);

    // What is to be done about it is a button if it has a name.
    void setWords(const QString &title, const QString &sentence, const QString &action = {});
    QString title() const;

Q_SIGNALS:
    void pressed();

private:
    ThemedLabel *m_title = nullptr;
    ThemedLabel *m_sentence = nullptr;
    QPushButton *m_action = nullptr;
};

} // namespace Pagedesk::Ui
