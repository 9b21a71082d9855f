// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/mediafetcher.h"
#include "tests/support/await.h"
#include "tests/support/scriptedhttp.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

QString hashOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

class TestMediaFetcher : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void fetchesOnceAndKeeps();
    void refusals_data();
    void refusals();
    void harmlessPathsOnly_data();
    void harmlessPathsOnly();
    void fourAtOnce();
    void staysBelowItsLimit();
    void withoutARelay();
};

void TestMediaFetcher::fetchesOnceAndKeeps()
{
    QTemporaryDir folder;
    ScriptedHttp http;
    MediaFetcher fetcher(folder.path());
    fetcher.setSource(http.url(), Secret("token"));
    const QByteArray bytes("picture\0bytes", 13);
    const QString hash = hashOf(bytes);
    auto one = fetcher.fetch(hash);
    auto other = fetcher.fetch(hash); // shares the download
    const auto request = http.expect();
    QVERIFY(request);
    QCOMPARE(request->line(), QByteArray("GET /media/" + hash.toLatin1() + " HTTP/1.1"));
    QVERIFY(request->head.contains("Authorization: Bearer token"));
    ScriptedHttp::answer(*request, 200, bytes);
    const auto path = await(std::move(one));
    PAGEDESK_SUCCEEDS(path);
    QCOMPARE(*path, folder.filePath(hash.first(2) + u'/' + hash.sliced(2)));
    QCOMPARE(contentOf(*path), bytes);
    QCOMPARE(*await(std::move(other)), *path);
    QCOMPARE(*await(fetcher.fetch(hash)), *path); // from the disk
    MediaFetcher offline(folder.path());
    QCOMPARE(*await(offline.fetch(hash)), *path);
    QVERIFY(http.nothingMore());
}

void TestMediaFetcher::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("other bytes") << 200 << QByteArray() << Error::Kind::Damaged;
    QTest::newRow("gone") << 404 << QByteArray() << Error::Kind::NotFound;
    QTest::newRow("revoked") << 401 << QByteArray() << Error::Kind::Unauthorized;
    QTest::newRow("not ours") << 403 << QByteArray() << Error::Kind::Forbidden;
    QTest::newRow("broken") << 500 << QByteArray() << Error::Kind::Offline;
    QTest::newRow("elsewhere") << 302 << QByteArray("Location: http://127.0.0.1:1/\r\n")
                               << Error::Kind::Offline;
}

void TestMediaFetcher::refusals()
{
    QFETCH(int, status);
    QFETCH(QByteArray, header);
    QFETCH(Error::Kind, kind);
    QTemporaryDir folder;
    ScriptedHttp http;
    MediaFetcher fetcher(folder.path());
    fetcher.setSource(http.url(), Secret("token"));
    auto fetching = fetcher.fetch(hashOf("expected"));
    const auto request = http.expect();
    QVERIFY(request);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no attachment"_s));
    ScriptedHttp::answer(*request, status, "something else", header);
    const auto path = await(std::move(fetching));
    QVERIFY(!path);
    QCOMPARE(path.error().kind, kind);
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestMediaFetcher::harmlessPathsOnly_data()
{
    QTest::addColumn<QString>("hash");
    QTest::newRow("empty") << QString();
    QTest::newRow("path") << u"../../../../../../../../etc/passwd"_s;
    QTest::newRow("path as long as a hash") << QString(u"../"_s.repeated(22)).first(64);
    QTest::newRow("capitals") << QString(64, u'A');
    QTest::newRow("short") << QString(63, u'a');
}

void TestMediaFetcher::harmlessPathsOnly()
{
    QFETCH(QString, hash);
    QTemporaryDir folder;
    ScriptedHttp http;
    MediaFetcher fetcher(folder.path());
    fetcher.setSource(http.url(), Secret("token"));
    const auto path = await(fetcher.fetch(hash));
    QVERIFY(!path);
    QCOMPARE(path.error().kind, Error::Kind::NotFound);
    QVERIFY(http.nothingMore());
}

void TestMediaFetcher::fourAtOnce()
{
    QTemporaryDir folder;
    ScriptedHttp http;
    MediaFetcher fetcher(folder.path());
    fetcher.setSource(http.url(), Secret("token"));
    QList<QByteArray> files;
    std::vector<Task<QString>> tasks;
    for (int i = 0; i < 10; ++i) {
        files.append(QByteArray::number(i));
        tasks.push_back(fetcher.fetch(hashOf(files.constLast())));
    }
    for (int i = 0; i < 10; ++i) {
        QTRY_COMPARE(http.waiting(), qMin(4, 10 - i));
        const auto request = http.expect();
        ScriptedHttp::answer(*request, 200, files.at(i));
        PAGEDESK_SUCCEEDS(await(std::move(tasks.at(size_t(i)))));
    }
}

void TestMediaFetcher::staysBelowItsLimit()
{
    QTemporaryDir folder;
    ScriptedHttp http;
    MediaFetcher fetcher(folder.path());
    fetcher.setSource(http.url(), Secret("token"));
    fetcher.setCacheLimit(2500);
    QStringList paths;
    for (int i = 0; i < 3; ++i) {
        const QByteArray bytes(1000, char('a' + i));
        auto fetching = fetcher.fetch(hashOf(bytes));
        const auto request = http.expect();
        QVERIFY(request);
        ScriptedHttp::answer(*request, 200, bytes);
        const auto path = await(std::move(fetching));
        PAGEDESK_SUCCEEDS(path);
        paths.append(*path);
        // The first was used a minute after the second.
        QFile file(*path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QDateTime used = QDateTime::currentDateTimeUtc().addSecs(i == 1 ? -120 : -60);
        QVERIFY(file.setFileTime(used, QFileDevice::FileModificationTime));
    }
    QVERIFY(QFile::exists(paths.at(0)));
    QVERIFY(!QFile::exists(paths.at(1)));
    QVERIFY(QFile::exists(paths.at(2)));
}

void TestMediaFetcher::withoutARelay()
{
    QTemporaryDir folder;
    MediaFetcher fetcher(folder.path());
    const auto path = await(fetcher.fetch(hashOf("x")));
    QVERIFY(!path);
    QCOMPARE(path.error().kind, Error::Kind::Offline);
}

QTEST_GUILESS_MAIN(TestMediaFetcher)
#include "tst_mediafetcher.moc"
