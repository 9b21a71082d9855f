// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListWidget;
class QTextBrowser;
class QUrl;

namespace Pagedesk::Ui {

class ThemeProvider;

// The help that comes with the program: its pages on the left, the chosen one on the right.
class HelpWindow : public QWidget {
    Q_OBJECT

public:
    explicit HelpWindow(const ThemeProvider &theme, QWidget *parent = nullptr);

    // The names of the pages there are, without ".md".
    static QStringList pages();
    void showPage(const QString &name);

Q_SIGNALS:
    void linkActivated(const QUrl &url);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void follow(const QUrl &url);
    void applyTheme();

    const ThemeProvider &m_theme;
    QListWidget *m_contents = nullptr;
    QTextBrowser *m_text = nullptr;
    QString m_current;
};

} // namespace Pagedesk::Ui
