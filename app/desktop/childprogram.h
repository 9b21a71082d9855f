// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

namespace Pagedesk {

// One of the other programs, started from the folder of this one. It is asked to end with this
// object and dies with this process in any case.
class ChildProgram : public QObject {
    Q_OBJECT

public:
    explicit ChildProgram(const QString &name, QObject *parent = nullptr);
    ~ChildProgram() override; // SIGTERM, then SIGKILL after 5 s

    void setEnvironment(const QString &name, const QString &value);
    // Where its stderr goes; the program's own stderr otherwise.
    void setLogFile(const QString &path);

    // Starts it; the task finishes with what follows `readyPrefix` on the first such line of its
    // stdout. NotFound: no such program; Timeout; Rejected: it ended before, with its last words.
    Task<QString> start(const QStringList &arguments, const QString &readyPrefix);
    // Runs it to its end; its stdout. Rejected: it failed, with its last words.
    Task<QString> run(const QStringList &arguments);

private:
    void begin(const QStringList &arguments);
    void readLines();
    void ended();
    void finish(const Result<QString> &result);

    QString m_name;
    QProcess m_process;
    QProcessEnvironment m_environment;
    QTimer m_deadline;
    QString m_readyPrefix; // empty: the whole output is wanted
    QByteArray m_output;
    QByteArray m_errors;
    std::optional<Promise<QString>> m_promise;
};

} // namespace Pagedesk
