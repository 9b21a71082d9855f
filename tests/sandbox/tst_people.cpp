// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/formclient.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

const QString AppToken = u"330011%7Csandbox-app-secret"_s;
const QString PageToken = u"sandbox-page-token-70044"_s;
const QString PersonToken = u"sandbox-user-token"_s;

} // namespace

// What happens after the login: people change their minds and roles, and Meta tells the app.
class PeopleTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_sandbox.reset(); }
    void deadTokensSayWhy_data();
    void deadTokensSayWhy();
    void oneUsersTokensDieAlone();
    void aNewLoginBringsNewTokens();
    void onePageCanDieAlone();
    void lostRolesAndTasks();
    void permissionsCanBeLimitedToPages();
    void permissionsAreRevokedByCall();
    void missingPermissionsNameTheirCode_data();
    void missingPermissionsNameTheirCode();
    void removingTheAppIsToldToIt();
    void dataDeletionIsAskedFor();
    void unpublishedPagesGetNoMessages();
    void wrongControlCallsNameTheField_data();
    void wrongControlCallsNameTheField();

private:
    QString logIn();
    QJsonObject read(const QString &path, const QString &token);
    int subcode(const QString &token)
    {
        return read(u"/me?"_s, token)[u"error"_s][u"error_subcode"_s].toInt();
    }
    QJsonObject debug(const QString &token);
    QString pageToken(const QString &user, int index);
    QJsonObject change(const QString &action, const QJsonObject &body)
    {
        return m_sandbox->control(u"people/5511/"_s + action, body);
    }
    HttpAnswer send(const QString &token);
    QJsonObject signedPayload(const WebhookReceiver::Post &post);

    WebhookReceiver m_receiver;
    WebhookReceiver m_app;
    std::unique_ptr<SandboxProcess> m_sandbox;
};

void PeopleTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_app.forget();
    m_sandbox = std::make_unique<SandboxProcess>(
        m_receiver.url(), QStringList{u"--deauthorize-url"_s, m_app.url().toString()});
}

QString PeopleTest::logIn()
{
    FormClient client(*m_sandbox);
    client.open({});
    if (!client.passBy())
        return {};
    return m_sandbox
        ->get(u"/oauth/access_token?client_id=330011&client_secret=sandbox-app-secret&code=%1"
              "&redirect_uri=%2"_s.arg(client.returned(u"code"_s), FormClient::RedirectUri))
        .json()[u"access_token"_s]
        .toString();
}

QJsonObject PeopleTest::read(const QString &path, const QString &token)
{
    return m_sandbox->get(path + u"&access_token="_s + token).json();
}

QJsonObject PeopleTest::debug(const QString &token)
{
    return read(u"/debug_token?input_token="_s + token, AppToken)[u"data"_s].toObject();
}

QString PeopleTest::pageToken(const QString &user, int index)
{
    return read(u"/me/accounts?"_s, user)[u"data"_s][index][u"access_token"_s].toString();
}

HttpAnswer PeopleTest::send(const QString &token)
{
    m_sandbox->write(u"24000000000000017"_s, u"Hello?"_s);
    return m_sandbox->post(u"/me/messages?access_token="_s + token,
        R"({"recipient":{"id":"24000000000000017"},"message":{"text":"Hello."}})",
        "application/json");
}

// Empty when the signature is wrong.
QJsonObject PeopleTest::signedPayload(const WebhookReceiver::Post &post)
{
    constexpr auto Base64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    const QByteArray field = "signed_request=";
    if (!post.body.startsWith(field))
        return {};
    const auto parts = QByteArray::fromPercentEncoding(post.body.mid(field.size())).split('.');
    const QByteArray signature = QMessageAuthenticationCode::hash(
        parts.value(1), "sandbox-app-secret", QCryptographicHash::Sha256);
    if (parts.size() != 2 || parts.at(0) != signature.toBase64(Base64))
        return {};
    return QJsonDocument::fromJson(QByteArray::fromBase64(parts.at(1), Base64)).object();
}

void PeopleTest::deadTokensSayWhy_data()
{
    QTest::addColumn<int>("subcode");
    for (const int subcode : {458, 459, 460, 463, 464, 467, 492})
        QTest::addRow("%d", subcode) << subcode;
}

void PeopleTest::deadTokensSayWhy()
{
    QFETCH(int, subcode);
    const QString user = logIn();
    const QString page = pageToken(user, 0);
    change(u"tokens"_s, {{u"subcode"_s, subcode}});
    for (const QString &token : {user, page, PageToken, PersonToken}) {
        const HttpAnswer answer = m_sandbox->get(u"/me?access_token="_s + token);
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.code(), 190);
        QCOMPARE(answer.subcode(), subcode);
        QCOMPARE(answer.json()[u"error"_s][u"type"_s].toString(), u"OAuthException"_s);
        const QJsonObject facts = debug(token);
        QCOMPARE(facts[u"is_valid"_s], QJsonValue(false));
        QCOMPARE(facts[u"error"_s][u"code"_s].toInt(), 190);
        QCOMPARE(facts[u"error"_s][u"subcode"_s].toInt(), subcode);
        QCOMPARE(facts[u"user_id"_s].toString(), u"5511"_s);
    }
    QCOMPARE(send(page).subcode(), subcode);
    change(u"tokens"_s, {{u"subcode"_s, 0}});
    QCOMPARE(this->subcode(page), 0);
    QCOMPARE(send(page).status, 200);
}

void PeopleTest::oneUsersTokensDieAlone()
{
    m_sandbox->control(u"people/5522/tokens"_s, {{u"subcode"_s, 460}});
    QCOMPARE(subcode(PageToken), 0);
    QCOMPARE(send(PageToken).status, 200);
}

void PeopleTest::aNewLoginBringsNewTokens()
{
    const QString before = logIn();
    change(u"tokens"_s, {{u"subcode"_s, 460}});
    const QString after = logIn();
    QCOMPARE(subcode(before), 460);
    QCOMPARE(subcode(after), 0);
    QCOMPARE(subcode(pageToken(after, 0)), 0);
}

void PeopleTest::onePageCanDieAlone()
{
    const QString user = logIn();
    const QString bakery = pageToken(user, 0);
    const QString bikes = pageToken(user, 1);
    change(u"tokens"_s, {{u"subcode"_s, 492}, {u"pageId"_s, u"70044"_s}});
    QCOMPARE(subcode(bakery), 492);
    QCOMPARE(subcode(bikes), 0);
    QCOMPARE(subcode(user), 0);
}

void PeopleTest::lostRolesAndTasks()
{
    const QString user = logIn();
    const QString page = pageToken(user, 0);
    QCOMPARE(send(page).status, 200);
    change(u"tasks"_s,
        {{u"pageId"_s, u"70044"_s}, {u"tasks"_s, QJsonArray{u"MODERATE"_s, u"ANALYZE"_s}}});
    QCOMPARE(send(page).code(), 200);
    QCOMPARE(read(u"/me/conversations?"_s, page)[u"error"_s][u"code"_s].toInt(), 200);
    QCOMPARE(subcode(page), 0);
    change(u"tasks"_s, {{u"pageId"_s, u"70044"_s}, {u"tasks"_s, QJsonArray()}});
    QCOMPARE(subcode(page), 492);
    QCOMPARE(debug(page)[u"is_valid"_s], QJsonValue(false));
    QCOMPARE(read(u"/me/accounts?"_s, user)[u"data"_s].toArray().size(), 1);
    change(u"tasks"_s,
        {{u"pageId"_s, u"70044"_s}, {u"tasks"_s, QJsonArray{u"PROFILE_PLUS_MESSAGING"_s}}});
    QCOMPARE(send(page).status, 200);
}

void PeopleTest::permissionsCanBeLimitedToPages()
{
    const QString user = logIn();
    const QString bakery = pageToken(user, 0);
    change(u"permissions"_s,
        {{u"permission"_s, u"pages_messaging"_s}, {u"status"_s, u"granted"_s},
            {u"pageIds"_s, QJsonArray{u"70055"_s}}});
    QCOMPARE(read(u"/me/accounts?"_s, user)[u"data"_s].toArray().size(), 2);
    QCOMPARE(send(bakery).code(), 200);
    const QJsonArray scopes = debug(user)[u"granular_scopes"_s].toArray();
    QVERIFY(scopes.contains(QJsonObject{
        {u"scope"_s, u"pages_messaging"_s}, {u"target_ids"_s, QJsonArray{u"70055"_s}}}));
    QVERIFY(scopes.contains(QJsonObject{{u"scope"_s, u"pages_show_list"_s}}));
    change(
        u"permissions"_s, {{u"permission"_s, u"pages_messaging"_s}, {u"status"_s, u"granted"_s}});
    QCOMPARE(send(bakery).status, 200);
}

void PeopleTest::permissionsAreRevokedByCall()
{
    const QString user = logIn();
    const QString page = pageToken(user, 0);
    const auto remove = [&](const QString &path, const QString &token) {
        return m_sandbox->request("DELETE", path + u"?access_token="_s + token).json();
    };
    const QJsonObject success{{u"success"_s, true}};
    QCOMPARE(remove(u"/v26.0/me/permissions/pages_messaging"_s, user), success);
    QCOMPARE(send(page).code(), 200);
    const auto one = read(u"/5511/permissions/pages_messaging?"_s, user)[u"data"_s];
    QCOMPARE(one[0][u"status"_s].toString(), u"declined"_s);
    QVERIFY(!debug(page)[u"scopes"_s].toArray().contains(u"pages_messaging"_s));
    QCOMPARE(remove(u"/5511/permissions/shoe_size"_s, user)[u"error"_s][u"code"_s].toInt(), 100);
    QCOMPARE(remove(u"/5522/permissions"_s, user)[u"error"_s][u"code"_s].toInt(), 100);
    QCOMPARE(m_app.posts.size(), 0);
    QCOMPARE(remove(u"/5511/permissions"_s, AppToken), success); // the app may, too
    QCOMPARE(subcode(user), 458);
    QCOMPARE(subcode(page), 458);
    QTRY_COMPARE(m_app.posts.size(), 1);
}

void PeopleTest::missingPermissionsNameTheirCode_data()
{
    QTest::addColumn<QString>("permission");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("code");
    QTest::newRow("profile") << u"pages_messaging"_s << "GET"_ba << u"/24000000000000017"_s << 200;
    QTest::newRow("upload") << u"pages_messaging"_s << "POST"_ba << u"/me/message_attachments"_s
                            << 200;
    QTest::newRow("subscription") << u"pages_manage_metadata"_s << "POST"_ba
                                  << u"/70044/subscribed_apps"_s << 10;
    QTest::newRow("subscription read")
        << u"pages_manage_metadata"_s << "GET"_ba << u"/70044/subscribed_apps"_s << 10;
    QTest::newRow("conversations")
        << u"pages_read_engagement"_s << "GET"_ba << u"/me/conversations"_s << 10;
}

void PeopleTest::missingPermissionsNameTheirCode()
{
    QFETCH(QString, permission);
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    change(u"permissions"_s, {{u"permission"_s, permission}, {u"status"_s, u"expired"_s}});
    const QString call = path + u"?access_token="_s + PageToken;
    QTEST(m_sandbox->request(method, call).code(), "code");
    change(u"permissions"_s, {{u"permission"_s, permission}, {u"status"_s, u"granted"_s}});
    const int code = m_sandbox->request(method, call).code();
    QVERIFY(code == 0 || code == 100); // 100: nothing was uploaded, no fields were named
}

void PeopleTest::removingTheAppIsToldToIt()
{
    change(u"tokens"_s, {{u"subcode"_s, 458}});
    QTRY_COMPARE(m_app.posts.size(), 1);
    QCOMPARE(m_app.posts.constFirst().headers.value("content-type"),
        "application/x-www-form-urlencoded"_ba);
    const QJsonObject payload = signedPayload(m_app.posts.constFirst());
    QCOMPARE(payload[u"user_id"_s].toString(), u"5511"_s);
    QCOMPARE(payload[u"algorithm"_s].toString(), u"HMAC-SHA256"_s);
    QVERIFY(payload[u"expires"_s].toInteger() > payload[u"issued_at"_s].toInteger());
    const auto made = [&] { return m_sandbox->get(u"/_sandbox/app"_s).json()[u"callbacks"_s][0]; };
    QTRY_COMPARE(made()[u"status"_s].toInt(), 200);
    QCOMPARE(made()[u"kind"_s].toString(), u"deauthorize"_s);
    // Another subcode removes nothing.
    change(u"tokens"_s, {{u"subcode"_s, 460}});
    QCOMPARE(m_sandbox->get(u"/_sandbox/app"_s).json()[u"callbacks"_s].toArray().size(), 1);
}

void PeopleTest::dataDeletionIsAskedFor()
{
    QVERIFY(change(u"deletion"_s, {})[u"error"_s].toString().contains("--data-deletion-url"_L1));
    m_sandbox->control(u"app"_s, {{u"dataDeletionUrl"_s, m_app.url().toString()}});
    QCOMPARE(change(u"deletion"_s, {}), (QJsonObject{{u"success"_s, true}}));
    QTRY_COMPARE(m_app.posts.size(), 1);
    QCOMPARE(signedPayload(m_app.posts.constFirst())[u"user_id"_s].toString(), u"5511"_s);
    const auto made = [&] { return m_sandbox->get(u"/_sandbox/app"_s).json()[u"callbacks"_s][0]; };
    QTRY_COMPARE(made()[u"answer"_s].toString(), u"EVENT_RECEIVED"_s);
    QCOMPARE(made()[u"kind"_s].toString(), u"dataDeletion"_s);
}

void PeopleTest::unpublishedPagesGetNoMessages()
{
    const QString path = u"/70044?fields=is_published"_s;
    QCOMPARE(read(path, PageToken)[u"is_published"_s], QJsonValue(true));
    m_sandbox->control(u"pages/70044/published"_s, {{u"published"_s, false}});
    QCOMPARE(read(path, PageToken)[u"is_published"_s], QJsonValue(false));
    QCOMPARE(m_sandbox->write(u"24000000000000017"_s, u"Anybody there?"_s), QString());
    m_sandbox->control(u"pages/70044/published"_s, {{u"published"_s, true}});
    QVERIFY(!m_sandbox->write(u"24000000000000017"_s, u"Anybody there?"_s).isEmpty());
}

void PeopleTest::wrongControlCallsNameTheField_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("named");
    QTest::addColumn<int>("status");
    const auto row
        = [](const char *name, const QString &path, const QByteArray &body, const QString &named,
              int status = 400) { QTest::newRow(name) << path << body << named << status; };
    row("nobody", u"people/1/tokens"_s, R"({"subcode":460})", u"person 1"_s, 404);
    row("no such thing", u"people/5511/shoes"_s, "{}", u"shoes"_s, 404);
    row("subcode", u"people/5511/tokens"_s, R"({"subcode":461})", u"subcode:"_s);
    row("no subcode", u"people/5511/tokens"_s, "{}", u"subcode:"_s);
    row("Page of tokens", u"people/5511/tokens"_s, R"({"subcode":460,"pageId":"1"})", u"pageId:"_s);
    row("permission", u"people/5511/permissions"_s, R"({"permission":"x","status":"granted"})",
        u"permission:"_s);
    row("status", u"people/5511/permissions"_s, R"({"permission":"email","status":"maybe"})",
        u"status:"_s);
    row("Pages of a permission", u"people/5511/permissions"_s,
        R"({"permission":"email","status":"granted","pageIds":["70044"]})", u"pageIds:"_s);
    row("Page of tasks", u"people/5511/tasks"_s, R"({"pageId":"1","tasks":[]})", u"pageId:"_s);
    row("no tasks", u"people/5511/tasks"_s, R"({"pageId":"70044"})", u"tasks:"_s);
    row("unknown task", u"people/5511/tasks"_s, R"({"pageId":"70044","tasks":["SING"]})",
        u"SING"_s);
    row("published", u"pages/70044/published"_s, "{}", u"published:"_s);
    row("no such Page", u"pages/1/published"_s, R"({"published":true})", u"Page 1"_s, 404);
    row("address", u"app"_s, R"({"deauthorizeUrl":"ftp://x"})", u"deauthorizeUrl:"_s);
    row("addresses", u"app"_s, R"({"redirectUris":"https://x"})", u"redirectUris:"_s);
}

void PeopleTest::wrongControlCallsNameTheField()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(QString, named);
    const HttpAnswer answer = m_sandbox->post(u"/_sandbox/"_s + path, body, "application/json");
    QTEST(answer.status, "status");
    const QString error = answer.json()[u"error"_s].toString();
    QVERIFY2(error.contains(named), qPrintable(error));
    QVERIFY(m_sandbox->state()[u"pages"_s][0][u"published"_s].toBool());
}

QTEST_GUILESS_MAIN(PeopleTest)
#include "tst_people.moc"
