// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/maintenancetools.h"

#include <QDir>
#include <QFile>

#include <cstdio>
#include <future>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace Pagedesk::Relay::Maintenance {

using namespace Qt::Literals::StringLiterals;

void print(const QString &line)
{
    const QByteArray text = line.toUtf8() + '\n';
    std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()), stdout);
}

Result<> inLedger(const CommandLine &line, bool create, const Database::Work &work)
{
    const auto folder = line.required(u"data"_s);
    if (!folder)
        return failure(folder.error());
    Ledger ledger;
    if (const auto opened = ledger.open(*folder, create); !opened)
        return opened;
    std::promise<Result<>> done;
    ledger.database().submit(work, [&done](const Result<> &result) { done.set_value(result); });
    return done.get_future().get();
}

Result<> readLedger(const CommandLine &line, const Database::Work &work)
{
    const auto folder = line.required(u"data"_s);
    if (!folder)
        return failure(folder.error());
    Ledger ledger;
    if (const auto opened = ledger.open(*folder, false); !opened)
        return opened;
    std::promise<Result<>> done;
    ledger.database().submitRead(
        [&work, &done](Connection &connection) { done.set_value(work(connection)); });
    return done.get_future().get();
}

FolderLock::~FolderLock()
{
    if (m_file >= 0)
        ::close(m_file);
}

Result<> FolderLock::take(const QString &folder)
{
    const QByteArray path = QFile::encodeName(QDir(folder).filePath(u"relay.lock"_s));
    m_file = ::open(path.constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (m_file < 0)
        return failure(Error::Kind::Storage, u"cannot write in %1"_s.arg(folder));
    if (::flock(m_file, LOCK_EX | LOCK_NB) != 0)
        return failure(Error::Kind::Conflict, u"another relay already serves %1"_s.arg(folder));
    return {};
}

} // namespace Pagedesk::Relay::Maintenance
