// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/logdoubt.h"

#include "models/base/logging.h"

#include <QFile>

#include <sqlite3.h>

#include <unistd.h>

namespace Pagedesk {

namespace {

using namespace Qt::Literals::StringLiterals;

// Readers that hold the log are waited for, but those who want to write are waiting too.
constexpr int PatienceMs = 100;
constexpr qint64 BlockBytes = 1024 * 1024;

Error refused(const QString &what)
{
    return {Error::Kind::Storage, what, std::chrono::seconds(0)};
}

// Writes what the system remembers of a file into it again and syncs that.
Result<> writeAgain(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        return failure(refused(u"cannot open %1"_s.arg(path)));
    for (qint64 at = 0; at < file.size();) {
        const bool there = file.seek(at);
        const QByteArray block = there ? file.read(BlockBytes) : QByteArray();
        if (block.isEmpty() || !file.seek(at) || file.write(block) != block.size())
            return failure(refused(u"cannot write %1 again"_s.arg(path)));
        at += block.size();
    }
    if (::fsync(file.handle()) != 0)
        return failure(refused(u"cannot sync %1"_s.arg(path)));
    return {};
}

} // namespace

LogDoubt::LogDoubt(Connection &connection, const QString &databasePath)
    : m_connection(connection)
    , m_log(databasePath + u"-wal"_s)
    , m_note(databasePath + u"-doubt"_s)
{
}

void LogDoubt::noteFailure()
{
    const int code = sqlite3_extended_errcode(m_connection.sqliteHandle());
    if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
        begin();
}

void LogDoubt::begin()
{
    if (m_isThere)
        return;
    m_isThere = true;
    // Not synced: it is forgotten at a power cut, and so is what it warns of.
    if (QFile note(m_note); !note.open(QIODevice::WriteOnly))
        qCCritical(logStore) << "cannot note that a sync failed";
    qCCritical(logStore) << "the disk failed to sync; nothing is stored until the log is anew";
}

void LogDoubt::end()
{
    m_isThere = false;
    QFile::remove(m_note);
    qCInfo(logStore) << "the log has begun anew, storing again";
}

Result<> LogDoubt::resolve()
{
    if (!m_isThere)
        return {};
    if (m_keepsLog)
        return failure(refused(u"the disk failed to sync both the database and its log"_s));
    sqlite3 *handle = m_connection.sqliteHandle();
    const auto patience = m_connection.pragma(u"PRAGMA busy_timeout"_s);
    sqlite3_busy_timeout(handle, PatienceMs);
    const int code
        = sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(handle, static_cast<int>(patience.value_or(0)));
    if (code != SQLITE_OK)
        return failure(refused(u"the disk failed to sync (%1)"_s.arg(code)));
    end();
    return {};
}

Result<> LogDoubt::resolveLeftover()
{
    if (!QFile::exists(m_note))
        return {};
    // Inside a transaction, so that no other program writes into the log meanwhile.
    if (const auto begun = m_connection.begin(); !begun)
        return begun;
    const auto written = writeAgain(m_log);
    m_connection.rollBack();
    if (written)
        end();
    return written;
}

} // namespace Pagedesk
