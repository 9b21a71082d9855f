// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/database.h"

#include "models/base/logging.h"
#include "models/store/groupwriter.h"
#include "models/store/workqueue.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QtEndian>

#include <sqlite3.h>

#include <atomic>
#include <future>
#include <thread>

#include <sys/statvfs.h>

namespace Pagedesk {

namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

// Pages of the write-ahead log after which a thread of its own copies them into the database, and
// after which the writing thread does so itself, whoever reads. A page that changes often is copied
// once, so a longer log is less work; it is also what a start after a crash reads again.
constexpr int CheckpointPages = 16'000; // 64 MiB of 4 KiB pages
constexpr int ForcedCheckpointPages = 32'000; // twice as many take half a second to read again
constexpr int CopyAgainPages = 1'000; // what a copy that was not enough is worth trying again for
constexpr int KeeperPasses = 3; // each leaves a fraction of what the one before it left
constexpr int SmallLogPages = 256; // no reason to copy it, however short room is
constexpr quint64 PageBytes = 4096;

Result<std::unique_ptr<Connection>> openConnection(const Database::Options &options, bool writes)
{
    // The reader too must be able to copy the log into the database.
    auto connection = Connection::open(options.path);
    if (!connection)
        return connection;
    QStringList pragmas{u"PRAGMA foreign_keys = ON"_s, u"PRAGMA journal_mode = WAL"_s,
        u"PRAGMA cache_size = -32000"_s, u"PRAGMA temp_store = MEMORY"_s};
    pragmas << (options.sync == Database::Sync::Full ? u"PRAGMA synchronous = FULL"_s
                                                     : u"PRAGMA synchronous = NORMAL"_s);
    // Checkpoints are made by hand, so that no write waits for one.
    pragmas << (writes ? u"PRAGMA wal_autocheckpoint = 0"_s : u"PRAGMA query_only = ON"_s);
    for (const QString &pragma : std::as_const(pragmas)) {
        if (const auto done = (*connection)->run(pragma); !done)
            return failure(done.error());
    }
    return connection;
}

bool isFailedSync(int code)
{
    return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

// Copies the write-ahead log into the database as far as `mode` allows; false when a sync failed.
// A busy log is no error: it is tried again after later commits.
bool checkpoint(Connection &connection, int mode)
{
    return !isFailedSync(
        sqlite3_wal_checkpoint_v2(connection.sqliteHandle(), nullptr, mode, nullptr, nullptr));
}

// SQLite syncs the database only when all of the log is in it. Whoever copies the last pages would
// wait for all those that were copied before. False when the sync failed.
bool syncFile(Connection &connection)
{
    sqlite3_file *file = nullptr;
    const int code = sqlite3_file_control(
        connection.sqliteHandle(), "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void *>(&file));
    return code != SQLITE_OK || !file || !file->pMethods
        || file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) == SQLITE_OK;
}

// Looks at the file before SQLite does, so that one we must not touch stays as it is.
// https://www.sqlite.org/fileformat.html: 16 bytes of magic, user_version at offset 60.
Result<> checkHeader(const Database::Options &options)
{
    QFile file(options.path);
    if (!file.exists() && options.create)
        return {};
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(file.exists() ? Error::Kind::Storage : Error::Kind::NotFound,
            u"%1: %2"_s.arg(options.path, file.errorString()));
    }
    const QByteArray header = file.read(100);
    if (header.isEmpty())
        return {}; // made but never written
    if (header.size() < 100 || !header.startsWith("SQLite format 3"))
        return failure(Error::Kind::Damaged, u"%1 is not a database"_s.arg(options.path));
    const int version = qFromBigEndian<qint32>(header.constData() + 60);
    const int newest = options.migrations.empty() ? 0 : options.migrations.back().version;
    if (version > newest) {
        return failure(Error::Kind::NewerVersion,
            u"%1 has version %2, this program knows up to %3"_s.arg(options.path)
                .arg(version)
                .arg(newest));
    }
    return {};
}

// SQLite copies the log once more when the last connection is closed, and deletes it.
void leaveLog(Connection &connection)
{
    sqlite3_db_config(connection.sqliteHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

class FunctionWrite : public Write {
public:
    FunctionWrite(Database::Work work, Database::Committed committed)
        : m_work(std::move(work))
        , m_committed(std::move(committed))
    {
    }
    Result<> run(Connection &connection) override { return m_work(connection); }
    void finish(const Result<> &done) override { m_committed(done); }

private:
    Database::Work m_work;
    Database::Committed m_committed;
};

} // namespace

class Database::Reader {
public:
    explicit Reader(std::shared_ptr<const std::atomic<bool>> keepsLog)
        : m_keepsLog(std::move(keepsLog))
    {
    }
    ~Reader()
    {
        m_queue.stop();
        if (m_thread.joinable())
            m_thread.join();
    }

    Result<> start(const Options &options)
    {
        std::promise<Result<>> opened;
        auto result = opened.get_future();
        m_thread = std::thread([this, options, &opened] {
            auto connection = openConnection(options, false);
            opened.set_value(connection ? Result<>() : failure(connection.error()));
            if (connection)
                serve(**connection);
        });
        return result.get();
    }

    void push(std::function<void(Connection &)> work) { m_queue.push(std::move(work)); }

private:
    void serve(Connection &connection)
    {
        for (bool stopped = false; !stopped;) {
            for (const auto &work : m_queue.take(1, 1h, stopped))
                work(connection);
        }
        if (*m_keepsLog)
            leaveLog(connection);
    }

    const std::shared_ptr<const std::atomic<bool>> m_keepsLog;
    WorkQueue<std::function<void(Connection &)>> m_queue;
    std::thread m_thread;
};

class Database::Writer {
public:
    explicit Writer(Database &database)
        : m_database(database)
        , m_keeper(std::make_unique<Reader>(database.m_keepsLog))
    {
    }
    ~Writer()
    {
        m_queue.stop();
        if (m_thread.joinable())
            m_thread.join();
    }

    Result<> start(const Options &options)
    {
        std::promise<Result<>> opened;
        auto result = opened.get_future();
        m_thread = std::thread([this, options, &opened] {
            auto connection = openConnection(options, true);
            if (!connection) {
                opened.set_value(failure(connection.error()));
                return;
            }
            LogDoubt doubt(**connection, options.path);
            Result<> done = doubt.resolveLeftover();
            if (done)
                done = migrate(**connection, options.migrations);
            const bool usable = done.has_value();
            opened.set_value(std::move(done));
            if (usable)
                serve(**connection, doubt, static_cast<size_t>(options.groupLimit));
        });
        return result.get();
    }

    // Starts what copies the log, once the database is there.
    Result<> startKeeper(const Options &options) { return m_keeper->start(options); }

    void push(std::unique_ptr<Write> write) { m_queue.push(std::move(write)); }

private:
    void serve(Connection &connection, LogDoubt &doubt, size_t groupLimit)
    {
        GroupWriter writer(connection, doubt);
        sqlite3_wal_hook(connection.sqliteHandle(), &Writer::noteLogPages, this);
        qint64 seen = dataVersion(connection);
        GroupPace pace;
        for (bool stopped = false; !stopped;) {
            pace.waitForMore(m_queue);
            auto group = m_queue.take(groupLimit, 500ms, stopped);
            pace.begin(group.size());
            if (!group.empty()) {
                writer.write(group);
                if (writer.takeLackOfRoom())
                    makeRoom(connection);
                else
                    careForLog(connection);
                keepLog(doubt);
            } else {
                writer.idle();
            }
            if (const qint64 now = dataVersion(connection); now != seen) {
                seen = now;
                Q_EMIT m_database.changedElsewhere();
            }
        }
        m_keeper.reset(); // one that copies the log would keep it from being emptied
        copyAll(connection);
        if (*m_copying == Copying::Failed)
            leaveLog(connection);
        keepLog(doubt); // for those who are closed later
    }

    // SQLite's counter of commits made by anybody but this connection.
    static qint64 dataVersion(Connection &connection)
    {
        constexpr const char *Sql = "PRAGMA data_version";
        const auto version = connection.one(Sql, {}, [](const Row &row) { return row.integer(0); });
        return version ? version->value_or(0) : 0;
    }

    // What was copied and could not be synced may be lost in the database and is still in the log,
    // and SQLite would not copy it again. So the log is kept whole, until a new start reads it from
    // its beginning.
    void keepLog(LogDoubt &doubt)
    {
        if (*m_copying != Copying::Failed || m_database.m_keepsLog->exchange(true))
            return;
        doubt.keepLog();
        qCCritical(logStore) << "the disk failed to take what was copied from the log, which is "
                                "kept whole and grows until the program is started again";
    }

    void copyAll(Connection &connection)
    {
        if (*m_copying == Copying::Failed)
            return;
        if (checkpoint(connection, SQLITE_CHECKPOINT_TRUNCATE))
            m_logPages = 0;
        else
            *m_copying = Copying::Failed;
    }

    void careForLog(Connection &connection)
    {
        if (m_logPages > ForcedCheckpointPages
            || (m_logPages > SmallLogPages && isRoomShort(connection))) {
            copyAll(connection);
        } else if (m_logPages > CheckpointPages) {
            copyLog(connection);
        } else {
            m_nextCopy = 0; // it has begun anew
        }
    }

    // The log begins anew when a write finds all of it copied. While the keeper copies, more is
    // written: that little is copied between two writes.
    void copyLog(Connection &connection)
    {
        const Copying was = *m_copying;
        if (was == Copying::Nearly) {
            const bool fine = checkpoint(connection, SQLITE_CHECKPOINT_PASSIVE);
            *m_copying = fine ? Copying::No : Copying::Failed;
            m_nextCopy = m_logPages + CopyAgainPages; // unless a reader still needs the log
        } else if (was == Copying::No && m_logPages > m_nextCopy) {
            *m_copying = Copying::Yes;
            m_keeper->push([copying = m_copying](Connection &keeper) {
                bool fine = true;
                for (int pass = 0; fine && pass < KeeperPasses; ++pass)
                    fine = checkpoint(keeper, SQLITE_CHECKPOINT_PASSIVE) && syncFile(keeper);
                *copying = fine ? Copying::Nearly : Copying::Failed;
            });
        }
    }

    // Whether the log takes as much as is left on the disk: copied later it might not fit any more.
    bool isRoomShort(Connection &connection) const
    {
        struct statvfs disk { };
        const char *path = sqlite3_db_filename(connection.sqliteHandle(), "main");
        return path && ::statvfs(path, &disk) == 0
            && quint64(disk.f_bavail) * disk.f_frsize < quint64(m_logPages) * PageBytes;
    }

    // The log holds many pages more than once, and may be what fills the disk.
    void makeRoom(Connection &connection)
    {
        if (!m_nextRoom.hasExpired())
            return; // those who are refused need not wait for it
        copyAll(connection);
        m_nextRoom.setRemainingTime(1s);
    }

    static int noteLogPages(void *writer, sqlite3 *, const char *, int pages)
    {
        static_cast<Writer *>(writer)->m_logPages = pages;
        return SQLITE_OK;
    }

    Database &m_database;
    // Not the reading thread: a copy takes hundreds of milliseconds when the disk is busy, and who
    // wants to see what is new would wait for it. The writing thread's own once it serves.
    std::unique_ptr<Reader> m_keeper;
    WorkQueue<std::unique_ptr<Write>> m_queue;
    std::thread m_thread;
    QDeadlineTimer m_nextRoom; // when a full disk is a reason to empty the log again
    int m_logPages = 0; // of the write-ahead log after the last commit
    int m_nextCopy = 0; // how many it must have before it is copied again
    // Shared with the keeper's thread.
    enum class Copying { No, Yes, Nearly, Failed };
    std::shared_ptr<std::atomic<Copying>> m_copying
        = std::make_shared<std::atomic<Copying>>(Copying::No);
};

Database::Database(QObject *parent)
    : QObject(parent)
{
}

Database::~Database()
{
    close();
}

void Database::close()
{
    m_writer.reset();
    m_reader.reset();
}

Result<> Database::open(const Options &options)
{
    if (const auto fit = checkHeader(options); !fit)
        return fit;
    *m_keepsLog = false;
    auto reader = std::make_unique<Reader>(m_keepsLog);
    auto writer = std::make_unique<Writer>(*this);
    // The writer first: it creates and migrates what the reader opens.
    if (const auto started = writer->start(options); !started)
        return started;
    if (const auto started = writer->startKeeper(options); !started)
        return started;
    if (const auto started = reader->start(options); !started)
        return started;
    m_reader = std::move(reader);
    m_writer = std::move(writer);
    return {};
}

void Database::submit(std::unique_ptr<Write> write)
{
    if (m_writer)
        m_writer->push(std::move(write));
    else
        write->finish(failure(Error::Kind::Cancelled, u"the database is closed"_s));
}

void Database::submit(Work work, Committed committed)
{
    submit(std::make_unique<FunctionWrite>(std::move(work), std::move(committed)));
}

void Database::submitRead(std::function<void(Connection &)> work)
{
    if (m_reader)
        m_reader->push(std::move(work));
}

void Database::flush()
{
    std::promise<void> written;
    submit([](Connection &) -> Result<> { return {}; },
        [&written](const Result<> &) { written.set_value(); });
    written.get_future().wait();
}

void Database::deliver(quint64 ticket, std::shared_ptr<const void> result)
{
    const auto finish = [this, ticket, result = std::move(result)] {
        const auto found = m_waiting.find(ticket);
        if (found == m_waiting.end())
            return;
        const auto listener = std::move(found->second);
        m_waiting.erase(found); // first: the listener may ask for more
        listener(result.get());
    };
    QMetaObject::invokeMethod(this, finish, Qt::QueuedConnection);
}

} // namespace Pagedesk
