// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/childprocess.h"

#include <QCoreApplication>
#include <QDir>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int StopMs = 5000;
constexpr qsizetype LongestOutput = 64 * 1024;
constexpr auto Ready = " listening on ";

QString lastLine(const QByteArray &text)
{
    const QList<QByteArray> lines = text.trimmed().split('\n');
    return QString::fromUtf8(lines.constLast()).trimmed();
}

} // namespace

QString siblingProgram(const QString &name)
{
    return QDir(QCoreApplication::applicationDirPath()).filePath(name);
}

void endWithUs(QProcess &process)
{
    const pid_t parent = getpid();
    process.setChildProcessModifier([parent] {
        // Ours are blocked while they wait for the event loop; the child's must not be.
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent)
            _exit(1); // we were gone before the line above
    });
}

ChildProcess::ChildProcess(QObject *parent)
    : QObject(parent)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        settle(failure(Error::Kind::Timeout,
            u"%1 did not get ready in time"_s.arg(QDir(m_process.program()).dirName())));
    });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ChildProcess::readLines);
    connect(&m_process, &QProcess::finished, this, &ChildProcess::handleFinished);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            settle(
                failure(Error::Kind::NotFound, u"%1 cannot be started"_s.arg(m_process.program())));
    });
}

ChildProcess::~ChildProcess()
{
    stop();
}

Task<QString> ChildProcess::serve(const Start &start, std::chrono::milliseconds patience)
{
    m_serving = true;
    m_promise = std::make_unique<Promise<QString>>();
    auto task = m_promise->task();
    m_patience.start(patience);
    launch(start);
    return task;
}

Task<QString> ChildProcess::run(const Start &start, std::chrono::milliseconds patience)
{
    m_serving = false;
    m_promise = std::make_unique<Promise<QString>>();
    auto task = m_promise->task();
    m_patience.start(patience);
    launch(start);
    return task;
}

void ChildProcess::stop()
{
    m_stopping = true;
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(StopMs)) {
        m_process.kill();
        m_process.waitForFinished(StopMs);
    }
}

void ChildProcess::launch(const Start &start)
{
    m_stopping = false;
    m_output.clear();
    m_process.setProgram(start.program);
    m_process.setArguments(start.arguments);
    m_process.setProcessEnvironment(start.environment);
    m_process.setStandardInputFile(QProcess::nullDevice());
    if (!start.logFile.isEmpty())
        m_process.setStandardErrorFile(start.logFile, QIODevice::Truncate);
    endWithUs(m_process);
    m_process.start();
}

void ChildProcess::readLines()
{
    m_output += m_process.readAllStandardOutput();
    if (m_serving) {
        const qsizetype at = m_output.indexOf(Ready);
        const qsizetype end = at < 0 ? -1 : m_output.indexOf('\n', at);
        if (end > 0) {
            const qsizetype from = at + qsizetype(qstrlen(Ready));
            settle(QString::fromUtf8(m_output.mid(from, end - from)).trimmed());
        }
    }
    if (m_output.size() > LongestOutput)
        m_output = m_output.right(LongestOutput);
}

void ChildProcess::handleFinished(int code, QProcess::ExitStatus status)
{
    readLines();
    const bool fine = status == QProcess::NormalExit && code == 0;
    const QString name = QDir(m_process.program()).dirName();
    if (m_promise && !m_serving && fine) {
        settle(QString::fromUtf8(m_output));
    } else if (m_promise) {
        const QString words = lastLine(m_process.readAllStandardError());
        settle(failure(m_serving ? Error::Kind::Offline : Error::Kind::Rejected,
            words.isEmpty() ? u"%1 ended at once"_s.arg(name) : words));
    } else if (m_serving && !m_stopping) {
        Q_EMIT ended();
    }
    Q_EMIT finished();
}

void ChildProcess::settle(Result<QString> result)
{
    m_patience.stop();
    if (const auto promise = std::exchange(m_promise, nullptr))
        promise->finish(std::move(result));
}

} // namespace Pagedesk
