// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QDialog>

class QCalendarWidget;
class QLineEdit;
class QPushButton;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// Asks for a day: typed, or chosen in a small calendar.
class DateChooser : public QDialog {
    Q_OBJECT

public:
    DateChooser(const ThemeProvider &theme, const QDate &today, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QDate &day);

private:
    void build(const ThemeProvider &theme);
    void nameParts() const;
    void read(const QString &text);
    void choose(const QDate &day);

    const QDate m_today;
    QLineEdit *m_field = nullptr;
    ThemedLabel *m_note = nullptr;
    QCalendarWidget *m_calendar = nullptr;
    QPushButton *m_go = nullptr;
};

} // namespace Pagedesk::Ui
