// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"
#include "models/wire/connecting.h"

#include <QDialog>
#include <QSet>
#include <QTimer>

class QPushButton;
class QStackedWidget;

namespace Pagedesk {
class Clock;
class Conversations;
class PageConnections;
} // namespace Pagedesk

namespace Pagedesk::Ui {

class ConnectionResults;
class ManualForm;
class PageChooser;
class PermissionCards;
class StepStrip;
class ThemedLabel;
class ThemeProvider;

// Connects Pages, from what is asked for to the first message that arrives. The login itself is
// shown by a browser, which the program opens.
class ConnectPages : public QDialog {
    Q_OBJECT

public:
    ConnectPages(const ThemeProvider &theme, PageConnections &connections,
        Conversations &conversations, const Clock &clock, QWidget *parent = nullptr);
    ~ConnectPages() override;

    // The window with the login was closed, by the person or at its end.
    void loginWindowClosed();
    // There is no window of our own for it: `sentence` says why.
    void loginWindowFailed(const QString &sentence);

    void done(int result) override;

Q_SIGNALS:
    // The login wants to be shown, until it comes back to `returnUrl`.
    void loginWanted(const QUrl &url, const QUrl &returnUrl);
    void systemBrowserWanted(const QUrl &url);
    void loginOver(); // whatever shows it can go

private:
    enum class Stage { Explain, Waiting, Choose, Working, Ended, ByHand };

    QWidget *buildWaiting();
    void build();
    void showStage(Stage stage);
    void refreshButtons();
    void press();
    void pressSecond();
    void logIn(bool askAgain);
    void askForProgress();
    void take(const Wire::LoginProgress &progress);
    void offerPages(const QString &loginId);
    void connectChosen();
    void connectByHand();
    void end(const Result<Wire::PagesConnected> &connected, Stage back);
    void showPages(const QList<Page> &pages);
    void say(const QString &problem);
    void sayWaiting();

    const ThemeProvider &m_theme;
    PageConnections &m_connections;
    Conversations &m_conversations;
    const Clock &m_clock;
    Stage m_stage = Stage::Explain;
    Wire::LoginBegun m_login;
    QString m_loginId;
    QSet<PageId> m_connected; // by this dialog
    qint64 m_connectedAt = 0;
    bool m_inSystemBrowser = false;
    bool m_asking = false;
    QTimer m_ticker;

    StepStrip *m_steps = nullptr;
    QStackedWidget *m_pages = nullptr;
    PermissionCards *m_cards = nullptr;
    ThemedLabel *m_waiting = nullptr;
    PageChooser *m_chooser = nullptr;
    ManualForm *m_manual = nullptr;
    ConnectionResults *m_results = nullptr;
    ThemedLabel *m_problem = nullptr;
    QPushButton *m_first = nullptr; // what to do next
    QPushButton *m_second = nullptr; // the other way
    QPushButton *m_close = nullptr;
};

} // namespace Pagedesk::Ui
