// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

class QAction;

namespace Pagedesk::Ui {

class ThemeProvider;

// The field that narrows the list down while one types. Shows the key that leads to it; Escape
// empties it.
class FilterField : public QLineEdit {
    Q_OBJECT

public:
    explicit FilterField(const ThemeProvider &theme, QWidget *parent = nullptr);

    // What leads here: "Ctrl+K or /"; the first is shown in the field.
    void setKeys(const QString &keys);

Q_SIGNALS:
    // Down, or Enter with nothing written: on to the list.
    void leftDownwards();
    // Enter with something written: it is to be looked for everywhere.
    void searchRequested(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();
    void makeRoom();

    const ThemeProvider &m_theme;
    QString m_key;
    QAction *m_search = nullptr;
    QAction *m_clear = nullptr;
};

} // namespace Pagedesk::Ui
