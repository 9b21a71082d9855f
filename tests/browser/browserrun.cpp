// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/browser/browserrun.h"

#include <QDirIterator>
#include <QTest>
#include <QUrl>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace Pagedesk::Tests {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int DeadlineMs = 30'000; // Chromium from a cold disk

} // namespace

void preparePages()
{
    qputenv("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu");
    qputenv("QT_QUICK_BACKEND", "software");
    if (geteuid() == 0)
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
}

BrowserRun::BrowserRun()
{
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    for (const auto &[name, folder] : {std::pair{u"HOME"_s, u"home"_s},
             {u"XDG_CACHE_HOME"_s, u"home/cache"_s}, {u"XDG_CONFIG_HOME"_s, u"home/config"_s},
             {u"XDG_DATA_HOME"_s, u"home/data"_s}, {u"TMPDIR"_s, u"tmp"_s}}) {
        QDir().mkpath(m_home.filePath(folder));
        m_environment.insert(name, m_home.filePath(folder));
    }
}

BrowserRun::~BrowserRun()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

void BrowserRun::setEnvironment(const QString &name, const QString &value)
{
    m_environment.insert(name, value);
}

void BrowserRun::start(const QUrl &url, const QUrl &returnUrl)
{
    startWith({u"--url"_s, url.toString(QUrl::FullyEncoded), u"--return"_s,
        returnUrl.toString(QUrl::FullyEncoded)});
}

void BrowserRun::startWith(const QStringList &words)
{
    m_process.setProcessEnvironment(m_environment);
    m_process.start(QStringLiteral(PAGEDESK_BIN_DIR "/pagedesk-browser"), words);
}

bool BrowserRun::saw(const QByteArray &line)
{
    return QTest::qWaitFor([&] { return lines().contains(line); }, DeadlineMs);
}

int BrowserRun::end()
{
    const bool ended
        = QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, DeadlineMs);
    return ended && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QList<QByteArray> BrowserRun::lines()
{
    m_output += m_process.readAllStandardOutput();
    return m_output.split('\n');
}

QByteArray BrowserRun::output()
{
    m_output += m_process.readAllStandardOutput();
    m_errors += m_process.readAllStandardError();
    return m_output + m_errors;
}

QStringList BrowserRun::leftBehind() const
{
    QStringList found;
    QDirIterator files(
        m_home.path(), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext())
        found += files.next();
    return found;
}

} // namespace Pagedesk::Tests
