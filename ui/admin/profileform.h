// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messenger/profilerules.h"

#include <QColor>
#include <QWidget>

class QCheckBox;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace Pagedesk::Ui {

class EntryList;
class ThemedLabel;
class ThemeProvider;
struct Theme;

// What customers see of a Page in Messenger: greeting, questions, button and menu, in the texts for
// all languages. Texts for single languages, made elsewhere, are named and kept.
class ProfileForm : public QWidget {
    Q_OBJECT

public:
    explicit ProfileForm(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setProfile(const MessengerProfile &profile);
    // With what is written here in the place of the texts for all languages.
    MessengerProfile profile() const;
    // Says beside each field what Meta would not take.
    void showProblems(const QList<ProfileProblem> &problems);

Q_SIGNALS:
    void changed();

private:
    void addHeading(const QString &words, const QString &sentence);
    ThemedLabel *addLabel(const char *name, QColor Theme::*colour);
    void buildGreeting();
    void insertFirstName();
    void showGreeting();
    void showOthers();

    const ThemeProvider &m_theme;
    QVBoxLayout *m_rows = nullptr;
    QPlainTextEdit *m_greeting = nullptr;
    QPushButton *m_insert = nullptr;
    ThemedLabel *m_count = nullptr;
    ThemedLabel *m_preview = nullptr;
    ThemedLabel *m_greetingProblem = nullptr;
    EntryList *m_questions = nullptr;
    ThemedLabel *m_questionsProblem = nullptr;
    QCheckBox *m_button = nullptr;
    ThemedLabel *m_buttonProblem = nullptr;
    EntryList *m_menu = nullptr;
    ThemedLabel *m_menuProblem = nullptr;
    ThemedLabel *m_others = nullptr;
    MessengerProfile m_profile; // as it was set
    bool m_filling = false;
};

} // namespace Pagedesk::Ui
