// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/connectionstatus.h"
#include "models/items/conversationfilter.h"
#include "models/wire/pairing.h"
#include "ui/shell/deskservices.h"
#include "ui/theme/panel.h"

#include <QMenu>
#include <QPointer>
#include <QUrl>

class QSplitter;
class QStackedWidget;

namespace Pagedesk {
struct SearchHit;
}

namespace Pagedesk::Ui {

class Actions;
class CareStrip;
class CommandPalette;
class ConnectPages;
class ContactDesk;
class ContactPanel;
enum class PageCure;
class ConversationList;
class KeyBindings;
class PageDoctor;
class PageSettingsWindow;
class PairingPanel;
class PeopleWindow;
class Rail;
class SearchPanel;
class ShortcutsWindow;
class StatusStrip;
class ThreadPane;
class WindowSettings;

// The window: rail, conversation list, thread, contact, and the status strip beneath; or the
// pairing panel while the desktop belongs to no workspace.
class MainWindow : public Panel {
    Q_OBJECT

public:
    MainWindow(ThemeProvider &theme, const DeskServices &services, WindowSettings &settings);
    ~MainWindow() override;

    // False when the replica does not have it.
    bool openConversation(const ConversationId &id);
    // The desktop belongs to no workspace yet.
    void showPairing();
    // A pairing link from outside: asked about, never followed by itself.
    void offerPairing(const QString &link);
    // Joins with a link the person gave on the command line.
    void pair(const Wire::PairingLink &link, const QString &deviceName);
    void setPractice(bool practice);
    // Where the device token lies; `sentence` says why it is not in a keychain.
    void setUnprotected(bool unprotected, const QString &sentence);
    void showNotice(const QString &sentence);
    // Opens a conversation with a text in its editor, and says why it is there. When the
    // conversation is gone the text is put on the clipboard.
    void offerReply(const ConversationId &id, const QString &text, const QString &reason);
    void focusReply();
    // Whether closing the window leaves the program in the tray.
    void setKeptInTray(bool kept) { m_isKeptInTray = kept; }
    void quit();
    const ThemeProvider &theme() const { return m_themes; }

    // The window that shows a login at Facebook was closed, or there is none.
    void loginWindowClosed();
    void loginWindowFailed(const QString &sentence);

Q_SIGNALS:
    void firstConversationsPainted();
    // A login at Facebook wants to be shown, until it comes back to `returnUrl`.
    void loginWanted(const QUrl &url, const QUrl &returnUrl);
    void systemBrowserWanted(const QUrl &url);
    void loginOver();
    void quitRequested();
    // Which conversation is open, and whether the window is the one being used.
    void lookingChanged(bool isActive, const Pagedesk::ConversationId &open);
    void alertSettingsWanted();
    // What is wrong with the Pages, for whoever shows it outside of the window; empty: nothing.
    void pagesInTroubleChanged(const QStringList &sentences);

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    QWidget *buildInbox();
    void restore();
    void connectServices();
    void connectList();
    void connectSearch();
    void beginSearch(const QString &text);
    void openHit(const SearchHit &hit);
    void connectThread();
    void connectActions();
    void connectQueue();
    void connectAppearance();
    void connectKeys();
    void connectNavigation();
    void showKeys();
    void showShortcuts();
    void showStatus(const ConnectionStatus &status);
    void showSelf();
    void showCounts(const ConversationCounts &counts);
    void showQuery(const ConversationFilter::Query &query);
    void openThread(const ConversationId &id);
    void refreshThread();
    void refreshContact();
    bool isNarrow() const;
    void toggleContact();
    ContactPanel &openContact();
    void applyLayout();
    void tellLooking();
    void showHelp();
    void connectPages();
    void connectCare();
    void showPageState();
    void showPageMenu(const PageId &page, const QPoint &place);
    void showDoctor(const PageId &page);
    void showPageSettings(const PageId &page);
    PageId pageToLookAt() const;
    void showPeople();
    void openConnecting();
    void showAppSettings(bool connectAfter);
    void forgetDevice();
    void deleteWorkspace();
    void showPageKeys();
    void showPageByPlace(std::size_t place);
    void curePage(PageCure cure, const PageId &page);
    void startHere();
    void scaleText(qreal factor);

    ThemeProvider &m_themes;
    const DeskServices m_services;
    WindowSettings &m_settings;
    QMenu m_menu;
    Actions *m_actions = nullptr;
    KeyBindings *m_keys = nullptr;
    CommandPalette *m_palette = nullptr;
    QStackedWidget *m_stack = nullptr;
    PairingPanel *m_pairing = nullptr;
    QSplitter *m_splitter = nullptr;
    Rail *m_rail = nullptr;
    QStackedWidget *m_side = nullptr; // the list, or the search in its place
    ConversationList *m_list = nullptr;
    SearchPanel *m_search = nullptr;
    ThreadPane *m_thread = nullptr;
    ContactDesk *m_contactDesk = nullptr;
    ContactPanel *m_contact = nullptr;
    CareStrip *m_care = nullptr;
    StatusStrip *m_strip = nullptr;
    QPointer<ConnectPages> m_connecting; // deletes itself
    QPointer<PageDoctor> m_doctor; // the same
    QPointer<PageSettingsWindow> m_pageSettings; // the same
    QPointer<PeopleWindow> m_people; // deletes itself
    QPointer<ShortcutsWindow> m_shortcuts; // the same
    bool m_isKeptInTray = false;
    bool m_isQuitting = false;
    bool m_contactWanted = true;
    bool m_contactForced = false; // asked for although the window is narrow
    bool m_listHidden = false;
    bool m_railNarrow = false;
};

} // namespace Pagedesk::Ui
