// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/program.h"

#include <QDeadlineTimer>

#include <csignal>
#include <sys/prctl.h>

namespace Pagedesk::Tests {

Program::Program(const QString &name)
    : m_path(QStringLiteral(PAGEDESK_BIN_DIR "/") + name)
{
}

Program::~Program()
{
    if (isRunning())
        kill();
}

void Program::setEnvironment(const QString &name, const QString &value)
{
    m_environment.insert(name, value);
}

void Program::make()
{
    m_process = std::make_unique<QProcess>();
    m_process->setProcessEnvironment(m_environment);
    m_process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_output.clear();
    m_errors.clear();
}

QString Program::start(const QStringList &arguments, const QString &prefix, int deadlineMs)
{
    make();
    m_process->start(m_path, arguments);
    const QDeadlineTimer deadline(deadlineMs);
    const QByteArray wanted = prefix.toUtf8();
    while (!deadline.hasExpired()) {
        m_process->waitForReadyRead(static_cast<int>(deadline.remainingTime()));
        m_output += m_process->readAllStandardOutput();
        qsizetype at = 0;
        for (qsizetype end; (end = m_output.indexOf('\n', at)) >= 0; at = end + 1) {
            const QByteArray line = m_output.sliced(at, end - at);
            if (line.startsWith(wanted))
                return QString::fromUtf8(line.sliced(wanted.size()).trimmed());
        }
        if (m_process->state() == QProcess::NotRunning)
            return {};
    }
    return {};
}

int Program::run(const QStringList &arguments, int deadlineMs)
{
    make();
    m_process->start(m_path, arguments);
    return finish(deadlineMs);
}

int Program::runInto(const QString &file, const QStringList &arguments, int deadlineMs)
{
    make();
    m_process->setStandardOutputFile(file);
    m_process->start(m_path, arguments);
    return finish(deadlineMs);
}

int Program::finish(int deadlineMs)
{
    const bool ended = m_process->waitForFinished(deadlineMs);
    m_output += m_process->readAllStandardOutput();
    if (!ended) {
        kill();
        return -1;
    }
    return m_process->exitStatus() == QProcess::NormalExit ? m_process->exitCode() : -1;
}

void Program::kill()
{
    m_process->kill();
    m_process->waitForFinished(10'000);
}

int Program::terminate(int deadlineMs)
{
    m_process->terminate();
    if (isRunning() && !m_process->waitForFinished(deadlineMs))
        return -1;
    m_output += m_process->readAllStandardOutput();
    return m_process->exitStatus() == QProcess::NormalExit ? m_process->exitCode() : -1;
}

const QByteArray &Program::drain()
{
    if (m_process)
        m_output += m_process->readAllStandardOutput();
    return m_output;
}

QByteArray Program::errors() const
{
    if (m_process)
        m_errors += m_process->readAllStandardError();
    return m_errors;
}

} // namespace Pagedesk::Tests
