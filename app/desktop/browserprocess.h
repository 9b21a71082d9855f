// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/childprocess.h"

#include <QUrl>

namespace Pagedesk {

// Shows the login dialog in pagedesk-browser, the only program of ours that links Chromium.
//
// Of each open() exactly one end is told, returned() or closed() or systemBrowserWanted() or
// failed(); none once cancel() was called. After returned() the window may stay for some seconds.
class BrowserProcess : public QObject {
    Q_OBJECT

public:
    explicit BrowserProcess(QObject *parent = nullptr,
        QString program = siblingProgram(QStringLiteral("pagedesk-browser")));
    ~BrowserProcess() override; // closes every window

    // `allowedHosts`: hosts of the dialog beside facebook.com. A window that is open already is
    // closed, as by cancel().
    void open(const QUrl &url, const QUrl &returnUrl, const QStringList &allowedHosts = {});
    void cancel(); // closes the window; no signal follows
    bool isOpen() const { return m_process != nullptr; }

Q_SIGNALS:
    void opened(); // the window is there
    void returned(); // the dialog has led to the return address
    void closed(); // the person has closed the window before that
    void systemBrowserWanted(); // … and wants to go on in the system's browser
    void failed(const QString &sentence); // for people; the system's browser is the way left

private:
    void readLines();
    void take(const QByteArray &line);
    void handleEnd(int code, QProcess::ExitStatus status);
    void fail(const QString &sentence);
    void release(); // lets go of the process, which ends by itself

    QString m_program;
    QProcess *m_process = nullptr;
    QTimer m_patience; // until the window is there
    bool m_isShown = false;
    bool m_isTold = false; // how it ended
};

} // namespace Pagedesk
