// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/world.h"

#include <QDateTime>
#include <QDir>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QTest>
#include <QUrlQuery>

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// Meta's signed callbacks, at the real relay over real sockets.
class TestCallbacks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY(m_world->startRelay());
        int code = -1;
        QFile token(m_world->folder() + u"/token"_s);
        QVERIFY(token.open(QIODevice::WriteOnly) && token.write("a page token") > 0);
        token.close();
        m_world->command({u"page"_s, u"add"_s, u"--page-id"_s, u"70044"_s, u"--name"_s, u"Bloom"_s,
                             u"--token-file"_s, token.fileName()},
            &code);
        QCOMPARE(code, 0);
    }
    void cleanup() { m_world.reset(); }

    void deletionIsAnsweredWithAPageThatShowsIt()
    {
        const QByteArray request = signedRequest(person());
        const auto answer = post(u"/meta/data-deletion"_s, request);
        QCOMPARE(answer.status, 200);
        const QString code = answer.json().value(u"confirmation_code"_s).toString();
        QCOMPARE(code.size(), 32);
        QCOMPARE(QUrl(answer.json().value(u"url"_s).toString()),
            QUrl(m_world->relayUrl(u"/deletion"_s).toString() + u"?id="_s + code));
        const auto page = http("GET", QUrl(answer.json().value(u"url"_s).toString()));
        QCOMPARE(page.status, 200);
        QVERIFY(page.body.startsWith("<!DOCTYPE html>"));
        QVERIFY(page.body.contains("No data is stored under the id"));
        QVERIFY(!page.body.contains("<script"));
        QVERIFY(!page.body.contains(Asid));
    }

    void theSameRequestHasTheSameCode()
    {
        const QByteArray request = signedRequest(person());
        const QByteArray first = post(u"/meta/data-deletion"_s, request).body;
        QVERIFY(first.contains("confirmation_code"));
        for (int i = 0; i < 20; ++i)
            QCOMPARE(post(u"/meta/data-deletion"_s, request).body, first);
        m_world->relay.kill(); // it was on the disk when it was answered
        QVERIFY(m_world->startRelay());
        QCOMPARE(post(u"/meta/data-deletion"_s, request).body, first);
        QVERIFY(post(u"/meta/data-deletion"_s, signedRequest(person(u"5512"_s))).body != first);
        QCOMPARE(rows(), 2);
    }

    void thePersonsIdIsNotKept()
    {
        QCOMPARE(post(u"/meta/data-deletion"_s, signedRequest(person())).status, 200);
        QCOMPARE(post(u"/meta/deauthorize"_s, signedRequest(person())).status, 200);
        QCOMPARE(m_world->relay.terminate(), 0);
        const QDir folder(m_world->data());
        QVERIFY(!folder.isEmpty());
        for (const QString &name : folder.entryList(QDir::Files)) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(Asid), qPrintable(name));
        }
        QVERIFY(!m_world->relay.errors().contains(Asid));
    }

    void deauthorizeMarksThePageItNames_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<qint64>("ageSeconds");
        QTest::addColumn<QByteArray>("state");
        QTest::newRow("named") << u"70044"_s << qint64(5) << QByteArray("needs_login");
        QTest::newRow("the clocks differ")
            << u"70044"_s << qint64(-300) << QByteArray("needs_login");
        QTest::newRow("not named") << QString() << qint64(5) << QByteArray("connected");
        QTest::newRow("of somebody else") << u"70045"_s << qint64(5) << QByteArray("connected");
        QTest::newRow("old") << u"70044"_s << qint64(2 * 24 * 3600) << QByteArray("connected");
    }
    void deauthorizeMarksThePageItNames()
    {
        QFETCH(QString, page);
        QFETCH(qint64, ageSeconds);
        QFETCH(QByteArray, state);
        QJsonObject payload = person();
        payload[u"issued_at"_s] = QDateTime::currentSecsSinceEpoch() - ageSeconds;
        if (!page.isEmpty())
            payload[u"profile_id"_s] = page;
        const QByteArray request = signedRequest(payload);
        QCOMPARE(post(u"/meta/deauthorize"_s, request).status, 200);
        QCOMPARE(pageState(), state);
        QCOMPARE(rows(), 1);
        QVERIFY(m_world->command({u"audit"_s}).contains("\"deauthorize\""));
    }

    void aReplayedDeauthorizeChangesNothing()
    {
        QJsonObject payload = person();
        payload[u"profile_id"_s] = 70044;
        const QByteArray request = signedRequest(payload);
        QCOMPARE(post(u"/meta/deauthorize"_s, request).status, 200);
        QCOMPARE(pageState(), "needs_login");
        m_world->command({u"page"_s, u"add"_s, u"--page-id"_s, u"70044"_s, u"--name"_s, u"Bloom"_s,
            u"--token-file"_s, m_world->folder() + u"/token"_s});
        QCOMPARE(pageState(), "connected");
        QCOMPARE(post(u"/meta/deauthorize"_s, request).status, 200);
        QCOMPARE(pageState(), "connected");
        QCOMPARE(rows(), 1);
    }

    void refused_data();
    void refused();

    void unknownCodesAreNotFound_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("empty") << QByteArray("id=");
        QTest::newRow("unknown") << QByteArray("id=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        QTest::newRow("markup") << QByteArray("id=%3Cscript%3Ealert(1)%3C/script%3E");
        QTest::newRow("SQL") << QByteArray("id='%20OR%201=1--");
        QTest::newRow("wildcard") << QByteArray("id=%25");
        QTest::newRow("long") << "id=" + QByteArray(8000, 'A');
        QTest::newRow("other name") << QByteArray("code=A");
    }
    void unknownCodesAreNotFound()
    {
        QFETCH(QByteArray, query);
        QCOMPARE(post(u"/meta/data-deletion"_s, signedRequest(person())).status, 200);
        QCOMPARE(post(u"/meta/deauthorize"_s, signedRequest(person())).status, 200);
        QUrl url = m_world->relayUrl(u"/deletion"_s);
        url.setQuery(QString::fromLatin1(query), QUrl::StrictMode);
        const auto page = http("GET", url);
        QCOMPARE(page.status, 404);
        QVERIFY(!page.body.contains("script"));
        QVERIFY(page.body.contains("There is no request with this code"));
    }

private:
    static constexpr const char *Asid = "10163999999999999";
    static constexpr auto Encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

    static QJsonObject person(const QString &id = QString::fromLatin1(Asid))
    {
        return {{u"user_id"_s, id}, {u"algorithm"_s, u"HMAC-SHA256"_s},
            {u"issued_at"_s, QDateTime::currentSecsSinceEpoch()}, {u"expires"_s, 0}};
    }

    static QByteArray signedRequest(
        const QJsonObject &payload, const QByteArray &secret = World::AppSecret)
    {
        const QByteArray encoded
            = QJsonDocument(payload).toJson(QJsonDocument::Compact).toBase64(Encoding);
        return QMessageAuthenticationCode::hash(encoded, secret, QCryptographicHash::Sha256)
                   .toBase64(Encoding)
            + '.' + encoded;
    }

    HttpResult post(const QString &path, const QByteArray &request)
    {
        return http("POST", m_world->relayUrl(path), "signed_request=" + request);
    }

    QByteArray pageState() { return m_world->command({u"page"_s, u"list"_s}).split('\t').value(1); }

    qsizetype rows();

    std::unique_ptr<World> m_world;
};

qsizetype TestCallbacks::rows()
{
    QProcess sqlite;
    sqlite.start(u"sqlite3"_s,
        {u"-readonly"_s, m_world->data() + u"/ledger.db"_s,
            u"SELECT count(*) FROM meta_callback"_s});
    sqlite.waitForFinished();
    return sqlite.readAllStandardOutput().trimmed().toLongLong();
}

void TestCallbacks::refused_data()
{
    const QByteArray good = signedRequest(person());
    QJsonObject named = person();
    named[u"profile_id"_s] = u"70044"_s;
    const QByteArray forged = signedRequest(named, "not the app secret");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &body, int status) {
        QTest::newRow(name) << QByteArray("POST") << body << status;
    };
    row("nothing", "", 403);
    row("no field", "a=1&b=2", 403);
    row("empty field", "signed_request=", 403);
    row("another secret", "signed_request=" + forged, 403);
    row("no signature", "signed_request=." + forged.split('.').last(), 403);
    row("signature of another",
        "signed_request=" + good.split('.').first() + '.' + forged.split('.').last(), 403);
    row("no secret", "signed_request=" + signedRequest(named, ""), 403);
    row("twice", "signed_request=" + good + "&signed_request=" + forged, 403);
    row("JSON", QJsonDocument(named).toJson(), 403);
    row("cut", "signed_request=" + good.chopped(1), 403);
    QJsonObject other = named;
    other[u"algorithm"_s] = u"none"_s;
    row("another algorithm", "signed_request=" + signedRequest(other), 403);
    QJsonObject nobody = named;
    nobody.remove(u"user_id"_s);
    row("signed and without a person", "signed_request=" + signedRequest(nobody), 400);
    row("signed and empty", "signed_request=" + signedRequest({}), 403);
    row("long", "signed_request=" + QByteArray(9000, 'A'), 413);
    row("longer", QByteArray(1024 * 1024, '&'), 413);
    row("longer than any", QByteArray(8 * 1024 * 1024 + 1, '&'), 413);
    QTest::newRow("GET") << QByteArray("GET") << QByteArray() << 405;
    QTest::newRow("PUT") << QByteArray("PUT") << "signed_request=" + good << 405;
    QTest::newRow("DELETE") << QByteArray("DELETE") << QByteArray() << 405;
}

void TestCallbacks::refused()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    for (const QString &path : {u"/meta/deauthorize"_s, u"/meta/data-deletion"_s})
        QCOMPARE(http(method, m_world->relayUrl(path), body).status, status);
    QCOMPARE(rows(), 0);
    QCOMPARE(pageState(), "connected");
    const bool counted = method == "POST" && body.size() < 8 * 1024 * 1024;
    QVERIFY(http("GET", m_world->relayUrl(u"/metrics"_s))
                .body.contains("pagedesk_callback_rejected_signatures_total "
                    + QByteArray(counted ? "2\n" : "0\n")));
}

QTEST_GUILESS_MAIN(TestCallbacks)
#include "tst_callbacks.moc"
