// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/database.h"

#include "models/base/logging.h"
#include "models/store/groupwriter.h"
#include "models/store/logkeeper.h"
#include "models/store/workqueue.h"

#include <QFile>
#include <QtEndian>

#include <atomic>
#include <future>
#include <thread>

namespace Pagedesk {

namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

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
            LogKeeper::leaveLog(connection);
    }

    const std::shared_ptr<const std::atomic<bool>> m_keepsLog;
    WorkQueue<std::function<void(Connection &)>> m_queue;
    std::thread m_thread;
};

class Database::Writer {
public:
    explicit Writer(Database &database)
        : m_database(database)
        , m_copier(std::make_unique<Reader>(database.m_keepsLog))
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
    Result<> startCopier(const Options &options) { return m_copier->start(options); }

    void push(std::unique_ptr<Write> write) { m_queue.push(std::move(write)); }

private:
    void serve(Connection &connection, LogDoubt &doubt, size_t groupLimit)
    {
        GroupWriter writer(connection, doubt);
        LogKeeper log(connection, [this](auto work) { m_copier->push(std::move(work)); });
        qint64 seen = dataVersion(connection);
        GroupPace pace;
        for (bool stopped = false; !stopped;) {
            pace.waitForMore(m_queue);
            auto group = m_queue.take(groupLimit, 500ms, stopped);
            pace.begin(group.size());
            if (!group.empty()) {
                writer.write(group);
                if (writer.takeLackOfRoom())
                    log.makeRoom();
                else
                    log.care();
                tellOf(log, doubt);
            } else {
                writer.idle();
            }
            if (const qint64 now = dataVersion(connection); now != seen) {
                seen = now;
                Q_EMIT m_database.changedElsewhere();
            }
        }
        m_copier.reset(); // one that copies the log would keep it from being emptied
        log.finish();
        tellOf(log, doubt); // those who are closed later
    }

    // SQLite's counter of commits made by anybody but this connection.
    static qint64 dataVersion(Connection &connection)
    {
        constexpr const char *Sql = "PRAGMA data_version";
        const auto version = connection.one(Sql, {}, [](const Row &row) { return row.integer(0); });
        return version ? version->value_or(0) : 0;
    }

    void tellOf(const LogKeeper &log, LogDoubt &doubt)
    {
        if (!log.mustKeepLog() || m_database.m_keepsLog->exchange(true))
            return;
        doubt.keepLog();
        qCCritical(logStore) << "the disk failed to take what was copied from the log, which is "
                                "kept whole and grows until the program is started again";
    }

    Database &m_database;
    // Not the reading thread: a copy takes hundreds of milliseconds when the disk is busy, and who
    // wants to see what is new would wait for it. The writing thread's own once it serves.
    std::unique_ptr<Reader> m_copier;
    WorkQueue<std::unique_ptr<Write>> m_queue;
    std::thread m_thread;
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
    if (const auto started = writer->startCopier(options); !started)
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
