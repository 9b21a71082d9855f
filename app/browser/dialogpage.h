// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/browser/siterules.h"

#include <QWebEnginePage>

namespace Pagedesk::Browser {

// A page that may be the login dialog and nothing more: every other address, window, file, message
// box and permission is refused and reported.
class DialogPage : public QWebEnginePage {
    Q_OBJECT

public:
    enum class Wish { Window, Upload, Permission, MessageBox };

    // The profile must outlive the page.
    DialogPage(SiteRules rules, QWebEngineProfile *profile, QObject *parent = nullptr);

Q_SIGNALS:
    void leaveRefused(const QUrl &url);
    void wishRefused(DialogPage::Wish wish);

protected:
    bool acceptNavigationRequest(const QUrl &url, NavigationType type, bool isMainFrame) override;
    QStringList chooseFiles(FileSelectionMode mode, const QStringList &oldFiles,
        const QStringList &acceptedMimeTypes) override;
    void javaScriptAlert(const QUrl &origin, const QString &message) override;
    bool javaScriptConfirm(const QUrl &origin, const QString &message) override;
    bool javaScriptPrompt(const QUrl &origin, const QString &message, const QString &proposal,
        QString *result) override;
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel level, const QString &message,
        int line, const QString &source) override;

private:
    void restrict();
    void refuseWishes();

    SiteRules m_rules;
};

} // namespace Pagedesk::Browser
