// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/database.h"
#include "models/store/logkeeper.h"
#include "tests/support/await.h"

#include <QFileInfo>
#include <QTemporaryDir>

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <vector>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

// A disk that fails to sync the database once, and then has forgotten what was written since the
// last sync: what Linux does. Everything else is the usual file system of SQLite.
struct Disk {
    std::atomic<bool> failing = false;
    std::atomic<int> failed = 0;
    std::function<void()> atCopy; // called once, when a copy of the log knows how long it is
    std::mutex mutex;
    std::map<sqlite3_int64, std::vector<char>> before; // what stood where was written since
};
Disk theDisk;

struct File {
    sqlite3_file base;
    sqlite3_file *real;
};

sqlite3_file *real(sqlite3_file *file)
{
    return reinterpret_cast<File *>(file)->real;
}

int writePages(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    {
        const std::lock_guard lock(theDisk.mutex);
        if (!theDisk.before.contains(at)) {
            std::vector<char> old(static_cast<size_t>(size));
            real(file)->pMethods->xRead(real(file), old.data(), size, at);
            theDisk.before.emplace(at, std::move(old));
        }
    }
    return real(file)->pMethods->xWrite(real(file), bytes, size, at);
}

int syncPages(sqlite3_file *file, int flags)
{
    const std::lock_guard lock(theDisk.mutex);
    if (theDisk.failing.exchange(false)) {
        for (const auto &[at, old] : theDisk.before)
            real(file)->pMethods->xWrite(real(file), old.data(), static_cast<int>(old.size()), at);
        theDisk.before.clear();
        ++theDisk.failed;
        return SQLITE_IOERR_FSYNC;
    }
    theDisk.before.clear();
    return real(file)->pMethods->xSync(real(file), flags);
}

// The methods of every other call lead straight to the real file.
const sqlite3_io_methods *methods()
{
    static const sqlite3_io_methods Methods = [] {
        sqlite3_io_methods made{};
        made.iVersion = 1;
        made.xClose = [](sqlite3_file *f) {
            const int code = real(f)->pMethods->xClose(real(f));
            ::operator delete(real(f));
            return code;
        };
        made.xRead = [](sqlite3_file *f, void *b, int n, sqlite3_int64 at) {
            return real(f)->pMethods->xRead(real(f), b, n, at);
        };
        made.xWrite = writePages;
        made.xTruncate = [](sqlite3_file *f, sqlite3_int64 n) {
            return real(f)->pMethods->xTruncate(real(f), n);
        };
        made.xSync = syncPages;
        made.xFileSize = [](sqlite3_file *f, sqlite3_int64 *n) {
            return real(f)->pMethods->xFileSize(real(f), n);
        };
        made.xLock = [](sqlite3_file *f, int l) { return real(f)->pMethods->xLock(real(f), l); };
        made.xUnlock
            = [](sqlite3_file *f, int l) { return real(f)->pMethods->xUnlock(real(f), l); };
        made.xCheckReservedLock = [](sqlite3_file *f, int *out) {
            return real(f)->pMethods->xCheckReservedLock(real(f), out);
        };
        made.xFileControl = [](sqlite3_file *f, int op, void *arg) {
            return real(f)->pMethods->xFileControl(real(f), op, arg);
        };
        made.xSectorSize = [](sqlite3_file *f) { return real(f)->pMethods->xSectorSize(real(f)); };
        made.xDeviceCharacteristics
            = [](sqlite3_file *f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); };
        made.iVersion = 3;
        made.xShmMap = [](sqlite3_file *f, int page, int size, int extend, void volatile **out) {
            return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
        };
        made.xShmLock = [](sqlite3_file *f, int offset, int n, int flags) {
            return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
        };
        made.xShmBarrier = [](sqlite3_file *f) { real(f)->pMethods->xShmBarrier(real(f)); };
        made.xShmUnmap = [](sqlite3_file *f, int remove) {
            return real(f)->pMethods->xShmUnmap(real(f), remove);
        };
        made.xFetch = [](sqlite3_file *, sqlite3_int64, int, void **out) {
            *out = nullptr; // pages are read, not mapped
            return SQLITE_OK;
        };
        made.xUnfetch = [](sqlite3_file *, sqlite3_int64, void *) {
            if (const auto call = std::exchange(theDisk.atCopy, nullptr))
                call();
            return SQLITE_OK;
        };
        return made;
    }();
    return &Methods;
}

int openFile(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    auto *usual = static_cast<sqlite3_vfs *>(vfs->pAppData);
    if ((flags & SQLITE_OPEN_MAIN_DB) == 0)
        return usual->xOpen(usual, name, file, flags, outFlags);
    auto *ours = reinterpret_cast<File *>(file);
    const auto size = static_cast<size_t>(usual->szOsFile);
    ours->real = static_cast<sqlite3_file *>(::operator new(size));
    std::memset(ours->real, 0, size);
    const int code = usual->xOpen(usual, name, ours->real, flags, outFlags);
    ours->base.pMethods = code == SQLITE_OK ? methods() : nullptr;
    if (code != SQLITE_OK)
        ::operator delete(ours->real);
    return code;
}

void useDisk()
{
    static sqlite3_vfs vfs = *sqlite3_vfs_find(nullptr);
    vfs.pAppData = sqlite3_vfs_find(nullptr);
    vfs.zName = "forgetful";
    vfs.szOsFile = std::max(vfs.szOsFile, static_cast<int>(sizeof(File)));
    vfs.xOpen = openFile;
    sqlite3_vfs_register(&vfs, 1);
}

constexpr const char *Create = "CREATE TABLE IF NOT EXISTS thing (id INTEGER PRIMARY KEY, "
                               "bytes BLOB NOT NULL) STRICT";
constexpr qsizetype RowBytes = 100'000;
constexpr int RowsInLog = 700; // enough for the log to be copied

} // namespace

// What a sync of the database has lost is still in the log, and must stay there.
class TestLostPages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useDisk(); }

    void aFailedSyncLosesNothing()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"test.db"_s);
        Database::Options options;
        options.path = path;
        auto database = std::make_unique<Database>();
        QVERIFY(database->open(options));
        write(*database,
            [](Connection &connection) { return connection.run(QString::fromLatin1(Create)); });
        theDisk.failing = true;
        int written = 0;
        // Goes on until the copy has met the failure, and well past it.
        for (int after = 0; after < RowsInLog; ++written) {
            after += theDisk.failed > 0 ? 1 : 0;
            QVERIFY2(written < 10 * RowsInLog, "the log is not copied");
            write(*database, [](Connection &connection) -> Result<> {
                const auto done = connection.exec(
                    "INSERT INTO thing (bytes) VALUES (?)", {QByteArray(RowBytes, 'x')});
                return done ? Result<>() : failure(done.error());
            });
        }
        QCOMPARE(theDisk.failed.load(), 1);
        QVERIFY(QFileInfo(path + u"-wal"_s).size() > written * RowBytes);
        database = std::make_unique<Database>(); // closes the one before
        QVERIFY(database->open(options));
        const auto count
            = await(database->read<qint64>([](Connection &connection) -> Result<qint64> {
                  const auto found
                      = connection.one("SELECT count(*) FROM thing WHERE length(bytes) = ?",
                          {RowBytes}, [](const Row &row) { return row.integer(0); });
                  if (!found)
                      return failure(found.error());
                  return found->value_or(-1);
              }));
        PAGEDESK_SUCCEEDS(count);
        QCOMPARE(*count, written);
        const auto check
            = await(database->read<QString>([](Connection &connection) -> Result<QString> {
                  const auto found = connection.one(
                      "PRAGMA integrity_check", {}, [](const Row &row) { return row.text(0); });
                  if (!found)
                      return failure(found.error());
                  return found->value_or(QString());
              }));
        PAGEDESK_SUCCEEDS(check);
        QCOMPARE(*check, u"ok"_s);
    }

    // SQLite's race, in slow motion: everything is copied, another copy begins, and before it looks
    // how much of the log was copied a commit lets the log begin anew.
    void aLogThatBeginsAnewIsCopiedWhole()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"test.db"_s);
        const auto writer = connectTo(path);
        const auto copier = connectTo(path);
        const auto guard = connectTo(path);
        PAGEDESK_SUCCEEDS(writer->run(QString::fromLatin1(Create)));
        constexpr int Rows = 100;
        insert(*writer, Rows);
        copyAll(*writer);
        bool wasCalled = false;
        theDisk.atCopy = [&] {
            wasCalled = true;
            insert(*writer, 1);
        };
        QVERIFY(LogKeeper::copyBeside(*copier, *guard));
        QVERIFY(wasCalled);
        insert(*writer, 2 * Rows); // past where the log ended before
        copyAll(*writer);
        insert(*writer, 1); // lets it begin anew once more
        const auto count = connectTo(path)->one(
            "SELECT count(*) FROM thing", {}, [](const Row &row) { return row.integer(0); });
        PAGEDESK_SUCCEEDS(count);
        QCOMPARE(count->value_or(-1), 3 * Rows + 2);
        const auto check = connectTo(path)->one(
            "PRAGMA integrity_check", {}, [](const Row &row) { return row.text(0); });
        PAGEDESK_SUCCEEDS(check);
        QCOMPARE(check->value_or(QString()), u"ok"_s);
    }

private:
    static std::unique_ptr<Connection> connectTo(const QString &path)
    {
        auto connection = Connection::open(path);
        if (!connection || !(*connection)->run(u"PRAGMA journal_mode = WAL"_s)
            || !(*connection)->run(u"PRAGMA wal_autocheckpoint = 0"_s)
            || !(*connection)->run(u"SELECT count(*) FROM sqlite_schema"_s))
            qFatal("cannot connect");
        return std::move(*connection);
    }
    // Each in a transaction of its own, and a page long.
    static void insert(Connection &connection, int count)
    {
        for (int i = 0; i < count; ++i)
            PAGEDESK_SUCCEEDS(connection.exec(
                "INSERT INTO thing (bytes) VALUES (?)", {QByteArray(3000, char('a' + i % 26))}));
    }
    static void copyAll(Connection &connection)
    {
        int pages = 0;
        int copied = -1;
        QCOMPARE(sqlite3_wal_checkpoint_v2(connection.sqliteHandle(), nullptr,
                     SQLITE_CHECKPOINT_PASSIVE, &pages, &copied),
            SQLITE_OK);
        QCOMPARE(copied, pages);
    }
    static void write(Database &database, const Database::Work &work)
    {
        std::promise<Result<>> done;
        database.submit(work, [&done](const Result<> &result) { done.set_value(result); });
        PAGEDESK_SUCCEEDS(done.get_future().get());
    }
};

QTEST_GUILESS_MAIN(TestLostPages)
#include "tst_lostpages.moc"
