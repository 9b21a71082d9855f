// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "ui/shell/actions.h"

#include <QDialog>
#include <QLineEdit>

class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace Pagedesk::Ui {

class KeyBindings;
class ThemedLabel;
class ThemeProvider;

// Takes the next key that is pressed, whatever it would do elsewhere. Escape takes none.
class KeyField : public QLineEdit {
    Q_OBJECT

public:
    explicit KeyField(QWidget *parent = nullptr);

Q_SIGNALS:
    void keyPressed(const QKeySequence &key);
    void left();

protected:
    bool event(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void take(const QKeyEvent &event);
};

// Every action with its key, to be changed, turned off and reset; and what is wrong in keys.toml.
class ShortcutsWindow : public QDialog {
    Q_OBJECT

public:
    ShortcutsWindow(const ThemeProvider &theme, const Actions &actions, KeyBindings &bindings,
        QWidget *parent = nullptr);

private:
    void build();
    QWidget *buildCapture();
    QWidget *buildButtons();
    void connectParts();
    void fill();
    void showProblems();
    void showChosen();
    void narrow(const QString &text);
    std::optional<ActionId> chosen() const;
    QString textOf(ActionId id) const;
    void beginCapture();
    void endCapture();
    void take(const QKeySequence &key);
    void takeAway();
    void save(const Result<> &saved);
    void say(const QString &sentence);
    void applyTheme();

    const ThemeProvider &m_theme;
    const Actions &m_actions;
    KeyBindings &m_bindings;
    QKeySequence m_wanted; // has another owner
    QLineEdit *m_filter = nullptr;
    QTreeWidget *m_list = nullptr;
    ThemedLabel *m_problems = nullptr;
    ThemedLabel *m_note = nullptr;
    KeyField *m_key = nullptr;
    QPushButton *m_takeAway = nullptr;
    QPushButton *m_change = nullptr;
    QPushButton *m_off = nullptr;
    QPushButton *m_reset = nullptr;
    QPushButton *m_resetAll = nullptr;
};

} // namespace Pagedesk::Ui
