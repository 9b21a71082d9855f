// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace Pagedesk::Ui {

class ColourChooser;
class DefaultsForm;
class ThemedLabel;
class ThemeProvider;

// What Pagedesk itself does with a Page. Each setting says in a sentence what it means.
class PageSettingsForm : public QWidget {
    Q_OBJECT

public:
    explicit PageSettingsForm(const ThemeProvider &theme, QWidget *parent = nullptr);

    // `isOther`: of another Page, or taken back; else what is being typed stays.
    void setValues(
        const QString &pageName, const PageSettings &settings, const QString &colour, bool isOther);
    void setTeams(const QList<Team> &teams);
    // Whether Meta refuses to match the Page's people.
    void setMatching(const PageCare &care);
    // What Meta's answers have shown of the feature Human Agent.
    void setHumanAgent(const PageCare &care);
    PageSettings settings() const;
    QString colour() const;
    QString problem() const; // of what was typed and is no setting; empty: none

Q_SIGNALS:
    void changed();

private:
    struct Switch {
        QCheckBox *box = nullptr;
        bool PageSettings::*value = nullptr;
    };

    void addCaption(const QString &words, QWidget *field);
    void addSentence(const QString &words, QWidget *field, int indent);
    void addHumanAgent();
    void addSwitch(
        const char *name, const QString &words, const QString &sentence, bool PageSettings::*value);
    void tell();

    const ThemeProvider &m_theme;
    QVBoxLayout *m_rows = nullptr;
    QLineEdit *m_nickname = nullptr;
    ThemedLabel *m_nicknameProblem = nullptr;
    ColourChooser *m_colour = nullptr;
    QList<Switch> m_switches;
    ThemedLabel *m_matchProblem = nullptr;
    QSpinBox *m_pause = nullptr;
    QComboBox *m_agent = nullptr;
    ThemedLabel *m_agentFinding = nullptr;
    DefaultsForm *m_defaults = nullptr;
    bool m_filling = false;
};

} // namespace Pagedesk::Ui
