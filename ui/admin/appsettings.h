// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/localworkspace.h"

#include "ui/theme/theme.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// What a workspace on this computer needs before Pages can be connected: the app at Meta, and the
// public address under which Meta reaches the relay.
class AppSettings : public QDialog {
    Q_OBJECT

public:
    AppSettings(const ThemeProvider &theme, LocalWorkspace &workspace, QWidget *parent = nullptr);

Q_SIGNALS:
    void saved();

protected:
    bool event(QEvent *event) override;

private:
    QLineEdit *addField(const QString &name, const QString &caption, const QString &hint);
    void addWords(QFont Fonts::*font, QColor Theme::*colour, const QString &text);
    void fill(const LocalWorkspace::AppSettings &settings);
    void showAddresses();
    void save();

    const ThemeProvider &m_theme;
    LocalWorkspace &m_workspace;
    LocalWorkspace::AppSettings m_known;
    QVBoxLayout *m_layout = nullptr;
    QLineEdit *m_appId = nullptr;
    QLineEdit *m_secret = nullptr;
    QLineEdit *m_publicUrl = nullptr;
    QLineEdit *m_callback = nullptr;
    QLineEdit *m_verifyToken = nullptr;
    QLineEdit *m_redirect = nullptr;
    ThemedLabel *m_problem = nullptr;
    QPushButton *m_save = nullptr;
};

} // namespace Pagedesk::Ui
