// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

namespace Pagedesk {

// Pagedesk in the system's tray, where there is one: shows the window, and a red mark while a Page
// is in trouble.
class TrayIcon : public QObject {
    Q_OBJECT

public:
    explicit TrayIcon(QObject *parent = nullptr);

    // What is wrong, a sentence a Page; nothing is.
    void setTrouble(const QStringList &sentences);
    QString toolTip() const { return m_icon.toolTip(); }
    QIcon icon() const { return m_icon.icon(); }
    const QMenu &menu() const { return m_menu; }

    // The sign in the tray.
    static QIcon sign(bool inTrouble);

Q_SIGNALS:
    void showRequested();
    void quitRequested();

private:
    QMenu m_menu;
    QSystemTrayIcon m_icon;
};

} // namespace Pagedesk
