// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/ids.h"
#include "models/wire/connecting.h"
#include "tests/e2e/dialogbrowser.h"
#include "tests/e2e/world.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QTest>
#include <QUrlQuery>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto AppId = "330011";

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
        m_world->relay.setEnvironment(u"PAGEDESK_APP_ID"_s, QString::fromLatin1(AppId));
        m_world->relay.setEnvironment(u"PAGEDESK_LOGIN_URL"_s, m_world->sandboxUrl({}).toString());
        QVERIFY2(m_world->startRelay() && m_world->startSandbox(), m_world->why().constData());
        m_admin = m_world->deviceToken(u"Ada"_s, u"admin"_s);
        QVERIFY(!m_admin.isEmpty());
    }
    void cleanup() { m_world.reset(); }

    void fromTheDialogToTheFirstMessage()
    {
        const auto login = logIn();
        QCOMPARE(login.state, LoginState::Done);
        const auto offer = offerFor(login.loginId);
        QVERIFY(offer.pages.size() >= 2);
        const auto bakery = pageIn(offer, u"70044"_s);
        QCOMPARE(bakery.obstacle, PageObstacle::None);
        QCOMPARE(bakery.name, u"Bloom Bakery"_s);
        QVERIFY(!bakery.connected);
        const auto connected = connectPages({login.loginId, {{u"70044"_s}, {u"70055"_s}}});
        QCOMPARE(connected.pages.size(), 2);
        for (const Wire::ConnectedPage &page : connected.pages)
            QVERIFY2(!page.error, page.error ? qPrintable(page.error->detail) : "");
        QVERIFY(pageIn(offerFor(login.loginId), u"70044"_s).connected);
        // Its webhooks are ordered by the relay, so what a customer writes arrives.
        m_world->customerWrites(u"6041"_s, u"Do you have rye bread?"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hasMessage(u"Do you have rye bread?"_s), 30'000);
    }

    void connectingAgainKeepsEverything()
    {
        const auto login = logIn();
        QVERIFY(connectPages({login.loginId, {{u"70044"_s}}}).pages.size() == 1);
        m_world->customerWrites(u"6041"_s, u"first"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hasMessage(u"first"_s), 30'000);
        const auto again = logIn();
        QCOMPARE(again.loginId, login.loginId);
        const auto connected = connectPages({again.loginId, {{u"70044"_s}}});
        QVERIFY(!connected.pages.value(0).error);
        QVERIFY(hasMessage(u"first"_s));
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}).count('\n'), 1);
    }

    // Somebody who may answer for one Page and only look at the other.
    void aPageWithoutTheTaskIsOfferedWithTheReason()
    {
        const auto login = logIn(u"Continue as Lena"_s);
        const auto offer = offerFor(login.loginId);
        QCOMPARE(offer.pages.size(), 2);
        QCOMPARE(pageIn(offer, u"70121"_s).obstacle, PageObstacle::TaskMissing);
        QCOMPARE(pageIn(offer, u"70132"_s).obstacle, PageObstacle::None);
        const auto connected = connectPages({login.loginId, {{u"70121"_s}, {u"70132"_s}}});
        QCOMPARE(connected.pages.size(), 2);
        for (const Wire::ConnectedPage &page : connected.pages)
            QCOMPARE(page.error.has_value(), page.id.value == "70121"_L1);
        control(u"customers/6042/messages"_s,
            {{u"pageId"_s, u"70132"_s}, {u"text"_s, u"Is the blue bowl still there?"_s}});
        QTRY_VERIFY_WITH_TIMEOUT(hasMessage(u"Is the blue bowl still there?"_s), 30'000);
    }

    void aDeclinedPermissionIsNamedAndAskedForAgain()
    {
        const auto without = logIn(u"Continue as Omar"_s, {u"pages_messaging"_s});
        const auto refused = pageIn(offerFor(without.loginId), u"70044"_s);
        QCOMPARE(refused.obstacle, PageObstacle::PermissionMissing);
        QCOMPARE(refused.missing, u"pages_messaging"_s);
        // Logging in once more does not ask again, but that was asked for.
        const auto same = logIn();
        QCOMPARE(
            pageIn(offerFor(same.loginId), u"70044"_s).obstacle, PageObstacle::PermissionMissing);
        const auto asked = logIn(u"Continue as Omar"_s, {}, true);
        QCOMPARE(pageIn(offerFor(asked.loginId), u"70044"_s).obstacle, PageObstacle::None);
    }

    void pagesThatWereNotTickedCannotBeConnected()
    {
        const auto login = logIn(u"Continue as Omar"_s, {u"70055"_s});
        const auto offer = offerFor(login.loginId);
        QCOMPARE(offer.pages.size(), 1);
        QCOMPARE(pageIn(offer, u"70044"_s).obstacle, PageObstacle::None);
        QVERIFY(connectPages({login.loginId, {{u"70055"_s}}}).pages.value(0).error);
        control(u"people/5511/permissions"_s,
            {{u"permission"_s, u"pages_messaging"_s}, {u"status"_s, u"granted"_s},
                {u"pageIds"_s, QJsonArray{u"70055"_s}}});
        QCOMPARE(pageIn(offerFor(login.loginId), u"70044"_s).obstacle, PageObstacle::NotGranted);
    }

    void pagesOfAPortfolioTakeItsPermission()
    {
        const auto without = logIn(u"Continue as Idris"_s, {u"business_management"_s});
        QVERIFY(offerFor(without.loginId).pages.isEmpty());
        const auto with = logIn(u"Continue as Idris"_s, {}, true);
        QCOMPARE(pageIn(offerFor(with.loginId), u"70143"_s).obstacle, PageObstacle::None);
        QVERIFY(!connectPages({with.loginId, {{u"70143"_s}}}).pages.value(0).error);
    }

    // The sandbox signs as Meta does, and the relay believes it.
    void theRelayIsToldOfRemovalAndDeletion()
    {
        control(u"app"_s,
            {{u"deauthorizeUrl"_s, m_world->relayUrl(u"/meta/deauthorize"_s).toString()},
                {u"dataDeletionUrl"_s, m_world->relayUrl(u"/meta/data-deletion"_s).toString()}});
        control(u"people/5511/tokens"_s, {{u"subcode"_s, 458}});
        control(u"people/5511/deletion"_s, {});
        const auto made = [this](int index) {
            const auto app = http("GET", m_world->sandboxUrl(u"/_sandbox/app"_s)).json();
            return app.value(u"callbacks"_s)[index].toObject();
        };
        QTRY_COMPARE(made(0).value(u"status"_s).toInt(), 200);
        QTRY_COMPARE(made(1).value(u"status"_s).toInt(), 200);
        QVERIFY(made(1).value(u"answer"_s).toString().contains(u"confirmation_code"_s));
    }

    void aCancelledLoginSaysSo()
    {
        const auto begun = begin();
        DialogBrowser browser;
        browser.open(begun.url);
        QVERIFY(browser.press(u"Cancel"_s));
        QVERIFY2(browser.page().contains(u"Nothing was connected"_s), qPrintable(browser.page()));
        QCOMPARE(progress(begun.attemptId).state, LoginState::Failed);
        QCOMPARE(progress(begun.attemptId).problem, LoginProblem::Cancelled);
        QVERIFY(logins().isEmpty());
    }

    void aReturnIsGoodForOneTime()
    {
        const auto begun = begin();
        const QUrl back = returnOf(begun);
        QVERIFY(http("GET", back).body.contains("You are logged in"));
        const auto replayed = http("GET", back);
        QCOMPARE(replayed.status, 403);
        QVERIFY(replayed.body.contains("not expected"));
        QCOMPARE(progress(begun.attemptId).state, LoginState::Done);
    }

    void aHeadRequestUsesNothingUp()
    {
        const QUrl back = returnOf(begin());
        QCOMPARE(http("HEAD", back).status, 405);
        QVERIFY(http("GET", back).body.contains("You are logged in"));
    }

    void aRestartInBetweenDoesNoHarm()
    {
        const auto begun = begin();
        const QUrl back = returnOf(begun);
        m_world->relay.kill();
        QVERIFY(m_world->startRelay());
        QVERIFY(http("GET", back).body.contains("You are logged in"));
        QCOMPARE(progress(begun.attemptId).state, LoginState::Done);
    }

    // The person removes the app at Facebook: their Pages need a new login, the others do not.
    void aRemovedAppNeedsANewLogin()
    {
        const auto login = logIn();
        connectPages({login.loginId, {{u"70044"_s}}});
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}).count("connected"), 1);
        QCOMPARE(callBack(u"/meta/deauthorize"_s, u"999999"_s).status, 200);
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}).count("connected"), 1);
        QCOMPARE(callBack(u"/meta/deauthorize"_s, login.loginId).status, 200);
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}).count("connected"), 0);
        QVERIFY(!logins().value(0).valid);
        connectPages({logIn().loginId, {{u"70044"_s}}});
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}).count("connected"), 1);
    }

    void aPersonCanBeForgotten()
    {
        const auto login = logIn();
        connectPages({login.loginId, {{u"70044"_s}}});
        QCOMPARE(logins().size(), 1);
        const QString name = logins().first().name;
        const auto answer = callBack(u"/meta/data-deletion"_s, login.loginId);
        QCOMPARE(answer.status, 200);
        QVERIFY(logins().isEmpty());
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

    void aChangedMasterKeyOpensLoginsToo()
    {
        const auto login = logIn();
        int code = -1;
        m_world->command({u"rotate-master-key"_s}, &code);
        QCOMPARE(code, 0);
        QVERIFY(!offerFor(login.loginId).pages.isEmpty());
        m_world->relay.kill();
        QVERIFY(m_world->startRelay());
        QVERIFY(!offerFor(login.loginId).pages.isEmpty());
    }

    void anOutageAtMetaIsSaid()
    {
        const auto begun = begin();
        const QUrl back = returnOf(begun);
        m_world->sandbox.kill();
        const auto answer = http("GET", back);
        QVERIFY2(answer.body.contains("did not answer"), answer.body.constData());
        QCOMPARE(progress(begun.attemptId).problem, LoginProblem::NotReached);
    }

    void withoutAnAppIdThereIsASentence()
    {
        m_world->relay.kill();
        m_world->relay.setEnvironment(u"PAGEDESK_APP_ID"_s, {});
        QVERIFY(m_world->startRelay());
        const auto answer = ask("POST", u"login"_s, Wire::encode(Wire::BeginLogin{}));
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
                QCOMPARE(ask(method, route, "{}", token).status, 403);
        }
        for (const auto &[method, route] : routes) {
            QCOMPARE(ask(method, route, "{}", "wrong").status, 401);
            QCOMPARE(ask(method, route, "{}", {}).status, 401);
        }
        QCOMPARE(ask("GET", u"nothing"_s, "{}", {}).status, 404);
        QVERIFY(logins().isEmpty());
    }

    void anAttemptBelongsToItsComputer()
    {
        const auto begun = begin();
        const QByteArray other = m_world->deviceToken(u"Grace"_s, u"admin"_s);
        QCOMPARE(ask("GET", u"login?id="_s + begun.attemptId, {}, other).status, 404);
        QCOMPARE(progress(begun.attemptId).state, LoginState::Waiting);
    }

    void theManualWayNamesWhatDoesNotFit_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("appId");
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<QString>("words");
        const QByteArray right = "sandbox-page-token-70044";
        const QString id = QString::fromLatin1(AppId);
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
        const auto answer
            = ask("POST", u"manual"_s, Wire::encode({Secret(token), appId, Secret(secret)}));
        QCOMPARE(answer.status, 400);
        const QString said = Wire::decodeError(answer.body).detail;
        QVERIFY2(said.contains(words), qPrintable(said));
        QCOMPARE(m_world->command({u"page"_s, u"list"_s}), QByteArray());
    }

    void theManualWayConnects()
    {
        const Wire::ManualPage manual{Secret("sandbox-page-token-70044"),
            QString::fromLatin1(AppId), Secret(World::AppSecret)};
        const auto answer = ask("POST", u"manual"_s, Wire::encode(manual));
        const auto connected = Wire::decodePagesConnected(answer.body);
        QVERIFY2(connected, answer.body.constData());
        QCOMPARE(connected->pages.value(0).name, u"Bloom Bakery"_s);
        m_world->customerWrites(u"6041"_s, u"Hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hasMessage(u"Hello"_s), 30'000);
    }

    // None of these changes anything, and none gets anything to see.
    void hostileReturnsChangeNothing()
    {
        const auto begun = begin();
        const QUrl back = returnOf(begun);
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
        QCOMPARE(progress(begun.attemptId).state, LoginState::Waiting);
        QVERIFY(logins().isEmpty());
        // The right one is still good.
        QVERIFY(http("GET", back).body.contains("You are logged in"));
    }

    void secretsStayInTheSealedStore()
    {
        const auto begun = begin();
        const QUrl back = returnOf(begun);
        QVERIFY(http("GET", back).body.contains("You are logged in"));
        connectPages({progress(begun.attemptId).loginId, {{u"70044"_s}}});
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

    HttpResult ask(const QByteArray &method, const QString &route, const QByteArray &body = {})
    {
        return ask(method, route, body, m_admin);
    }
    HttpResult ask(const QByteArray &method, const QString &route, const QByteArray &body,
        const QByteArray &token)
    {
        return http(method, QUrl(m_world->relayUrl(u"/connect/"_s).toString() + route), body,
            {{"Authorization", "Bearer " + token}});
    }
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
    Wire::LoginBegun begin(bool asksAgain = false)
    {
        const auto answer = ask("POST", u"login"_s, Wire::encode(Wire::BeginLogin{asksAgain}));
        return Wire::decodeLoginBegun(answer.body).value_or(Wire::LoginBegun{});
    }
    Wire::LoginProgress progress(const QString &attempt)
    {
        const auto answer = ask("GET", u"login?id="_s + attempt);
        return Wire::decodeLoginProgress(answer.body).value_or(Wire::LoginProgress{});
    }
    QList<FacebookLogin> logins()
    {
        return Wire::decodeLogins(ask("GET", u"logins"_s).body).value_or(Wire::Logins{}).logins;
    }
    // Where the dialog leads; not gone to yet. Without those ticks, whatever they stand for.
    QUrl returnOf(
        const Wire::LoginBegun &begun, const QString &person = {}, const QStringList &unticked = {})
    {
        DialogBrowser browser;
        browser.stopAt(begun.returnUrl);
        browser.open(begun.url);
        if (!person.isEmpty() && !browser.press(person))
            return {};
        for (int page = 0; page < 3 && !browser.isStopped() && !unticked.isEmpty(); ++page) {
            for (const QString &tick : unticked)
                browser.setTick(tick, false);
            browser.press(browser.buttons().value(0));
        }
        browser.goThrough();
        return browser.isStopped() ? browser.url() : QUrl();
    }
    Wire::LoginProgress logIn(
        const QString &person = {}, const QStringList &unticked = {}, bool asksAgain = false)
    {
        const auto begun = begin(asksAgain);
        http("GET", returnOf(begun, person, unticked));
        return progress(begun.attemptId);
    }
    void control(const QString &route, const QJsonObject &body)
    {
        const auto answer
            = http("POST", QUrl(m_world->sandboxUrl(u"/_sandbox/"_s).toString() + route),
                QJsonDocument(body).toJson(), {{"Content-Type", "application/json"}});
        QCOMPARE(answer.status, 200);
    }
    Wire::PageOffer offerFor(const QString &login)
    {
        return Wire::decodePageOffer(ask("GET", u"pages?login="_s + login).body)
            .value_or(Wire::PageOffer{});
    }
    static OfferedPage pageIn(const Wire::PageOffer &offer, const QString &id)
    {
        for (const OfferedPage &page : offer.pages) {
            if (page.id.value == id)
                return page;
        }
        return {};
    }
    Wire::PagesConnected connectPages(const Wire::ConnectPages &chosen)
    {
        return Wire::decodePagesConnected(ask("POST", u"pages"_s, Wire::encode(chosen)).body)
            .value_or(Wire::PagesConnected{});
    }
    bool hasMessage(const QString &text)
    {
        const auto lines = m_world->lines({u"export"_s});
        return std::any_of(lines.begin(), lines.end(),
            [&text](const QJsonObject &line) { return line.value(u"text"_s) == text; });
    }

    std::unique_ptr<World> m_world;
    QByteArray m_admin;
};

QTEST_GUILESS_MAIN(TestConnect)
#include "tst_connect.moc"
