// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/alerts.h"
#include "app/desktop/browserprocess.h"
#include "app/desktop/commandline.h"
#include "app/desktop/desk.h"
#include "app/desktop/localrelay.h"
#include "app/desktop/practiceworld.h"
#include "app/desktop/trayicon.h"
#include "models/items/inboxfeed.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/mediaimages.h"
#include "ui/shell/windowsettings.h"
#include "ui/theme/themeprovider.h"

#include <memory>

class QApplication;

namespace Pagedesk {

// The desktop with its window: makes every service once, in order of dependency, and hands each
// what it needs.
class DesktopApp : public QObject {
    Q_OBJECT

public:
    DesktopApp(QApplication &application, Options options, const QString &profileFolder);
    ~DesktopApp() override;

    // Opens the replica and the window, or a question when the replica cannot be opened.
    void start();
    // A later start of the program has handed this over.
    void handle(const Options &request);

Q_SIGNALS:
    void finished(int code);

private:
    void openReplica();
    void rebuild();
    void openWindow();
    void showWindow();
    void showTray();
    Autostart autostart() const;
    void connectServices();
    void connectLogins();
    void goOn();
    void joinOrAsk();
    void startPractice();
    void startLocal();
    void connectStored();
    void breakPractice(const QString &reason);
    void showFirstFrame();
    void reportStart();
    void tellProtection(bool isProtected);

    const Options m_options;
    const IdentityStore m_identity;
    std::unique_ptr<PracticeWorld> m_practice; // outlives the desk: who has left is not waited for
    std::unique_ptr<LocalRelay> m_local; // the same; none in practice
    Desk m_desk;
    Ui::WindowSettings m_settings;
    Ui::ThemeProvider m_theme;
    InboxFeed m_inbox;
    Ui::MediaImages m_images;
    BrowserProcess m_browser;
    std::unique_ptr<Ui::MainWindow> m_window;
    std::unique_ptr<TrayIcon> m_tray; // where there is one
    std::unique_ptr<Alerts> m_alerts;
    bool m_pairWhenChecked = false;
    bool m_started = false; // the first usable frame was shown
};

} // namespace Pagedesk
