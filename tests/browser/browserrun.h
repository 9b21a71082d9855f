// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace Pagedesk::Tests {

// One run of pagedesk-browser, with a home folder of its own. The event loop goes on meanwhile, so
// that a site of the test can answer it.
class BrowserRun {
public:
    BrowserRun();
    ~BrowserRun();

    void setEnvironment(const QString &name, const QString &value);
    void start(const QUrl &url, const QUrl &returnUrl);
    void startWith(const QStringList &words);
    // Waits for an event; false when it does not come.
    bool saw(const QByteArray &line);
    // Waits for its end; the exit code, -1 when it does not end or crashes.
    int end();

    QProcess &process() { return m_process; }
    QList<QByteArray> lines();
    QByteArray output(); // both streams
    // Files and folders that it has left in its home.
    QStringList leftBehind() const;

private:
    QTemporaryDir m_home;
    QProcess m_process;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
    QByteArray m_output;
    QByteArray m_errors;
};

// For what shows pages, in this process or in those it starts: without a graphics card, and for
// root without Chromium's sandbox, which does not work for it.
void preparePages();

} // namespace Pagedesk::Tests
