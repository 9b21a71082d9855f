// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// Who gets what is new on a Page, when somebody is there, and what is said when nobody is.
class DefaultsForm : public QWidget {
    Q_OBJECT

public:
    explicit DefaultsForm(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setTeams(const QList<Team> &teams); // active ones, by name
    // `isOther`: of another Page. Else what is being typed, and means the same, stays as it is.
    void setValues(const PageSettings &settings, bool isOther);
    // What cannot be read is left as it was; see problem().
    void read(PageSettings &settings) const;
    QString problem() const; // of what cannot be read; empty: none

Q_SIGNALS:
    void changed();

private:
    void buildTeam();
    void buildHours();
    void buildAway();
    void addCaption(const QString &words, QWidget *field);
    ThemedLabel *addSentence(const QString &words);
    void fillTeams();
    void setHours(const BusinessHours &hours, bool isOther);
    BusinessHours hours() const;
    void tell();

    const ThemeProvider &m_theme;
    QVBoxLayout *m_rows = nullptr;
    QList<Team> m_teams;
    PageSettings m_shown;
    QComboBox *m_team = nullptr;
    ThemedLabel *m_teamProblem = nullptr;
    QCheckBox *m_hasHours = nullptr;
    QWidget *m_hours = nullptr;
    QComboBox *m_zone = nullptr;
    QList<QLineEdit *> m_days; // Monday first
    QLineEdit *m_daysOff = nullptr;
    ThemedLabel *m_hoursProblem = nullptr;
    QCheckBox *m_away = nullptr;
    QPlainTextEdit *m_awayText = nullptr;
    ThemedLabel *m_awayProblem = nullptr;
    bool m_filling = false;
};

} // namespace Pagedesk::Ui
