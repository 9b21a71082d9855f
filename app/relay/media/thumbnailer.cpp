// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/media/thumbnailer.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTimer>

namespace Pagedesk::Relay {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int MostAtOnce = 2;
constexpr auto Patience = 20s;
constexpr int NoPicture = 3; // its exit code

Result<Thumbnail> resultOf(QProcess &process)
{
    if (process.error() == QProcess::FailedToStart)
        return failure(Error::Kind::NotFound, u"pagedesk-thumbnailer cannot be started"_s);
    // A decoder that was stopped for what it did is no reason to try the same again.
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() == NoPicture)
        return failure(Error::Kind::Rejected, u"no picture that can be shown"_s);
    if (process.exitCode() != 0)
        return failure(Error::Kind::Storage, u"exit code %1"_s.arg(process.exitCode()));
    return decodeThumbnail(process.readAllStandardOutput());
}

} // namespace

Thumbnailer::Thumbnailer(QString program, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
{
}

QString Thumbnailer::programBeside()
{
    return QCoreApplication::applicationDirPath() + u"/pagedesk-thumbnailer"_s;
}

Thumbnailer::~Thumbnailer()
{
    const auto processes = findChildren<QProcess *>();
    for (QProcess *process : processes) {
        process->disconnect(this);
        process->kill();
        process->waitForFinished(1000);
    }
}

Task<Thumbnail> Thumbnailer::make(const QByteArray &picture)
{
    const Work work{picture, std::make_shared<Promise<Thumbnail>>()};
    m_waiting.push_back(work);
    startNext();
    return work.promise->task();
}

void Thumbnailer::startNext()
{
    while (m_running < MostAtOnce && !m_waiting.empty()) {
        const Work work = std::move(m_waiting.front());
        m_waiting.pop_front();
        start(work);
    }
}

void Thumbnailer::start(const Work &work)
{
    ++m_running;
    auto *process = new QProcess(this);
    // Nothing of ours: the relay's environment may hold its secrets.
    QProcessEnvironment environment;
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(u"/"_s);
    process->setStandardErrorFile(QProcess::nullDevice());
    connect(process, &QProcess::finished, this,
        [this, process, work] { ended(process, work, resultOf(*process)); });
    connect(process, &QProcess::errorOccurred, this,
        [this, process, work](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart) // else finished() follows
                ended(process, work, resultOf(*process));
        });
    auto *patience = new QTimer(process);
    patience->setSingleShot(true);
    connect(patience, &QTimer::timeout, this, [this, process, work] {
        process->kill();
        ended(process, work, failure(Error::Kind::Timeout, u"the thumbnailer takes too long"_s));
    });
    patience->start(Patience);
    process->start(m_program, {});
    process->write(work.picture);
    process->closeWriteChannel();
}

void Thumbnailer::ended(QProcess *process, const Work &work, const Result<Thumbnail> &result)
{
    process->disconnect(this);
    process->deleteLater();
    --m_running;
    work.promise->finish(result);
    startNext();
}

} // namespace Pagedesk::Relay
