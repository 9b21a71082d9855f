// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/browser/dialogpage.h"
#include "app/browser/dialogprofile.h"

#include <QTimer>
#include <QToolButton>
#include <QWidget>

#include <optional>

class QProgressBar;
class QPushButton;
class QWebEngineLoadingInfo;
class QWebEngineView;

namespace Pagedesk::Browser {

class AddressBar;
class NoticeBar;

// The window around the login dialog. Nothing a page says is shown outside the page: the title, the
// address and every sentence are the window's own.
class BrowserWindow : public QWidget {
    Q_OBJECT

public:
    explicit BrowserWindow(const SiteRules &rules);
    ~BrowserWindow() override;

    void start(); // shows itself and loads the dialog
    // How long the callback's page stays before the window closes by itself.
    void setStay(std::chrono::milliseconds stay) { m_stay.setInterval(stay); }

Q_SIGNALS:
    void opened();
    void hostChanged(const QString &host);
    void returned(); // the callback's page is shown
    void blocked(const QString &host); // empty for what has no host
    void loadFailed(const QString &host, const QString &reason); // a word: dns, certificate, …
    void systemBrowserWanted();
    void elsewhereWanted(const QUrl &url); // an https address, to be opened outside
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Offer { Nothing, Retry, Elsewhere, Finish };

    QWidget *makeBar();
    QWidget *makeFoot();
    void makeShortcuts();
    void connectPage();
    void handleLoading(const QWebEngineLoadingInfo &info);
    void handleFailure(const QWebEngineLoadingInfo &info);
    void handleLeave(const QUrl &url);
    void handleWish(DialogPage::Wish wish);
    void handleReturn();
    void follow(const QUrl &url);
    void takeOffer();
    void tell(const QString &sentence, Offer offer = Offer::Nothing);
    void paintButtons();
    void showLoading(bool isLoading);

    SiteRules m_rules;
    DialogProfile m_profile; // outlives the page
    QWebEngineView *m_view;
    DialogPage *m_page;
    AddressBar *m_address;
    NoticeBar *m_notice;
    QProgressBar *m_progress;
    QToolButton *m_back = nullptr;
    QToolButton *m_reload = nullptr; // stops while something loads
    QPushButton *m_instead = nullptr;
    QPushButton *m_cancel = nullptr;
    QTimer m_stay;
    Offer m_offer = Offer::Nothing;
    QUrl m_elsewhere;
    QUrl m_retry;
    QString m_host;
    bool m_isLoading = false;
    bool m_returned = false;
};

} // namespace Pagedesk::Browser
