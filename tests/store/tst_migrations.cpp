// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/database.h"
#include "models/store/replica/replicaschema.h"
#include "tests/support/await.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

std::span<const Migration> upTo(size_t count)
{
    return std::span<const Migration>(ReplicaMigrations).first(count);
}

Result<> open(const QString &path, std::span<const Migration> migrations, Database &database)
{
    Database::Options options;
    options.path = path;
    options.migrations = migrations;
    return database.open(options);
}

Result<QList<QString>> schema(const QString &path, std::span<const Migration> migrations)
{
    Database database;
    if (const auto opened = open(path, migrations, database); !opened)
        return failure(opened.error());
    return await(database.read<QList<QString>>([](Connection &connection) {
        return connection.all("SELECT type || ' ' || name || ' ' || coalesce(sql, '') "
                              "FROM sqlite_schema ORDER BY type, name",
            {}, [](const Row &row) { return row.text(0); });
    }));
}

constexpr std::array Broken{
    Migration{1, ":/sql/replica/001_first.sql"},
    Migration{2, ":/test/broken.sql"},
};
constexpr std::array Missing{Migration{1, ":/sql/replica/999_missing.sql"}};

} // namespace

class TestMigrations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void listEqualsTheFiles();
    void everyUpgradeEqualsAFreshSchema();
    void openingAgainChangesNothing();
    void newerVersionIsLeftAlone();
    void missingFileIsSaid();
    void failedStepLeavesTheOldVersion();
    void versionsMustRise();
};

void TestMigrations::listEqualsTheFiles()
{
    QStringList listed;
    for (const Migration &migration : ReplicaMigrations) {
        const QString name = QString::fromLatin1(migration.file).section(u'/', -1);
        QVERIFY2(
            name.startsWith(u"%1_"_s.arg(migration.version, 3, 10, QChar(u'0'))), qPrintable(name));
        listed.append(name);
    }
    const QDir files(QStringLiteral(PAGEDESK_SOURCE_DIR "/resources/sql/replica"));
    QCOMPARE(listed, files.entryList({u"*.sql"_s}, QDir::Files, QDir::Name));
}

void TestMigrations::everyUpgradeEqualsAFreshSchema()
{
    QTemporaryDir folder;
    const auto fresh = schema(folder.filePath(u"fresh.sqlite"_s), ReplicaMigrations);
    PAGEDESK_SUCCEEDS(fresh);
    QVERIFY(fresh->size() > 10);
    for (size_t count = 0; count <= ReplicaMigrations.size(); ++count) {
        const QString path = folder.filePath(u"from%1.sqlite"_s.arg(count));
        PAGEDESK_SUCCEEDS(schema(path, upTo(count)));
        const auto upgraded = schema(path, ReplicaMigrations);
        PAGEDESK_SUCCEEDS(upgraded);
        QCOMPARE(*upgraded, *fresh);
    }
}

void TestMigrations::openingAgainChangesNothing()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"again.sqlite"_s);
    const auto first = schema(path, ReplicaMigrations);
    PAGEDESK_SUCCEEDS(first);
    const auto second = schema(path, ReplicaMigrations);
    PAGEDESK_SUCCEEDS(second);
    QCOMPARE(*second, *first);
}

void TestMigrations::newerVersionIsLeftAlone()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"newer.sqlite"_s);
    {
        Database database;
        PAGEDESK_SUCCEEDS(open(path, ReplicaMigrations, database));
        PAGEDESK_SUCCEEDS(await(database.write<void>([](Connection &connection) {
            return connection.run(u"PRAGMA user_version = 1000"_s);
        })));
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    const QDateTime written = QFileInfo(path).lastModified();
    Database database;
    const auto opened = open(path, ReplicaMigrations, database);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::NewerVersion);
    file.seek(0);
    QCOMPARE(file.readAll(), before);
    QCOMPARE(QFileInfo(path).lastModified(), written);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"newer.sqlite"_s});
}

void TestMigrations::missingFileIsSaid()
{
    QTemporaryDir folder;
    Database database;
    const auto opened = open(folder.filePath(u"x.sqlite"_s), Missing, database);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::NotFound);
    QVERIFY(opened.error().detail.contains(u"999_missing.sql"));
}

void TestMigrations::failedStepLeavesTheOldVersion()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"broken.sqlite"_s);
    const auto before = schema(path, upTo(1));
    PAGEDESK_SUCCEEDS(before);
    {
        Database database;
        const auto opened = open(path, Broken, database);
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, Error::Kind::Storage);
    }
    const auto after = schema(path, upTo(1)); // version 1 still, without what step 2 began
    PAGEDESK_SUCCEEDS(after);
    QCOMPARE(*after, *before);
}

void TestMigrations::versionsMustRise()
{
    constexpr std::array Twice{Migration{1, ""}, Migration{1, ""}};
    constexpr std::array Falling{Migration{2, ""}, Migration{1, ""}};
    constexpr std::array Zero{Migration{0, ""}};
    QVERIFY(!versionsRise(Twice));
    QVERIFY(!versionsRise(Falling));
    QVERIFY(!versionsRise(Zero));
    QVERIFY(versionsRise(ReplicaMigrations));
}

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
