// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

#include <memory>

namespace Pagedesk::Tests {

// One of the built programs as a process. Ends with the test.
class Program {
public:
    explicit Program(const QString &name);
    ~Program();

    void setEnvironment(const QString &name, const QString &value);
    // Starts it and waits for a line that begins with `prefix`; what follows the prefix comes
    // back, empty when the program ended or the deadline passed.
    QString start(const QStringList &arguments, const QString &prefix, int deadlineMs = 15'000);
    // Runs it to its end; the exit code, -1 when it did not end in time.
    int run(const QStringList &arguments, int deadlineMs = 30'000);
    // The same, with its stdout in a file. Of 455 MB that QProcess had to keep, 254 came, without a
    // word.
    int runInto(const QString &file, const QStringList &arguments, int deadlineMs);

    void kill(); // SIGKILL, and waits
    int terminate(
        int deadlineMs = 30'000); // SIGTERM, and waits; the exit code, of one that has ended too
    bool isRunning() const { return m_process && m_process->state() == QProcess::Running; }
    qint64 pid() const { return m_process ? m_process->processId() : 0; }
    QByteArray output() const { return m_output; } // stdout up to the last wait
    const QByteArray &drain(); // everything on stdout so far
    QByteArray errors() const; // everything on stderr so far

private:
    void make();
    int finish(int deadlineMs);

    QString m_path;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
    std::unique_ptr<QProcess> m_process;
    QByteArray m_output;
    mutable QByteArray m_errors;
};

} // namespace Pagedesk::Tests
