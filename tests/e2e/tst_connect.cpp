// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/ids.h"
#include "tests/e2e/connectclient.h"
#include "tests/e2e/dialogbrowser.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>
#include <QUrlQuery>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

QString textOf(const QUrl &url, const QString &name)
{
    return QUrlQuery(url).queryItemValue(name, QUrl::FullyDecoded);
}

} // namespace

// An admin connects Pages: the real relay, the sandbox's dialog clicked through.
class TestConnect : public QObject {
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

    void fromTheDialogToTheFirstMessage()
    {
        const auto login = m_admin->logIn();
        QCOMPARE(login.state, LoginState::Done);
        const auto offer = m_admin->offerFor(login.loginId);
        QVERIFY(offer.pages.size() >= 2);
        const auto bakery = ConnectClient::pageIn(offer, u"70044"_s);
        QCOMPARE(bakery.obstacle, PageObstacle::None);
        QCOMPARE(bakery.name, u"Bloom Bakery"_s);
        QVERIFY(!bakery.connected);
        const auto connected = m_admin->connectPages({login.loginId, {{u"70044"_s}, {u"70055"_s}}});
        QCOMPARE(connected.pages.size(), 2);
        for (const Wire::ConnectedPage &page : connected.pages)
            QVERIFY2(!page.error, page.error ? qPrintable(page.error->detail) : "");
        QVERIFY(ConnectClient::pageIn(m_admin->offerFor(login.loginId), u"70044"_s).connected);
        // Its webhooks are ordered by the relay, so what a customer writes arrives.
        m_world->customerWrites(u"6041"_s, u"Do you have rye bread?"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hasMessage(u"Do you have rye bread?"_s), 30'000);
    }

    void connectingAgainKeepsEverything()
    {
        const auto login = m_admin->logIn();
        QVERIFY(m_admin->connectPages({login.loginId, {{u"70044"_s}}}).pages.size() == 1);
        m_world->customerWrites(u"6041"_s, u"first"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hasMessage(u"first"_s), 30'000);
        const auto again = m_admin->logIn();
        QCOMPARE(again.loginId, login.loginId);
        const auto connected = m_admin->connectPages({again.loginId, {{u"70044"_s}}});
        QVERIFY(!connected.pages.value(0).error);
        QVERIFY(hasMessage(u"first"_s));
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}).count('\n'), 1);
    }

    // Somebody who may answer for one Page and only look at the other.
    void aPageWithoutTheTaskIsOfferedWithTheReason()
    {
        const auto login = m_admin->logIn(u"Continue as Lena"_s);
        const auto offer = m_admin->offerFor(login.loginId);
        QCOMPARE(offer.pages.size(), 2);
        QCOMPARE(ConnectClient::pageIn(offer, u"70121"_s).obstacle, PageObstacle::TaskMissing);
        QCOMPARE(ConnectClient::pageIn(offer, u"70132"_s).obstacle, PageObstacle::None);
        const auto connected = m_admin->connectPages({login.loginId, {{u"70121"_s}, {u"70132"_s}}});
        QCOMPARE(connected.pages.size(), 2);
        for (const Wire::ConnectedPage &page : connected.pages)
            QCOMPARE(page.error.has_value(), page.id.value == "70121"_L1);
        QVERIFY(m_admin->control(u"customers/6042/messages"_s,
            {{u"pageId"_s, u"70132"_s}, {u"text"_s, u"Is the blue bowl still there?"_s}}));
        QTRY_VERIFY_WITH_TIMEOUT(hasMessage(u"Is the blue bowl still there?"_s), 30'000);
    }

    void aDeclinedPermissionIsNamedAndAskedForAgain()
    {
        const auto without = m_admin->logIn(u"Continue as Omar"_s, {u"pages_messaging"_s});
        const auto refused = ConnectClient::pageIn(m_admin->offerFor(without.loginId), u"70044"_s);
        QCOMPARE(refused.obstacle, PageObstacle::PermissionMissing);
        QCOMPARE(refused.missing, u"pages_messaging"_s);
        // Logging in once more does not ask again, but that was asked for.
        const auto same = m_admin->logIn();
        QCOMPARE(ConnectClient::pageIn(m_admin->offerFor(same.loginId), u"70044"_s).obstacle,
            PageObstacle::PermissionMissing);
        const auto asked = m_admin->logIn(u"Continue as Omar"_s, {}, true);
        QCOMPARE(ConnectClient::pageIn(m_admin->offerFor(asked.loginId), u"70044"_s).obstacle,
            PageObstacle::None);
    }

    void pagesThatWereNotTickedCannotBeConnected()
    {
        const auto login = m_admin->logIn(u"Continue as Omar"_s, {u"70055"_s});
        const auto offer = m_admin->offerFor(login.loginId);
        QCOMPARE(offer.pages.size(), 1);
        QCOMPARE(ConnectClient::pageIn(offer, u"70044"_s).obstacle, PageObstacle::None);
        QVERIFY(m_admin->connectPages({login.loginId, {{u"70055"_s}}}).pages.value(0).error);
        QVERIFY(m_admin->control(u"people/5511/permissions"_s,
            {{u"permission"_s, u"pages_messaging"_s}, {u"status"_s, u"granted"_s},
                {u"pageIds"_s, QJsonArray{u"70055"_s}}}));
        QCOMPARE(ConnectClient::pageIn(m_admin->offerFor(login.loginId), u"70044"_s).obstacle,
            PageObstacle::NotGranted);
    }

    void pagesOfAPortfolioTakeItsPermission()
    {
        const auto without = m_admin->logIn(u"Continue as Idris"_s, {u"business_management"_s});
        QVERIFY(m_admin->offerFor(without.loginId).pages.isEmpty());
        const auto with = m_admin->logIn(u"Continue as Idris"_s, {}, true);
        QCOMPARE(ConnectClient::pageIn(m_admin->offerFor(with.loginId), u"70143"_s).obstacle,
            PageObstacle::None);
        QVERIFY(!m_admin->connectPages({with.loginId, {{u"70143"_s}}}).pages.value(0).error);
    }

    void aCancelledLoginSaysSo()
    {
        const auto begun = m_admin->begin();
        DialogBrowser browser;
        browser.open(begun.url);
        QVERIFY(browser.press(u"Cancel"_s));
        QVERIFY2(browser.page().contains(u"Nothing was connected"_s), qPrintable(browser.page()));
        QCOMPARE(m_admin->progress(begun.attemptId).state, LoginState::Failed);
        QCOMPARE(m_admin->progress(begun.attemptId).problem, LoginProblem::Cancelled);
        QVERIFY(m_admin->logins().isEmpty());
    }

    void aReturnIsGoodForOneTime()
    {
        const auto begun = m_admin->begin();
        const QUrl back = m_admin->returnOf(begun);
        QVERIFY(http("GET", back).body.contains("You are logged in"));
        const auto replayed = http("GET", back);
        QCOMPARE(replayed.status, 403);
        QVERIFY(replayed.body.contains("not expected"));
        QCOMPARE(m_admin->progress(begun.attemptId).state, LoginState::Done);
    }

    void aHeadRequestUsesNothingUp()
    {
        const QUrl back = m_admin->returnOf(m_admin->begin());
        QCOMPARE(http("HEAD", back).status, 405);
        QVERIFY(http("GET", back).body.contains("You are logged in"));
    }

    void aRestartInBetweenDoesNoHarm()
    {
        const auto begun = m_admin->begin();
        const QUrl back = m_admin->returnOf(begun);
        m_world->relay.kill();
        QVERIFY(m_world->startRelay());
        QVERIFY(http("GET", back).body.contains("You are logged in"));
        QCOMPARE(m_admin->progress(begun.attemptId).state, LoginState::Done);
    }

    void aChangedMasterKeyOpensLoginsToo()
    {
        const auto login = m_admin->logIn();
        int code = -1;
        m_world->command({u"rotate-master-key"_s}, &code);
        QCOMPARE(code, 0);
        QVERIFY(!m_admin->offerFor(login.loginId).pages.isEmpty());
        m_world->relay.kill();
        QVERIFY(m_world->startRelay());
        QVERIFY(!m_admin->offerFor(login.loginId).pages.isEmpty());
    }

    void anOutageAtMetaIsSaid()
    {
        const auto begun = m_admin->begin();
        const QUrl back = m_admin->returnOf(begun);
        m_world->sandbox.kill();
        const auto answer = http("GET", back);
        QVERIFY2(answer.body.contains("did not answer"), answer.body.constData());
        QCOMPARE(m_admin->progress(begun.attemptId).problem, LoginProblem::NotReached);
    }

    // Whoever opens very many returns at once does not occupy the relay with them; those that came
    // before get their answer, and so does whoever comes after.
    void returnsAtOnceAreLimited()
    {
        constexpr int Most = 64;
        constexpr int Asked = Most + 6;
        QList<QUrl> returns;
        while (returns.size() < Asked) {
            ConnectClient device(*m_world); // each may have 20 open
            for (int i = 0; i < 20 && returns.size() < Asked; ++i)
                returns.append(device.returnOf(device.begin()));
        }
        const auto slow = m_world->fault({{u"target"_s, u"graph"_s}, {u"edge"_s, u"access_token"_s},
            {u"fault"_s, u"delay"_s}, {u"milliseconds"_s, 5000}, {u"count"_s, -1}});
        QCOMPARE(slow.status, 200);
        QHash<int, int> statuses;
        QNetworkAccessManager network[Asked / 5]; // six connections each
        for (int i = 0; i < Asked; ++i) {
            QNetworkReply *reply = network[i / 5].get(QNetworkRequest(returns.at(i)));
            connect(reply, &QNetworkReply::finished, this, [reply, &statuses] {
                ++statuses[reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt()];
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(statuses.value(503), Asked - Most, 20'000);
        QVERIFY(http("DELETE", m_world->sandboxUrl(u"/_sandbox/faults"_s)).status == 200);
        QTRY_COMPARE_WITH_TIMEOUT(statuses.value(200), Most, 30'000);
        const QUrl later = m_admin->returnOf(m_admin->begin());
        QVERIFY(http("GET", later).body.contains("You are logged in"));
    }

    void withoutAnAppIdThereIsASentence()
    {
        m_world->relay.kill();
        m_world->relay.setEnvironment(u"PAGEDESK_APP_ID"_s, {});
        QVERIFY(m_world->startRelay());
        const auto answer = m_admin->ask("POST", u"login"_s, Wire::encode(Wire::BeginLogin{}));
        QCOMPARE(answer.status, 400);
        QVERIFY(Wire::decodeError(answer.body).detail.contains(u"PAGEDESK_APP_ID"_s));
    }

    void onlyAdminsMayAsk()
    {
        const QList<std::pair<QByteArray, QString>> routes{{"POST", u"login"_s},
            {"GET", u"login?id=x"_s}, {"GET", u"logins"_s}, {"GET", u"pages?login=x"_s},
            {"POST", u"pages"_s}, {"POST", u"manual"_s}, {"POST", u"check"_s},
            {"POST", u"fields"_s}, {"POST", u"doctor"_s}};
        for (const QString &role : {u"agent"_s, u"supervisor"_s}) {
            const QByteArray token = m_world->deviceToken(u"Grace"_s, role);
            for (const auto &[method, route] : routes)
                QCOMPARE(m_admin->ask(method, route, "{}", token).status, 403);
        }
        for (const auto &[method, route] : routes) {
            QCOMPARE(m_admin->ask(method, route, "{}", "wrong").status, 401);
            QCOMPARE(m_admin->ask(method, route, "{}", {}).status, 401);
        }
        QCOMPARE(m_admin->ask("GET", u"nothing"_s, "{}", {}).status, 404);
        QVERIFY(m_admin->logins().isEmpty());
    }

    void anAttemptBelongsToItsComputer()
    {
        const auto begun = m_admin->begin();
        const QByteArray other = m_world->deviceToken(u"Grace"_s, u"admin"_s);
        QCOMPARE(m_admin->ask("GET", u"login?id="_s + begun.attemptId, {}, other).status, 404);
        QCOMPARE(m_admin->progress(begun.attemptId).state, LoginState::Waiting);
    }

    void theManualWayNamesWhatDoesNotFit_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("appId");
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<QString>("words");
        const QByteArray right = "sandbox-page-token-70044";
        const QString id = QString::fromLatin1(ConnectClient::AppId);
        QTest::newRow("another app")
            << right << u"123"_s << QByteArray(World::AppSecret) << u"The App ID is not that"_s;
        QTest::newRow("another secret")
            << right << id << QByteArray("wrong") << u"The App Secret is not the one"_s;
        QTest::newRow("no such token")
            << QByteArray("nonsense") << id << QByteArray(World::AppSecret) << u"does not accept"_s;
        QTest::newRow("a person's token")
            << QByteArray("sandbox-user-token") << id << QByteArray(World::AppSecret)
            << u"not a token of a Page"_s;
    }
    void theManualWayNamesWhatDoesNotFit()
    {
        QFETCH(const QByteArray, token);
        QFETCH(const QString, appId);
        QFETCH(const QByteArray, secret);
        QFETCH(const QString, words);
        const auto answer = m_admin->ask(
            "POST", u"manual"_s, Wire::encode({Secret(token), appId, Secret(secret)}));
        QCOMPARE(answer.status, 400);
        const QString said = Wire::decodeError(answer.body).detail;
        QVERIFY2(said.contains(words), qPrintable(said));
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}), QByteArray());
    }

    void theManualWayConnects()
    {
        const Wire::ManualPage manual{Secret("sandbox-page-token-70044"),
            QString::fromLatin1(ConnectClient::AppId), Secret(World::AppSecret)};
        const auto answer = m_admin->ask("POST", u"manual"_s, Wire::encode(manual));
        const auto connected = Wire::decodePagesConnected(answer.body);
        QVERIFY2(connected, answer.body.constData());
        QCOMPARE(connected->pages.value(0).name, u"Bloom Bakery"_s);
        m_world->customerWrites(u"6041"_s, u"Hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hasMessage(u"Hello"_s), 30'000);
    }

    // None of these changes anything, and none gets anything to see.
    void hostileReturnsChangeNothing()
    {
        const auto begun = m_admin->begin();
        const QUrl back = m_admin->returnOf(begun);
        const QString state = textOf(back, u"state"_s);
        const QString code = textOf(back, u"code"_s);
        int tried = 0;
        for (const QString &query : hostileQueries(state, code)) {
            const QUrl url(m_world->relayUrl(u"/oauth/callback"_s).toString() + u'?' + query);
            const auto answer = http("GET", url);
            QVERIFY2(answer.status == 403, qPrintable(query.left(80)));
            QVERIFY2(!answer.body.contains("evil"), qPrintable(query.left(80)));
            ++tried;
        }
        for (const QByteArray &method : {"POST"_ba, "PUT"_ba, "DELETE"_ba, "HEAD"_ba}) {
            QCOMPARE(http(method, back, "x=1").status, 405);
            ++tried;
        }
        QVERIFY2(tried >= 60, QByteArray::number(tried).constData());
        QCOMPARE(m_admin->progress(begun.attemptId).state, LoginState::Waiting);
        QVERIFY(m_admin->logins().isEmpty());
        // The right one is still good.
        QVERIFY(http("GET", back).body.contains("You are logged in"));
    }

    void secretsStayInTheSealedStore()
    {
        const auto begun = m_admin->begin();
        const QUrl back = m_admin->returnOf(begun);
        QVERIFY(http("GET", back).body.contains("You are logged in"));
        m_admin->connectPages({m_admin->progress(begun.attemptId).loginId, {{u"70044"_s}}});
        const QByteArray log = m_world->relay.errors();
        QCOMPARE(m_world->relay.terminate(), 0);
        const QList<QByteArray> secrets{textOf(back, u"state"_s).toUtf8(),
            textOf(back, u"code"_s).toUtf8(), "EAASBX", // what tokens of the sandbox begin with
            World::AppSecret};
        QDirIterator files(m_world->data(), QDir::Files, QDirIterator::Subdirectories);
        int looked = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            for (const QByteArray &secret : secrets)
                QVERIFY2(!bytes.contains(secret), qPrintable(file.fileName()));
            ++looked;
        }
        QVERIFY(looked > 0);
        for (const QByteArray &secret : secrets)
            QVERIFY(!log.contains(secret));
    }

private:
    static QStringList hostileQueries(const QString &state, const QString &code)
    {
        QStringList queries{{}, u"code="_s + code, u"state="_s, u"code=%1&state="_s.arg(code),
            u"error=access_denied"_s, u"error=access_denied&state=evil"_s,
            u"code=evil&state=evil"_s, u"state[]=%1&code=%2"_s.arg(state, code),
            u"State=%1&code=%2"_s.arg(state, code), u"state=%1%00&code=%2"_s.arg(state, code),
            u"code=%2;state=%1"_s.arg(state, code), u"state=<script>evil</script>&code=x"_s,
            u"state=%1&code=%2"_s.arg(state.toLower(), code) + u"x"_s.repeated(9000),
            u"state="_s + u"a"_s.repeated(300) + u"&code=x"_s,
            u"redirect_uri=https://evil.example&code="_s + code,
            u"next=//evil.example&state=' OR 1=1 --&code="_s + code};
        for (int i = 0; i < 12; ++i) {
            QString changed = state;
            const qsizetype at = changed.size() * i / 12;
            changed[at] = changed.at(at) == u'A' ? u'B' : u'A';
            queries.append(u"state=%1&code=%2"_s.arg(changed, code));
            queries.append(u"state=%1&code=%2"_s.arg(state.left(state.size() * i / 12), code));
            queries.append(u"state=%1%2&code=%3"_s.arg(state, QString(i + 1, u'x'), code));
        }
        for (const char *prefix : {"%20", "%0d%0aSet-Cookie:evil", "%2e", "%22", "%27", "%25"})
            queries.append(u"state=%1%2&code=%3"_s.arg(QString::fromLatin1(prefix), state, code));
        return queries;
    }

    bool hasMessage(const QString &text)
    {
        const auto lines = m_world->lines({u"export"_s});
        return std::any_of(lines.begin(), lines.end(),
            [&text](const QJsonObject &line) { return line.value(u"text"_s) == text; });
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<ConnectClient> m_admin;
};

QTEST_GUILESS_MAIN(TestConnect)
#include "tst_connect.moc"
