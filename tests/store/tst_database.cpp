// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/database.h"
#include "tests/support/await.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <sqlite3.h>

#include <future>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr const char *Create = "CREATE TABLE IF NOT EXISTS thing (id INTEGER PRIMARY KEY, "
                               "word TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL) STRICT";
constexpr const char *Insert = "INSERT INTO thing (word, bytes) VALUES (?, ?)";
constexpr const char *Count = "SELECT count(*) FROM thing";
constexpr const char *Words = "SELECT word FROM thing ORDER BY id";

Result<> insert(Connection &connection, const QString &word)
{
    const auto done = connection.exec(Insert, {word, QByteArray()});
    return done ? Result<>() : failure(done.error());
}

class PostponedWord : public PostponedRows {
public:
    explicit PostponedWord(QString word)
        : m_word(std::move(word))
    {
    }
    Result<> write(Connection &connection) override { return insert(connection, m_word); }

private:
    QString m_word;
};

void postpone(Connection &connection, const QString &word)
{
    connection.postpone("thing", std::make_unique<PostponedWord>(word));
}

qint64 countIn(Connection &connection)
{
    const auto found = connection.one(Count, {}, [](const Row &row) { return row.integer(0); });
    return found ? found->value_or(-1) : -2;
}

} // namespace

class TestDatabase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_database.reset(); }
    void writesAndReads();
    void nullTextsAreEmptyTexts();
    void failedWriteLeavesNothing();
    void failedWriteSpoilsNoNeighbour();
    void oneFailureCostsFewTransactions();
    void everyWriteIsToldOnce();
    void wrongNumberOfValuesFails();
    void postponedRowsAreThereForWhoeverLooks();
    void postponedRowsGoWithTheirTransaction();
    void writtenBeforeItStops();
    void openTasksEndAsCancelled();
    void tasksMayAskForMore();
    void noticesAnotherProcess();
    void missingFile();
    void folderThatIsNotThere();
    void filesThatAreNoDatabase_data();
    void filesThatAreNoDatabase();
    void damageWithinIsSaid();

private:
    QString path() const { return m_folder->filePath(u"test.sqlite"_s); }
    Result<> open(bool create = true)
    {
        m_database = std::make_unique<Database>();
        Database::Options options;
        options.path = path();
        options.sync = Database::Sync::Normal;
        options.create = create;
        return m_database->open(options);
    }
    Task<> write(std::function<Result<>(Connection &)> work)
    {
        return m_database->write<void>(work);
    }
    int count()
    {
        const auto rows = await(m_database->read<int>([](Connection &connection) -> Result<int> {
            const auto found
                = connection.one(Count, {}, [](const Row &row) { return row.number(0); });
            return found ? Result<int>(found->value_or(-1)) : failure(found.error());
        }));
        return rows.value_or(-2);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
};

void TestDatabase::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    PAGEDESK_SUCCEEDS(open());
    PAGEDESK_SUCCEEDS(await(write([](Connection &connection) -> Result<> {
        const auto done = connection.exec(Create);
        return done ? Result<>() : failure(done.error());
    })));
}

void TestDatabase::writesAndReads()
{
    const auto id = await(m_database->write<qint64>([](Connection &connection) -> Result<qint64> {
        const auto row
            = connection.one("INSERT INTO thing (word, bytes) VALUES (?, ?) RETURNING id",
                {u"Grüße 👋"_s, QByteArray("\0\1\2", 3)},
                [](const Row &found) { return found.integer(0); });
        return row ? Result<qint64>(row->value_or(-1)) : failure(row.error());
    }));
    PAGEDESK_SUCCEEDS(id);
    QCOMPARE(*id, 1);
    struct Thing {
        QString word;
        QByteArray bytes;
    };
    const auto things = await(m_database->read<QList<Thing>>([](Connection &connection) {
        return connection.all("SELECT word, bytes FROM thing", {}, [](const Row &row) {
            return Thing{row.text(0), row.bytes(1)};
        });
    }));
    PAGEDESK_SUCCEEDS(things);
    QCOMPARE(things->size(), 1);
    QCOMPARE(things->constFirst().word, u"Grüße 👋"_s);
    QCOMPARE(things->constFirst().bytes, QByteArray("\0\1\2", 3));
}

void TestDatabase::nullTextsAreEmptyTexts()
{
    PAGEDESK_SUCCEEDS(await(write([](Connection &connection) { return insert(connection, {}); })));
    QCOMPARE(count(), 1);
}

void TestDatabase::failedWriteLeavesNothing()
{
    const auto done = await(write([](Connection &connection) -> Result<> {
        if (const auto first = insert(connection, u"a"_s); !first)
            return first;
        return failure(Error::Kind::Conflict, u"changed my mind"_s);
    }));
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Error::Kind::Conflict);
    QCOMPARE(count(), 0);
}

void TestDatabase::failedWriteSpoilsNoNeighbour()
{
    std::vector<Task<>> tasks;
    const QStringList words{u"a"_s, u"b"_s, u"b"_s, u"c"_s, u"a"_s, u"d"_s}; // unique: two fail
    for (const QString &word : words)
        tasks.push_back(write([word](Connection &connection) { return insert(connection, word); }));
    QStringList failed;
    for (size_t i = 0; i < tasks.size(); ++i) {
        const auto done = await(std::move(tasks[i]));
        if (!done) {
            QCOMPARE(done.error().kind, Error::Kind::Storage);
            failed.append(words.at(qsizetype(i)));
        }
    }
    QCOMPARE(failed, (QStringList{u"b"_s, u"a"_s}));
    const auto kept = await(m_database->read<QList<QString>>([](Connection &connection) {
        return connection.all(Words, {}, [](const Row &row) { return row.text(0); });
    }));
    PAGEDESK_SUCCEEDS(kept);
    QCOMPARE(*kept, (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
}

void TestDatabase::oneFailureCostsFewTransactions()
{
    constexpr int Count = 256;
    int commits = 0;
    std::promise<void> allSubmitted;
    // Holds the writing thread until the others wait behind it, and so are one group.
    auto first = write([&, ready = allSubmitted.get_future().share()](Connection &connection) {
        ready.wait();
        sqlite3_commit_hook(
            connection.sqliteHandle(), [](void *count) { return ++*static_cast<int *>(count), 0; },
            &commits);
        return Result<>();
    });
    std::vector<Task<>> tasks;
    for (int i = 0; i < Count; ++i) {
        const QString word = i == 100 ? u"99"_s : QString::number(i); // unique: one fails
        tasks.push_back(write([word](Connection &connection) { return insert(connection, word); }));
    }
    allSubmitted.set_value();
    PAGEDESK_SUCCEEDS(await(std::move(first)));
    int failed = 0;
    for (auto &task : tasks)
        failed += await(std::move(task)) ? 0 : 1;
    QCOMPARE(failed, 1);
    PAGEDESK_SUCCEEDS(await(write([](Connection &connection) {
        sqlite3_commit_hook(connection.sqliteHandle(), nullptr, nullptr);
        return Result<>();
    })));
    QVERIFY(commits > 1);
    QVERIFY(commits <= 12); // a halving each, and the first write's own
}

void TestDatabase::everyWriteIsToldOnce()
{
    std::atomic<int> told = 0;
    constexpr int Writes = 2000; // several groups
    for (int i = 0; i < Writes; ++i) {
        m_database->submit(
            [i](Connection &connection) { return insert(connection, QString::number(i % 1999)); },
            [&told](const Result<> &) { ++told; });
    }
    m_database->flush();
    QCOMPARE(told.load(), Writes);
    QCOMPARE(count(), 1999);
}

void TestDatabase::wrongNumberOfValuesFails()
{
    const auto done = await(write([](Connection &connection) -> Result<> {
        const auto inserted = connection.exec(Insert, {u"one"_s});
        return inserted ? Result<>() : failure(inserted.error());
    }));
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Error::Kind::Storage);
    QCOMPARE(count(), 0);
}

void TestDatabase::postponedRowsAreThereForWhoeverLooks()
{
    QList<qint64> seen;
    PAGEDESK_SUCCEEDS(await(write([&seen](Connection &connection) -> Result<> {
        postpone(connection, u"one"_s);
        (void)connection.one("SELECT 1 AS things", {}, [](const Row &) { return 0; });
        seen << (connection.postponed() ? 0 : -1); // another word than the name of the table
        seen << connection.besidePostponed([&connection] { return countIn(connection); });
        seen << countIn(connection);
        postpone(connection, u"two"_s);
        return {};
    })));
    QCOMPARE(seen, (QList<qint64>{0, 0, 1}));
    QCOMPARE(count(), 2);
}

void TestDatabase::postponedRowsGoWithTheirTransaction()
{
    QVERIFY(!await(write([](Connection &connection) -> Result<> {
        postpone(connection, u"one"_s);
        return failure(Error::Kind::Storage, u"no"_s);
    })));
    PAGEDESK_SUCCEEDS(await(write([](Connection &connection) -> Result<> {
        postpone(connection, u"two"_s);
        if (auto set = connection.setPoint(); !set)
            return set;
        postpone(connection, u"three"_s);
        if (auto undone = connection.rollBackToPoint(); !undone)
            return undone;
        postpone(connection, u"four"_s);
        return connection.releasePoint();
    })));
    QCOMPARE(count(), 2);
    // One that cannot be written fails the commit, and everything with it.
    QVERIFY(!await(write([](Connection &connection) -> Result<> {
        if (auto inserted = insert(connection, u"five"_s); !inserted)
            return inserted;
        postpone(connection, u"four"_s);
        return {};
    })));
    QCOMPARE(count(), 2);
}

void TestDatabase::writtenBeforeItStops()
{
    for (int i = 0; i < 100; ++i) {
        m_database->submit(
            [i](Connection &connection) { return insert(connection, QString::number(i)); },
            [](const Result<> &) {});
    }
    PAGEDESK_SUCCEEDS(open());
    QCOMPARE(count(), 100);
}

void TestDatabase::openTasksEndAsCancelled()
{
    auto task = write([](Connection &connection) { return insert(connection, u"a"_s); });
    m_database.reset();
    const auto done = await(std::move(task));
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Error::Kind::Cancelled);
}

void TestDatabase::tasksMayAskForMore()
{
    auto second = write([](Connection &connection) {
        return insert(connection, u"a"_s);
    }).andThen(this, [this] {
        return write([](Connection &connection) { return insert(connection, u"b"_s); });
    });
    PAGEDESK_SUCCEEDS(await(std::move(second)));
    QCOMPARE(count(), 2);
}

void TestDatabase::noticesAnotherProcess()
{
    QSignalSpy changed(m_database.get(), &Database::changedElsewhere);
    PAGEDESK_SUCCEEDS(
        await(write([](Connection &connection) { return insert(connection, u"a"_s); })));
    Database other;
    Database::Options options;
    options.path = path();
    PAGEDESK_SUCCEEDS(other.open(options));
    QCOMPARE(changed.size(), 0);
    PAGEDESK_SUCCEEDS(await(
        other.write<void>([](Connection &connection) { return insert(connection, u"b"_s); })));
    QTRY_VERIFY(!changed.isEmpty());
    QCOMPARE(count(), 2);
}

void TestDatabase::missingFile()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const auto opened = open(false);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::NotFound);
    QVERIFY(!QFile::exists(path()));
}

void TestDatabase::folderThatIsNotThere()
{
    Database database;
    Database::Options options;
    options.path = m_folder->filePath(u"no/such/folder/test.sqlite"_s);
    const auto opened = database.open(options);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::Storage);
}

void TestDatabase::filesThatAreNoDatabase_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("just a text, and long enough for a header ").repeated(10);
    QTest::newRow("short") << QByteArray("SQLite format 3\0", 16);
    QTest::newRow("zeros") << QByteArray(4096, '\0');
    QTest::newRow("only the magic")
        << QByteArray("SQLite format 3\0", 16) + QByteArray(4080, '\xff');
}

void TestDatabase::filesThatAreNoDatabase()
{
    QFETCH(QByteArray, bytes);
    m_database.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    const auto opened = open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::Damaged);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes); // left as it was
}

void TestDatabase::damageWithinIsSaid()
{
    for (int i = 0; i < 2000; ++i) {
        m_database->submit(
            [i](Connection &connection) {
                return insert(connection, QString(100, u'x') + QString::number(i));
            },
            [](const Result<> &) {});
    }
    m_database.reset();
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.size() > 100'000);
    for (qint64 at = 16'384; at < file.size() - 8'192; at += 8'192) { // every second page
        file.seek(at);
        file.write(QByteArray(4'096, '\xa5'));
    }
    file.close();
    PAGEDESK_SUCCEEDS(open());
    const auto words = await(m_database->read<QList<QString>>([](Connection &connection) {
        return connection.all(Words, {}, [](const Row &row) { return row.text(0); });
    }));
    QVERIFY(!words);
    QCOMPARE(words.error().kind, Error::Kind::Damaged);
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
