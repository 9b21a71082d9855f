// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/childprogram.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <csignal>
#include <sys/prctl.h>

namespace Pagedesk {

namespace {

constexpr int ReadyMs = 20'000;
constexpr int EndMs = 5'000;
constexpr qsizetype KeptBytes = 64 * 1024;

} // namespace

ChildProgram::ChildProgram(const QString &name, QObject *parent)
    : QObject(parent)
    , m_name(name)
    , m_environment(QProcessEnvironment::systemEnvironment())
{
    m_deadline.setSingleShot(true);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ChildProgram::readLines);
    connect(&m_process, &QProcess::readyReadStandardError, this,
        [this] { m_errors = (m_errors + m_process.readAllStandardError()).right(KeptBytes); });
    connect(&m_process, &QProcess::finished, this, &ChildProgram::ended);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            finish(failure(Error::Kind::NotFound,
                QStringLiteral("%1 cannot be started: %2").arg(m_name, m_process.errorString())));
        }
    });
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        finish(failure(Error::Kind::Timeout, QStringLiteral("%1 does not get ready").arg(m_name)));
    });
}

ChildProgram::~ChildProgram()
{
    m_promise.reset();
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(EndMs)) {
        m_process.kill();
        m_process.waitForFinished(EndMs);
    }
}

void ChildProgram::setEnvironment(const QString &name, const QString &value)
{
    m_environment.insert(name, value);
}

void ChildProgram::setLogFile(const QString &path)
{
    m_process.setStandardErrorFile(path);
}

Task<QString> ChildProgram::start(const QStringList &arguments, const QString &readyPrefix)
{
    m_readyPrefix = readyPrefix;
    m_promise.emplace();
    auto task = m_promise->task();
    begin(arguments);
    return task;
}

Task<QString> ChildProgram::run(const QStringList &arguments)
{
    m_readyPrefix.clear();
    m_promise.emplace();
    auto task = m_promise->task();
    begin(arguments);
    return task;
}

void ChildProgram::begin(const QStringList &arguments)
{
    m_process.setProcessEnvironment(m_environment);
    m_deadline.start(ReadyMs);
    m_process.start(QCoreApplication::applicationDirPath() + u'/' + m_name, arguments);
}

void ChildProgram::readLines()
{
    m_output = (m_output + m_process.readAllStandardOutput()).right(KeptBytes);
    if (m_readyPrefix.isEmpty())
        return;
    const QStringList lines = QString::fromUtf8(m_output).split(u'\n');
    for (const QString &line : lines.first(lines.size() - 1)) {
        if (line.startsWith(m_readyPrefix)) {
            finish(line.sliced(m_readyPrefix.size()).trimmed());
            return;
        }
    }
}

void ChildProgram::ended()
{
    const bool good = m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
    if (good && m_readyPrefix.isEmpty()) {
        finish(QString::fromUtf8(m_output + m_process.readAllStandardOutput()).trimmed());
        return;
    }
    const QString words = QString::fromUtf8(m_errors).trimmed().section(u'\n', -1);
    finish(failure(
        Error::Kind::Rejected, words.isEmpty() ? m_name + QStringLiteral(" ended") : words));
}

void ChildProgram::finish(const Result<QString> &result)
{
    m_deadline.stop();
    if (!m_promise)
        return;
    Promise<QString> promise = std::move(*m_promise);
    m_promise.reset();
    promise.finish(result);
}

} // namespace Pagedesk
