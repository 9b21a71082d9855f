// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/connectclient.h"

#include <QDateTime>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// What Meta's signed callbacks do to logins and to the Pages that came with them.
class TestConnectCallbacks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        ConnectClient::allowLogins(*m_world);
        QVERIFY2(m_world->startRelay() && m_world->startSandbox(), m_world->why().constData());
        m_admin = std::make_unique<ConnectClient>(*m_world);
        QVERIFY(m_admin->isPaired());
    }
    void cleanup()
    {
        m_admin.reset();
        m_world.reset();
    }

    // The sandbox signs as Meta does, and the relay believes it.
    void theRelayIsToldOfRemovalAndDeletion()
    {
        QVERIFY(m_admin->control(u"app"_s,
            {{u"deauthorizeUrl"_s, m_world->relayUrl(u"/meta/deauthorize"_s).toString()},
                {u"dataDeletionUrl"_s, m_world->relayUrl(u"/meta/data-deletion"_s).toString()}}));
        QVERIFY(m_admin->control(u"people/5511/tokens"_s, {{u"subcode"_s, 458}}));
        QVERIFY(m_admin->control(u"people/5511/deletion"_s, {}));
        const auto made = [this](int index) {
            const auto app = http("GET", m_world->sandboxUrl(u"/_sandbox/app"_s)).json();
            return app.value(u"callbacks"_s)[index].toObject();
        };
        QTRY_COMPARE(made(0).value(u"status"_s).toInt(), 200);
        QTRY_COMPARE(made(1).value(u"status"_s).toInt(), 200);
        QVERIFY(made(1).value(u"answer"_s).toString().contains(u"confirmation_code"_s));
    }

    // The person removes the app at Facebook: their Pages need a new login, the others do not.
    void aRemovedAppNeedsANewLogin()
    {
        const auto login = m_admin->logIn();
        m_admin->connectPages({login.loginId, {{u"70044"_s}}});
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}).count("connected"), 1);
        QCOMPARE(callBack(u"/meta/deauthorize"_s, u"999999"_s).status, 200);
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}).count("connected"), 1);
        QCOMPARE(callBack(u"/meta/deauthorize"_s, login.loginId).status, 200);
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}).count("connected"), 0);
        QVERIFY(!m_admin->logins().value(0).valid);
        m_admin->connectPages({m_admin->logIn().loginId, {{u"70044"_s}}});
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}).count("connected"), 1);
    }

    void aPersonCanBeForgotten()
    {
        const auto login = m_admin->logIn();
        m_admin->connectPages({login.loginId, {{u"70044"_s}}});
        QCOMPARE(m_admin->logins().size(), 1);
        const QString name = m_admin->logins().first().name;
        const auto answer = callBack(u"/meta/data-deletion"_s, login.loginId);
        QCOMPARE(answer.status, 200);
        QVERIFY(m_admin->logins().isEmpty());
        const auto shown = http("GET", QUrl(answer.json().value(u"url"_s).toString()));
        QVERIFY2(shown.body.contains("were deleted"), shown.body.constData());
        QVERIFY(!shown.body.contains(login.loginId.toUtf8()));
        QVERIFY(!shown.body.contains(name.toUtf8()));
        // The Page goes on: its token is the Page's.
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}).count("connected"), 1);
        // Nor does the name stay in a part of the database that is free now.
        QCOMPARE(m_world->relay.terminate(), 0);
        QDirIterator files(m_world->data(), {u"*.db*"_s}, QDir::Files);
        QVERIFY(files.hasNext());
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(name.toUtf8()), qPrintable(file.fileName()));
        }
    }

private:
    // What Meta signs about a person.
    HttpResult callBack(const QString &route, const QString &person)
    {
        constexpr auto Options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
        const QJsonObject payload{{u"user_id"_s, person}, {u"algorithm"_s, u"HMAC-SHA256"_s},
            {u"issued_at"_s, QDateTime::currentSecsSinceEpoch()}};
        const QByteArray encoded
            = QJsonDocument(payload).toJson(QJsonDocument::Compact).toBase64(Options);
        const QByteArray digest = QMessageAuthenticationCode::hash(
            encoded, World::AppSecret, QCryptographicHash::Sha256);
        return http("POST", m_world->relayUrl(route),
            "signed_request=" + digest.toBase64(Options) + '.' + encoded,
            {{"Content-Type", "application/x-www-form-urlencoded"}});
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<ConnectClient> m_admin;
};

QTEST_GUILESS_MAIN(TestConnectCallbacks)
#include "tst_connectcallbacks.moc"
