// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/autostart.h"
#include "app/desktop/notifications.h"
#include "models/desk/attention.h"

#include <memory>

namespace Pagedesk {

class InboxFeed;
class TrayIcon;
struct Desk;

namespace Ui {
class MainWindow;
class WindowSettings;
} // namespace Ui

// Tells a person outside of the window what they want to be told, and carries out what they answer
// there. By the desktop's notifications; else by the tray; else the window asks for attention.
class Alerts : public QObject {
    Q_OBJECT

public:
    Alerts(Desk &desk, InboxFeed &inbox, Ui::WindowSettings &settings, Ui::MainWindow &window,
        TrayIcon &tray, const std::optional<QDBusConnection> &bus, const Autostart &autostart);

Q_SIGNALS:
    void showRequested(); // the window is to be brought to the front

private:
    void follow();
    void followWindow();
    void followNotifications();
    void begin();
    void tell(const QList<Alert> &alerts);
    void remind(int conversations);
    Notifications::Note noteOf(const Alert &alert) const;
    void show(const Notifications::Note &note);
    void showElsewhere(const Notifications::Note &note);
    void open(const QString &key);
    void answer(const ConversationId &id, const QString &text);
    void sendAnswer(const ConversationId &id, const QString &text);
    void markRead(const ConversationId &id);
    void snooze(const ConversationId &id);
    void showCounts();
    void openSettings();
    QString place() const;

    Desk &m_desk;
    InboxFeed &m_inbox;
    Ui::WindowSettings &m_settings;
    Ui::MainWindow &m_window;
    TrayIcon &m_tray;
    const Autostart m_autostart;
    Attention m_attention;
    std::unique_ptr<Notifications> m_notifications; // none without a bus
    bool m_isRefused = false; // the service is not there
};

} // namespace Pagedesk
