// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// What stands where there is nothing to show: a few words and what to do about it.
class EmptyNote : public QWidget {
    Q_OBJECT

public:
    explicit EmptyNote(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setWords(const QString &title, const QString &sentence);
    QString title() const;

private:
    ThemedLabel *m_title = nullptr;
    ThemedLabel *m_sentence = nullptr;
};

} // namespace Pagedesk::Ui
