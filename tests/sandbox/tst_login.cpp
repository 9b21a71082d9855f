// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/formclient.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QSet>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

const QString Lena = u"Continue as Lena"_s;
const QString Idris = u"Continue as Idris"_s;
const QString AppToken = u"330011%7Csandbox-app-secret"_s;
const QString Secret = u"sandbox-app-secret"_s;
constexpr qint64 HourMs = 3'600'000;

} // namespace

// The login as an app sees it, over plain HTTP, from the dialog's address to the Page token.
class LoginTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_sandbox.reset(); }
    void theWholeWay();
    void eachStepCanBeCancelled();
    void backKeepsWhatWasChosen();
    void onlyTickedPagesAreGiven();
    void declinedPermissionsAreAskedAgainOnDemand();
    void aConfigurationIsAllOrNothing();
    void pagesOfAPortfolioTakeAPermissionMore();
    void tokensDifferByPersonAndLogin();
    void tokensInTheFragment();
    void stateComesBackUnchanged();
    void registeredAddressesAreMatchedExactly_data();
    void registeredAddressesAreMatchedExactly();
    void wrongRequestsGetAPageAndNoRedirect_data();
    void wrongRequestsGetAPageAndNoRedirect();
    void codesAreGoodOnce();
    void wrongExchanges_data();
    void wrongExchanges();
    void tokensExpireByTheSandboxsClock();
    void tokensOutliveARestart();
    void forgedTokensAreNone();

private:
    QString code(FormClient &client, const QString &person = u"Continue as Omar"_s,
        const QMap<QString, QString> &parameters = {});
    HttpAnswer exchange(const QString &code, const QString &redirectUri = FormClient::RedirectUri,
        const QString &secret = Secret);
    QString logIn(const QString &person = u"Continue as Omar"_s,
        const QMap<QString, QString> &parameters = {});
    QString longLived(const QString &token);
    QJsonObject read(const QString &path, const QString &token);
    QJsonArray accounts(const QString &token)
    {
        return read(u"/v26.0/me/accounts?"_s, token)[u"data"_s].toArray();
    }
    QJsonObject debug(const QString &token);
    void advance(qint64 ms) { m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, ms}}); }

    WebhookReceiver m_receiver;
    std::unique_ptr<SandboxProcess> m_sandbox;
};

void LoginTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_sandbox = std::make_unique<SandboxProcess>(m_receiver.url());
}

QString LoginTest::code(
    FormClient &client, const QString &person, const QMap<QString, QString> &parameters)
{
    client.open(parameters);
    return client.passBy(person) ? client.returned(u"code"_s) : QString();
}

HttpAnswer LoginTest::exchange(
    const QString &code, const QString &redirectUri, const QString &secret)
{
    return m_sandbox->get(
        u"/v26.0/oauth/access_token?client_id=330011&client_secret=%1&code=%2&redirect_uri=%3"_s
            .arg(secret, code, QString::fromLatin1(QUrl::toPercentEncoding(redirectUri))));
}

QString LoginTest::logIn(const QString &person, const QMap<QString, QString> &parameters)
{
    FormClient client(*m_sandbox);
    return exchange(code(client, person, parameters)).json()[u"access_token"_s].toString();
}

QString LoginTest::longLived(const QString &token)
{
    return m_sandbox
        ->get(u"/oauth/access_token?grant_type=fb_exchange_token&client_id=330011&client_secret=%1"
              "&fb_exchange_token=%2"_s.arg(Secret, token))
        .json()[u"access_token"_s]
        .toString();
}

QJsonObject LoginTest::read(const QString &path, const QString &token)
{
    return m_sandbox->get(path + u"&access_token="_s + token).json();
}

QJsonObject LoginTest::debug(const QString &token)
{
    return read(u"/debug_token?input_token="_s + token, AppToken)[u"data"_s].toObject();
}

void LoginTest::theWholeWay()
{
    FormClient client(*m_sandbox);
    client.open({});
    QCOMPARE(client.buttons(), (QStringList{u"Continue as Omar"_s, Lena, Idris, u"Cancel"_s}));
    QVERIFY(client.passBy());
    QCOMPARE(client.returned(u"state"_s), u"8f2c"_s);
    QCOMPARE(client.returned().fragment(), u"_=_"_s);
    const QJsonObject answer = exchange(client.returned(u"code"_s)).json();
    QCOMPARE(answer[u"token_type"_s].toString(), u"bearer"_s);
    QCOMPARE(answer[u"expires_in"_s].toInt(), 7200);

    const QString token = longLived(answer[u"access_token"_s].toString());
    QCOMPARE(read(u"/me?fields=id,name"_s, token),
        (QJsonObject{{u"id"_s, u"5511"_s}, {u"name"_s, u"Omar Sayed"_s}}));
    const auto pages = read(
        u"/me/accounts?fields=id,name,category,tasks,access_token,picture{url}"_s, token)[u"data"_s]
                           .toArray();
    QCOMPARE(pages.size(), 2);
    QCOMPARE(pages[0][u"name"_s].toString(), u"Bloom Bakery"_s);
    QVERIFY(pages[0][u"tasks"_s].toArray().contains(u"MESSAGING"_s));
    const QString picture = pages[0][u"picture"_s][u"data"_s][u"url"_s].toString();
    QVERIFY(m_sandbox->get(picture).body.startsWith("\x89PNG"));

    const QString page = pages[0][u"access_token"_s].toString();
    QCOMPARE(
        read(u"/v26.0/70044?fields=access_token"_s, token)[u"access_token"_s].toString(), page);
    const QJsonObject facts = debug(page);
    QCOMPARE(facts[u"type"_s].toString(), u"PAGE"_s);
    QCOMPARE(facts[u"profile_id"_s].toString(), u"70044"_s);
    QCOMPARE(facts[u"user_id"_s].toString(), u"5511"_s);
    QCOMPARE(facts[u"expires_at"_s].toInteger(), 0);
    QCOMPARE(facts[u"data_access_expires_at"_s].toInteger() - facts[u"issued_at"_s].toInteger(),
        90 * 86'400);
    QVERIFY(facts[u"scopes"_s].toArray().contains(u"pages_messaging"_s));
    m_sandbox->write(u"24000000000000017"_s, u"Open?"_s);
    QCOMPARE(m_sandbox
                 ->post(u"/v26.0/me/messages?access_token="_s + page,
                     R"({"recipient":{"id":"24000000000000017"},"messaging_type":"RESPONSE",)"
                     R"("message":{"text":"Until six."}})",
                     "application/json")
                 .status,
        200);
}

void LoginTest::eachStepCanBeCancelled()
{
    for (int pages = 0; pages < 4; ++pages) {
        FormClient client(*m_sandbox);
        client.open({});
        for (int i = 0; i < pages; ++i)
            QVERIFY(client.press(client.buttons().constFirst()));
        QVERIFY(client.returned().isEmpty());
        QVERIFY(client.press(u"Cancel"_s));
        QCOMPARE(client.returned(u"error"_s), u"access_denied"_s);
        QCOMPARE(client.returned(u"error_reason"_s), u"user_denied"_s);
        QVERIFY(!client.returned(u"error_description"_s).isEmpty());
        QCOMPARE(client.returned(u"state"_s), u"8f2c"_s);
        QCOMPARE(client.returned(u"code"_s), QString());
    }
    const auto person = m_sandbox->get(u"/_sandbox/people/5511"_s).json();
    QVERIFY(!person.contains(u"permissions"_s)); // nothing was granted
}

void LoginTest::backKeepsWhatWasChosen()
{
    FormClient client(*m_sandbox);
    client.open({});
    QVERIFY(client.press(u"Continue as Omar"_s));
    QVERIFY(client.isTicked(u"page_70044"_s) && client.isTicked(u"page_70055"_s));
    client.tick(u"page_70055"_s, false);
    QVERIFY(client.press(u"Continue"_s));
    client.tick(u"permission_business_management"_s, false);
    QVERIFY(client.press(u"Continue"_s));
    QVERIFY(client.buttons().contains(u"Connect"_s));
    QVERIFY(!client.text().contains(u"Harbour Bikes"_s));
    QVERIFY(client.press(u"Back"_s));
    QVERIFY(client.isTicked(u"permission_pages_messaging"_s));
    QVERIFY(!client.isTicked(u"permission_business_management"_s));
    QVERIFY(client.press(u"Back"_s));
    QVERIFY(client.isTicked(u"page_70044"_s) && !client.isTicked(u"page_70055"_s));
    QVERIFY(client.press(u"Back"_s));
    QVERIFY(client.buttons().contains(Lena));
}

void LoginTest::onlyTickedPagesAreGiven()
{
    FormClient client(*m_sandbox);
    client.open({});
    QVERIFY(client.press(u"Continue as Omar"_s));
    client.tick(u"page_70044"_s, false);
    QVERIFY(client.passBy(u"Continue"_s));
    const QString token = exchange(client.returned(u"code"_s)).json()[u"access_token"_s].toString();
    QCOMPARE(accounts(token).size(), 1);
    QCOMPARE(accounts(token)[0][u"id"_s].toString(), u"70055"_s);
    QCOMPARE(read(u"/70044?fields=access_token"_s, token)[u"error"_s][u"code"_s].toInt(), 10);
    for (const QJsonValue &scope : debug(token)[u"granular_scopes"_s].toArray()) {
        const bool isForPages = scope[u"scope"_s].toString() != "business_management"_L1;
        QCOMPARE(
            scope[u"target_ids"_s].toArray(), isForPages ? QJsonArray{u"70055"_s} : QJsonArray());
    }
    // The next login chooses afresh.
    QCOMPARE(accounts(logIn()).size(), 2);
}

void LoginTest::declinedPermissionsAreAskedAgainOnDemand()
{
    const QString box = u"permission_pages_messaging"_s;
    FormClient client(*m_sandbox);
    client.open({});
    QVERIFY(client.press(u"Continue as Omar"_s));
    QVERIFY(client.press(u"Continue"_s));
    client.tick(box, false);
    QVERIFY(client.passBy(u"Continue"_s));
    const QString token = exchange(client.returned(u"code"_s)).json()[u"access_token"_s].toString();
    const auto status = [&] {
        const auto all = read(u"/me/permissions/pages_messaging?"_s, token)[u"data"_s];
        return all[0][u"status"_s].toString();
    };
    QCOMPARE(status(), u"declined"_s);
    const QString page = accounts(token)[0][u"access_token"_s].toString();
    const HttpAnswer sent = m_sandbox->post(u"/me/messages?access_token="_s + page,
        R"({"recipient":{"id":"24000000000000017"},"message":{"text":"x"}})", "application/json");
    QCOMPARE(sent.code(), 200);
    QCOMPARE(read(u"/me/conversations?"_s, page)[u"error"_s][u"code"_s].toInt(), 200);

    // It is silently left out ...
    client.open({});
    QVERIFY(client.press(u"Continue as Omar"_s));
    QVERIFY(client.press(u"Continue"_s));
    QVERIFY(!client.has(box) && client.buttons().contains(u"Connect"_s));
    QVERIFY(client.press(u"Connect"_s));
    QCOMPARE(status(), u"declined"_s);
    // ... until it is asked for again.
    client.open({{u"auth_type"_s, u"rerequest"_s}});
    QVERIFY(client.press(u"Continue as Omar"_s));
    QVERIFY(client.press(u"Continue"_s));
    QVERIFY(client.isTicked(box) && !client.has(u"permission_pages_show_list"_s));
    QVERIFY(client.passBy(u"Continue"_s));
    QCOMPARE(status(), u"granted"_s);
}

void LoginTest::aConfigurationIsAllOrNothing()
{
    FormClient client(*m_sandbox);
    client.open({{u"config_id"_s, u"660011"_s}, {u"scope"_s, QString()}});
    QVERIFY(client.press(u"Continue as Omar"_s));
    QVERIFY(client.press(u"Continue"_s));
    QVERIFY(!client.has(u"permission_pages_messaging"_s));
    QVERIFY(client.text().contains(u"pages_messaging"_s));
    QVERIFY(client.passBy(u"Continue"_s));
    const QString token = exchange(client.returned(u"code"_s)).json()[u"access_token"_s].toString();
    const QJsonArray scopes = debug(token)[u"scopes"_s].toArray();
    for (const auto &permission : {u"pages_show_list"_s, u"pages_messaging"_s,
             u"pages_manage_metadata"_s, u"pages_read_engagement"_s, u"business_management"_s})
        QVERIFY2(scopes.contains(permission), qPrintable(permission));
}

void LoginTest::pagesOfAPortfolioTakeAPermissionMore()
{
    const QString without = logIn(Idris, {{u"scope"_s, u"pages_show_list pages_messaging"_s}});
    QCOMPARE(accounts(without).size(), 0);
    QCOMPARE(read(u"/me/businesses?"_s, without)[u"error"_s][u"code"_s].toInt(), 200);
    const QString with = logIn(Idris);
    const QJsonArray pages = accounts(with);
    QCOMPARE(pages.size(), 1);
    QCOMPARE(pages[0][u"id"_s].toString(), u"70143"_s);
    QVERIFY(pages[0][u"tasks"_s].toArray().contains(u"PROFILE_PLUS_MESSAGING"_s));
    QCOMPARE(read(u"/me/businesses?"_s, with)[u"data"_s][0][u"name"_s].toString(),
        u"Copper Kettle Group"_s);
}

void LoginTest::tokensDifferByPersonAndLogin()
{
    QSet<QString> tokens;
    for (const auto &person : {u"Continue as Omar"_s, Lena, u"Continue as Omar"_s})
        tokens.insert(logIn(person));
    QCOMPARE(tokens.size(), 3);
    QVERIFY(!tokens.contains(QString()));
    // Lena may only look at one of her Pages, and gets no token of it.
    const QJsonArray pages = accounts(logIn(Lena));
    QCOMPARE(pages.size(), 2);
    QCOMPARE(pages[0][u"tasks"_s].toArray(), QJsonArray{u"ANALYZE"_s});
    QVERIFY(!pages[0].toObject().contains(u"access_token"_s));
    QVERIFY(pages[1].toObject().contains(u"access_token"_s));
}

void LoginTest::tokensInTheFragment()
{
    FormClient client(*m_sandbox);
    client.open({{u"response_type"_s, u"token,granted_scopes"_s}});
    QVERIFY(client.passBy());
    QVERIFY(!client.returned().hasQuery());
    const QUrlQuery answer(client.returned().fragment(QUrl::FullyEncoded));
    QCOMPARE(answer.queryItemValue(u"expires_in"_s), u"7200"_s);
    QCOMPARE(answer.queryItemValue(u"state"_s), u"8f2c"_s);
    QVERIFY(answer.queryItemValue(u"granted_scopes"_s, QUrl::FullyDecoded)
                .contains("pages_messaging"_L1));
    QCOMPARE(accounts(answer.queryItemValue(u"access_token"_s)).size(), 2);
}

void LoginTest::stateComesBackUnchanged()
{
    const QString state = u"a&b=c d+e%20\"<é>'#/?"_s;
    const QString address = u"https://relay.example/cb?x=1&y=a%26b"_s;
    FormClient client(*m_sandbox);
    client.open({{u"state"_s, state}, {u"redirect_uri"_s, address}});
    QVERIFY(client.passBy());
    QCOMPARE(client.returned(u"state"_s), state);
    QCOMPARE(client.returned(u"x"_s), u"1"_s);
    QCOMPARE(client.returned(u"y"_s), u"a&b"_s);
    QCOMPARE(exchange(client.returned(u"code"_s), address).status, 200);
}

void LoginTest::registeredAddressesAreMatchedExactly_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isAccepted");
    const QString right = u"https://relay.example/oauth/callback?team=1"_s;
    QTest::newRow("the same") << right << true;
    QTest::newRow("the second") << u"http://127.0.0.1:8480/oauth/callback"_s << true;
    QTest::newRow("without the query") << u"https://relay.example/oauth/callback"_s << false;
    QTest::newRow("more query") << right + u"&next=https://evil.example"_s << false;
    QTest::newRow("slash at the end") << right + u'/' << false;
    QTest::newRow("fragment") << right + u"#x"_s << false;
    QTest::newRow("other case") << u"https://relay.example/OAuth/callback?team=1"_s << false;
    QTest::newRow("host in capitals") << u"https://RELAY.example/oauth/callback?team=1"_s << false;
    QTest::newRow("without tls") << u"http://relay.example/oauth/callback?team=1"_s << false;
    QTest::newRow("port") << u"https://relay.example:443/oauth/callback?team=1"_s << false;
    QTest::newRow("user info") << u"https://relay.example@evil.example/oauth/callback?team=1"_s
                               << false;
    QTest::newRow("longer host") << u"https://relay.example.evil.example/oauth/callback?team=1"_s
                                 << false;
    QTest::newRow("dots") << u"https://relay.example/x/../oauth/callback?team=1"_s << false;
    QTest::newRow("escaped") << u"https://relay.example/oauth%2Fcallback?team=1"_s << false;
    QTest::newRow("space") << u' ' + right << false;
}

void LoginTest::registeredAddressesAreMatchedExactly()
{
    QFETCH(QString, address);
    QFETCH(bool, isAccepted);
    m_sandbox->control(u"app"_s,
        {{u"redirectUris"_s,
            QJsonArray{u"https://relay.example/oauth/callback?team=1"_s,
                u"http://127.0.0.1:8480/oauth/callback"_s}}});
    FormClient client(*m_sandbox);
    client.open({{u"redirect_uri"_s, address}});
    QCOMPARE(client.status(), isAccepted ? 200 : 400);
    QCOMPARE(client.passBy(), isAccepted);
    QCOMPARE(client.returned().isEmpty(), !isAccepted);
}

void LoginTest::wrongRequestsGetAPageAndNoRedirect_data()
{
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QString>("value");
    QTest::newRow("another app") << u"client_id"_s << u"1"_s;
    QTest::newRow("no app") << u"client_id"_s << QString();
    QTest::newRow("no address") << u"redirect_uri"_s << QString();
    QTest::newRow("script") << u"redirect_uri"_s << u"javascript:alert(1)"_s;
    QTest::newRow("data") << u"redirect_uri"_s << u"data:text/html,x"_s;
    QTest::newRow("file") << u"redirect_uri"_s << u"file:///etc/passwd"_s;
    QTest::newRow("like http") << u"redirect_uri"_s << u"httpx://relay.example/"_s;
    QTest::newRow("no host") << u"redirect_uri"_s << u"https:///callback"_s;
    QTest::newRow("relative") << u"redirect_uri"_s << u"//relay.example/"_s;
    QTest::newRow("header") << u"redirect_uri"_s << u"https://relay.example/\r\nX: y"_s;
    QTest::newRow("unknown scope") << u"scope"_s << u"pages_messaging,<b>all</b>"_s;
    QTest::newRow("unknown response") << u"response_type"_s << u"password"_s;
}

void LoginTest::wrongRequestsGetAPageAndNoRedirect()
{
    QFETCH(QString, parameter);
    QFETCH(QString, value);
    FormClient client(*m_sandbox);
    client.open({{parameter, value}});
    QCOMPARE(client.status(), 400);
    QCOMPARE(client.returned(), QUrl());
    QCOMPARE(client.buttons(), QStringList());
    QVERIFY(!client.text().contains("<b>"_L1));
}

void LoginTest::codesAreGoodOnce()
{
    FormClient client(*m_sandbox);
    const QString once = code(client);
    QCOMPARE(exchange(once, FormClient::RedirectUri, u"wrong"_s).code(), 1);
    QCOMPARE(exchange(once).status, 200); // a wrong secret has not used it up
    QCOMPARE(exchange(once).subcode(), 36009);

    const QString elsewhere = code(client);
    QCOMPARE(exchange(elsewhere, FormClient::RedirectUri + u'/').subcode(), 36008);
    QCOMPARE(exchange(elsewhere).subcode(), 36009); // whoever tries has used it up

    const QString late = code(client);
    advance(600'000);
    QCOMPARE(exchange(late).subcode(), 36007);

    const QString removed = code(client);
    m_sandbox->control(u"people/5511/tokens"_s, {{u"subcode"_s, 458}});
    QCOMPARE(exchange(removed).subcode(), 36009);
}

void LoginTest::wrongExchanges_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("code");
    const QString app = u"client_id=330011&client_secret=sandbox-app-secret"_s;
    QTest::newRow("another app") << u"client_id=1&client_secret=sandbox-app-secret&code=x"_s << 101;
    QTest::newRow("no secret") << u"client_id=330011&code=x"_s << 1;
    QTest::newRow("empty secret") << u"client_id=330011&client_secret=&code=x"_s << 1;
    QTest::newRow("no code") << app + u"&redirect_uri=https://relay.example/"_s << 100;
    QTest::newRow("no address") << app + u"&code=x"_s << 100;
    QTest::newRow("made-up code") << app + u"&code=AQBx&redirect_uri=https://relay.example/"_s
                                  << 100;
    QTest::newRow("unknown grant") << app + u"&grant_type=password"_s << 100;
    QTest::newRow("made-up token")
        << app + u"&grant_type=fb_exchange_token&fb_exchange_token=EAAx"_s << 190;
    QTest::newRow("a Page's token")
        << app + u"&grant_type=fb_exchange_token&fb_exchange_token=sandbox-page-token-70044"_s
        << 190;
}

void LoginTest::wrongExchanges()
{
    QFETCH(QString, query);
    const HttpAnswer answer = m_sandbox->get(u"/v26.0/oauth/access_token?"_s + query);
    QCOMPARE(answer.status, 400);
    QTEST(answer.code(), "code");
}

void LoginTest::tokensExpireByTheSandboxsClock()
{
    const auto subcode = [&](const QString &token) {
        return read(u"/me?"_s, token)[u"error"_s][u"error_subcode"_s].toInt();
    };
    const QString shortLived = logIn();
    const QString lasting = longLived(shortLived);
    const QString hourly = accounts(shortLived)[0][u"access_token"_s].toString();
    const QString endless = accounts(lasting)[0][u"access_token"_s].toString();
    QCOMPARE(debug(hourly)[u"expires_at"_s].toInteger() - debug(hourly)[u"issued_at"_s].toInteger(),
        3600);
    advance(HourMs);
    QCOMPARE(subcode(hourly), 463);
    QCOMPARE(subcode(shortLived), 0);
    advance(HourMs);
    QCOMPARE(subcode(shortLived), 463);
    QCOMPARE(debug(shortLived)[u"error"_s][u"subcode"_s].toInt(), 463);
    QCOMPARE(longLived(shortLived), QString()); // too late for that
    advance(60 * 24 * HourMs);
    QCOMPARE(subcode(lasting), 463);
    QCOMPARE(subcode(endless), 0);
    QVERIFY(debug(endless)[u"is_valid"_s].toBool());
}

void LoginTest::tokensOutliveARestart()
{
    const QString page = accounts(longLived(logIn(Lena)))[1][u"access_token"_s].toString();
    m_sandbox.reset();
    m_sandbox = std::make_unique<SandboxProcess>(m_receiver.url());
    QCOMPARE(read(u"/me?fields=name"_s, page)[u"name"_s].toString(), u"Tidewater Ceramics"_s);
    QVERIFY(debug(page)[u"scopes"_s].toArray().contains(u"pages_messaging"_s));
    m_sandbox->control(u"people/5522/tokens"_s, {{u"subcode"_s, 460}});
    QCOMPARE(debug(page)[u"error"_s][u"subcode"_s].toInt(), 460);
}

void LoginTest::forgedTokensAreNone()
{
    const QString token = logIn();
    for (const qsizetype at : {0, 6, 10, int(token.size()) / 2, int(token.size()) - 4}) {
        QString forged = token;
        forged[at] = forged[at] == u'A' ? u'B' : u'A';
        QCOMPARE(read(u"/me?"_s, forged)[u"error"_s][u"code"_s].toInt(), 190);
    }
    for (const QString &none : {u"EAASBX"_s, token.left(20), token + u"AAAA"_s, token + u"!"_s})
        QCOMPARE(read(u"/me?"_s, none)[u"error"_s][u"code"_s].toInt(), 190);
}

QTEST_GUILESS_MAIN(LoginTest)
#include "tst_login.moc"
