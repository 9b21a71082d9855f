// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <chrono>
#include <memory>

namespace Pagedesk {

// Another of our programs, run as a child that dies with us. Its errors go to a log file.
class ChildProcess : public QObject {
    Q_OBJECT

public:
    struct Start {
        QString program; // path
        QStringList arguments;
        QProcessEnvironment environment;
        QString logFile; // begun anew; empty: our own standard error
    };

    explicit ChildProcess(QObject *parent = nullptr);
    ~ChildProcess() override; // stops it

    // Starts a server; finishes with the address of its line "… listening on <address>". Offline
    // with the reason when it ends before that, Timeout.
    Task<QString> serve(const Start &start, std::chrono::milliseconds patience);
    // Runs a command to its end; finishes with what it printed. Rejected with its last words when
    // it fails.
    Task<QString> run(const Start &start, std::chrono::milliseconds patience);
    // Asks it to end, waits, and ends it.
    void stop();

Q_SIGNALS:
    void finished(); // the process is gone
    void ended(); // a server that was ready is gone though nobody stopped it

private:
    void launch(const Start &start);
    void readLines();
    void handleFinished(int code, QProcess::ExitStatus status);
    void settle(Result<QString> result);

    QProcess m_process;
    QTimer m_patience;
    QByteArray m_output;
    std::unique_ptr<Promise<QString>> m_promise;
    bool m_serving = false;
    bool m_stopping = false;
};

// A process that has not been started yet will get SIGTERM when we are gone, however we went.
void endWithUs(QProcess &process);

// The path of another program of ours, beside this one.
QString siblingProgram(const QString &name);

} // namespace Pagedesk
