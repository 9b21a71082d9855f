// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browserprocess.h"

#include "models/base/logging.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto ShownWithin = 30s; // from a cold disk Chromium takes its time
constexpr int EndMs = 3000;
constexpr qsizetype LongestLine = 4096;

} // namespace

BrowserProcess::BrowserProcess(QObject *parent, QString program)
    : QObject(parent)
    , m_program(std::move(program))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(ShownWithin);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        fail(tr("The window for the login does not open. Go on in the system's browser."));
    });
}

BrowserProcess::~BrowserProcess()
{
    cancel();
    const auto leaving = findChildren<QProcess *>(Qt::FindDirectChildrenOnly);
    for (QProcess *process : leaving) {
        if (process->state() == QProcess::NotRunning || process->waitForFinished(EndMs))
            continue;
        process->kill();
        process->waitForFinished(EndMs);
    }
}

void BrowserProcess::open(const QUrl &url, const QUrl &returnUrl, const QStringList &allowedHosts)
{
    cancel();
    m_isShown = false;
    m_isTold = false;
    // The address holds the login's state, and everybody on this computer can read arguments.
    QStringList arguments{
        u"--url"_s, u"-"_s, u"--return"_s, returnUrl.toString(QUrl::FullyEncoded)};
    for (const QString &host : allowedHosts)
        arguments += {u"--allow-host"_s, host};
    m_process = new QProcess(this);
    m_process->setProgram(m_program);
    m_process->setArguments(arguments);
    m_process->setStandardErrorFile(QProcess::nullDevice()); // Chromium's may hold addresses
    endWithUs(*m_process);
    connect(m_process, &QProcess::readyReadStandardOutput, this, &BrowserProcess::readLines);
    connect(m_process, &QProcess::finished, this, &BrowserProcess::handleEnd);
    // Queued: a signal from within open() would come before its caller is ready for it.
    connect(
        m_process, &QProcess::errorOccurred, this,
        [this, process = m_process](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart && process == m_process) {
                fail(tr("pagedesk-browser, the program that shows the login, is missing. Go on in "
                        "the system's browser."));
            }
        },
        Qt::QueuedConnection);
    m_patience.start();
    m_process->start();
    m_process->write(url.toEncoded() + '\n');
}

void BrowserProcess::cancel()
{
    m_isTold = true;
    release();
}

void BrowserProcess::readLines()
{
    while (m_process && m_process->canReadLine()) {
        const QByteArray line = m_process->readLine(LongestLine);
        if (line.endsWith('\n'))
            take(line);
        else
            break; // longer than any of ours
    }
    if (m_process && m_process->bytesAvailable() >= LongestLine)
        fail(tr("The window for the login does not work here. Go on in the system's browser."));
}

void BrowserProcess::take(const QByteArray &line)
{
    const QString event = QJsonDocument::fromJson(line).object().value("event"_L1).toString();
    if (event == "opened"_L1 && !m_isShown) {
        m_isShown = true;
        m_patience.stop();
        Q_EMIT opened();
    } else if (event == "returned"_L1 && !std::exchange(m_isTold, true)) {
        Q_EMIT returned();
    } else if (event == "systemBrowser"_L1 && !std::exchange(m_isTold, true)) {
        Q_EMIT systemBrowserWanted();
    }
}

void BrowserProcess::handleEnd(int code, QProcess::ExitStatus status)
{
    readLines();
    if (!m_process)
        return;
    if (m_isTold) {
        release();
    } else if (!m_isShown) {
        qCWarning(logDesktop) << "the browser ended with" << code << "before its window was there";
        fail(tr("The window for the login cannot be shown here. Go on in the system's browser."));
    } else if (status != QProcess::NormalExit || code != 0) {
        qCWarning(logDesktop) << "the browser ended with" << code;
        fail(tr("The window for the login has stopped working. Try again, or go on in the "
                "system's browser."));
    } else {
        m_isTold = true;
        release();
        Q_EMIT closed();
    }
}

void BrowserProcess::fail(const QString &sentence)
{
    release();
    if (!std::exchange(m_isTold, true))
        Q_EMIT failed(sentence);
}

void BrowserProcess::release()
{
    m_patience.stop();
    QProcess *process = std::exchange(m_process, nullptr);
    if (!process)
        return;
    process->disconnect(this);
    if (process->state() == QProcess::NotRunning) {
        process->deleteLater();
        return;
    }
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    process->closeReadChannel(QProcess::StandardOutput);
    process->closeWriteChannel(); // that is its sign to end
    QTimer::singleShot(EndMs, process, &QProcess::kill);
}

} // namespace Pagedesk
