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

    static bool isAvailable() { return QSystemTrayIcon::isSystemTrayAvailable(); }
    static bool showsMessages() { return isAvailable() && QSystemTrayIcon::supportsMessages(); }
    // Words beside the icon, for a while; where the platform can.
    void showMessage(const QString &title, const QString &text);
    // How many conversations have messages nobody has looked at.
    void setUnread(int conversations);
    // What is wrong, a sentence a Page; nothing is.
    void setTrouble(const QStringList &sentences);
    QString toolTip() const { return m_icon.toolTip(); }
    QIcon icon() const { return m_icon.icon(); }
    const QMenu &menu() const { return m_menu; }

    // The sign in the tray.
    static QIcon sign(bool inTrouble, bool hasUnread = false);

Q_SIGNALS:
    void showRequested();
    void quitRequested();
    void messageClicked();

private:
    void refresh();

    QMenu m_menu;
    QStringList m_trouble;
    int m_unread = 0;
    QSystemTrayIcon m_icon;
};

} // namespace Pagedesk
