// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxprocess.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

const QString Amina = u"24000000000000017"_s;
const QString Xiaoming = u"24000000000000073"_s;
const QString BakeryToken = u"access_token=sandbox-page-token-70044"_s;
const QString BikesToken = u"access_token=sandbox-page-token-70055"_s;
const QString UserToken = u"access_token=sandbox-user-token"_s;
const QString AppToken = u"access_token=330011|sandbox-app-secret"_s;

} // namespace

class GraphReadsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() { m_sandbox.reset(); }
    void profile();
    void missingProfiles_data();
    void missingProfiles();
    void pagesAndAccounts();
    void tokensAreExplained();
    void tokensAreGivenOut();
    void wrongCalls_data();
    void wrongCalls();
    void conversationsAreListedInPages();
    void onlyTwentyMessagesHaveDetails();
    void attachmentsAreDescribed();
    void peopleAreMatchedAcrossPages();
    void matchingIsRefused_data();
    void matchingIsRefused();

private:
    WebhookReceiver m_receiver;
    std::unique_ptr<SandboxProcess> m_sandbox;
};

void GraphReadsTest::initTestCase()
{
    m_sandbox = std::make_unique<SandboxProcess>(m_receiver.url());
}

void GraphReadsTest::profile()
{
    const HttpAnswer plain = m_sandbox->get(u"/v26.0/%1?%2"_s.arg(Amina, BakeryToken));
    QCOMPARE(plain.json().keys(),
        (QStringList{u"first_name"_s, u"id"_s, u"last_name"_s, u"profile_pic"_s}));
    const HttpAnswer chosen = m_sandbox->get(
        u"/v26.0/%1?fields=name,locale,timezone,gender&%2"_s.arg(Amina, BakeryToken));
    QCOMPARE(chosen.json(),
        (QJsonObject{{u"id"_s, Amina}, {u"name"_s, u"Amina Mansour"_s}, {u"locale"_s, u"de_DE"_s},
            {u"timezone"_s, 1}, {u"gender"_s, u"female"_s}}));
    const HttpAnswer chinese
        = m_sandbox->get(u"/v26.0/%1?fields=name&%2"_s.arg(Xiaoming, BikesToken));
    QVERIFY(chinese.body.contains(R"(\u738b\u5c0f\u660e)"));
    QCOMPARE(chinese.json()[u"name"_s].toString(), u"王小明"_s);
}

void GraphReadsTest::missingProfiles_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("subcode");
    QTest::newRow("not shared") << u"/v26.0/24000000000004821?"_s + BakeryToken << 100 << 33;
    QTest::newRow("of another Page") << u"/v26.0/%1?%2"_s.arg(Amina, BikesToken) << 100 << 33;
    QTest::newRow("nobody") << u"/v26.0/123?"_s + BakeryToken << 100 << 33;
    QTest::newRow("field that does not exist")
        << u"/v26.0/%1?fields=shoe_size&%2"_s.arg(Amina, BakeryToken) << 100 << 0;
    QTest::newRow("fields that cannot be read")
        << u"/v26.0/%1?fields=name{&%2"_s.arg(Amina, BakeryToken) << 2500 << 0;
    QTest::newRow("no token") << u"/v26.0/"_s + Amina << 104 << 0;
}

void GraphReadsTest::missingProfiles()
{
    QFETCH(QString, path);
    const HttpAnswer answer = m_sandbox->get(path);
    QCOMPARE(answer.status, 400);
    QTEST(answer.code(), "code");
    QTEST(answer.subcode(), "subcode");
}

void GraphReadsTest::pagesAndAccounts()
{
    QCOMPARE(m_sandbox->get(u"/v26.0/me?"_s + BakeryToken).json(),
        (QJsonObject{{u"id"_s, u"70044"_s}, {u"name"_s, u"Bloom Bakery"_s}}));
    QCOMPARE(m_sandbox->get(u"/v26.0/70055?fields=access_token&"_s + UserToken).json(),
        (QJsonObject{{u"id"_s, u"70055"_s}, {u"access_token"_s, u"sandbox-page-token-70055"_s}}));
    QCOMPARE(m_sandbox->get(u"/me?fields=id&"_s + UserToken).json(),
        (QJsonObject{{u"id"_s, u"5511"_s}}));
    const QJsonObject first = m_sandbox->get(u"/v26.0/me/accounts?limit=1&"_s + UserToken).json();
    QCOMPARE(first[u"data"_s].toArray().size(), 1);
    QCOMPARE(first[u"data"_s][0][u"id"_s].toString(), u"70044"_s);
    QVERIFY(first[u"data"_s][0][u"tasks"_s].toArray().contains(u"MESSAGING"_s));
    const QJsonObject second = m_sandbox->get(first[u"paging"_s][u"next"_s].toString()).json();
    QCOMPARE(second[u"data"_s][0][u"name"_s].toString(), u"Harbour Bikes"_s);
    QVERIFY(!second[u"paging"_s].toObject().contains(u"next"_s));
    const auto permissions = m_sandbox->get(u"/me/permissions?"_s + UserToken).json()[u"data"_s];
    QCOMPARE(permissions[0][u"status"_s].toString(), u"granted"_s);
}

void GraphReadsTest::tokensAreExplained()
{
    const auto debug = [&](const QString &token) {
        return m_sandbox->get(u"/debug_token?input_token=%1&%2"_s.arg(token, AppToken))
            .json()[u"data"_s]
            .toObject();
    };
    const QJsonObject page = debug(u"sandbox-page-token-70044"_s);
    QCOMPARE(page[u"type"_s].toString(), u"PAGE"_s);
    QCOMPARE(page[u"profile_id"_s].toString(), u"70044"_s);
    QCOMPARE(page[u"is_valid"_s], QJsonValue(true));
    QCOMPARE(page[u"expires_at"_s].toInt(), 0);
    QVERIFY(page[u"scopes"_s].toArray().contains(u"pages_messaging"_s));
    QCOMPARE(debug(u"sandbox-user-token"_s)[u"type"_s].toString(), u"USER"_s);
    QCOMPARE(debug(u"nonsense"_s)[u"is_valid"_s], QJsonValue(false));
    QCOMPARE(debug(u"nonsense"_s)[u"error"_s][u"code"_s].toInt(), 190);
}

void GraphReadsTest::tokensAreGivenOut()
{
    const QString path = u"/v26.0/oauth/access_token?client_id=330011&client_secret="_s;
    const QJsonObject app
        = m_sandbox->get(path + u"sandbox-app-secret&grant_type=client_credentials"_s).json();
    QCOMPARE(app[u"access_token"_s].toString(), u"330011|sandbox-app-secret"_s);
    const QJsonObject person = m_sandbox
                                   ->get(path
                                       + u"sandbox-app-secret&grant_type=fb_exchange_token"
                                         "&fb_exchange_token=sandbox-user-token"_s)
                                   .json();
    QVERIFY(person[u"expires_in"_s].toInt() > 5'000'000);
    QCOMPARE(m_sandbox->get(path + u"wrong&grant_type=client_credentials"_s).status, 400);
}

void GraphReadsTest::wrongCalls_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("code");
    QTest::newRow("unknown edge") << "GET"_ba << u"/v26.0/me/toys?"_s + BakeryToken << 2500;
    QTest::newRow("three parts") << "GET"_ba << u"/v26.0/me/messages/now?"_s + BakeryToken << 2500;
    QTest::newRow("post to a node") << "POST"_ba << u"/v26.0/70044?"_s + BakeryToken << 100;
    QTest::newRow("delete an edge")
        << "DELETE"_ba << u"/v26.0/me/conversations?"_s + BakeryToken << 100;
    QTest::newRow("no object") << "POST"_ba << u"/v26.0?"_s + BakeryToken << 100;
    QTest::newRow("accounts of a Page")
        << "GET"_ba << u"/v26.0/me/accounts?"_s + BakeryToken << 2500;
    QTest::newRow("conversations with a person's token")
        << "GET"_ba << u"/v26.0/70044/conversations?"_s + UserToken << 190;
    QTest::newRow("deleted by override")
        << "POST"_ba << u"/v26.0/70044?method=delete&"_s + BakeryToken << 100;
}

void GraphReadsTest::wrongCalls()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    const HttpAnswer answer
        = m_sandbox->request(method, path, {}, {{"Content-Type", "application/json"}});
    QCOMPARE(answer.status, 400);
    QTEST(answer.code(), "code");
}

void GraphReadsTest::conversationsAreListedInPages()
{
    for (int i = 0; i < 5; ++i) {
        m_sandbox->control(u"customers/9000000000000000%1/messages"_s.arg(i),
            {{u"pageId"_s, u"70044"_s}, {u"text"_s, u"Message %1"_s.arg(i)},
                {u"name"_s, u"Person %1"_s.arg(i)},
                {u"at"_s, qint64(1'760'000'000'000 + i * 1000)}});
    }
    QString path
        = u"/v26.0/me/"
          u"conversations?limit=2&fields=id,updated_time,snippet,participants,message_count,"
          "messages.limit(1){message,from}&"_s
        + BakeryToken;
    QStringList names;
    QStringList times;
    while (!path.isEmpty()) {
        const QJsonObject page = m_sandbox->get(path).json();
        for (const QJsonValue &each : page[u"data"_s].toArray()) {
            names.append(each[u"participants"_s][u"data"_s][0][u"name"_s].toString());
            times.append(each[u"updated_time"_s].toString());
            QVERIFY(each[u"id"_s].toString().startsWith("t_"_L1));
            const auto message = each[u"messages"_s][u"data"_s][0];
            QCOMPARE(message[u"message"_s], each[u"snippet"_s]);
            QCOMPARE(message[u"from"_s][u"name"_s].toString(), names.last());
        }
        path = page[u"paging"_s][u"next"_s].toString();
    }
    QCOMPARE(names,
        (QStringList{u"Person 4"_s, u"Person 3"_s, u"Person 2"_s, u"Person 1"_s, u"Person 0"_s}));
    QCOMPARE(times.constLast(), u"2025-10-09T08:53:20+0000"_s);
    const QJsonObject one
        = m_sandbox->get(u"/v26.0/me/conversations?user_id=90000000000000003&"_s + BakeryToken)
              .json();
    QCOMPARE(one[u"data"_s].toArray().size(), 1);
    const QString id = one[u"data"_s][0][u"id"_s].toString();
    QCOMPARE(m_sandbox->get(u"/v26.0/%1?fields=message_count&%2"_s.arg(id, BakeryToken))
                 .json()[u"message_count"_s]
                 .toInt(),
        1);
    QCOMPARE(m_sandbox->get(u"/v26.0/%1?%2"_s.arg(id, BikesToken)).code(), 100);
}

void GraphReadsTest::onlyTwentyMessagesHaveDetails()
{
    const QString psid = u"91000000000000001"_s;
    QStringList mids;
    for (int i = 0; i < 22; ++i)
        mids.append(m_sandbox->write(psid, u"Message %1"_s.arg(i)));
    const QJsonObject list
        = m_sandbox->get(u"/v26.0/me/conversations?user_id=%1&%2"_s.arg(psid, BakeryToken)).json();
    const QString id = list[u"data"_s][0][u"id"_s].toString();
    QStringList seen;
    int detailed = 0;
    QString path = u"/v26.0/%1/messages?fields=id,message,from&limit=9&%2"_s.arg(id, BakeryToken);
    while (!path.isEmpty()) {
        const QJsonObject page = m_sandbox->get(path).json();
        for (const QJsonValue &each : page[u"data"_s].toArray()) {
            seen.prepend(each[u"id"_s].toString());
            detailed += each.toObject().contains(u"message"_s) ? 1 : 0;
        }
        path = page[u"paging"_s][u"next"_s].toString();
    }
    QCOMPARE(seen, mids);
    QCOMPARE(detailed, 20);
    const auto read = [&](const QString &mid) {
        return m_sandbox->get(
            u"/v26.0/%1?fields=message,created_time,from,to&%2"_s.arg(mid, BakeryToken));
    };
    QCOMPARE(read(mids.at(1)).code(), 9000001);
    QCOMPARE(read(mids.at(2)).json()[u"message"_s].toString(), u"Message 2"_s);
    QCOMPARE(
        read(mids.at(2)).json()[u"to"_s][u"data"_s][0][u"name"_s].toString(), u"Bloom Bakery"_s);
}

void GraphReadsTest::attachmentsAreDescribed()
{
    const QJsonObject written = m_sandbox->control(u"customers/%1/messages"_s.arg(Amina),
        {{u"pageId"_s, u"70044"_s}, {u"attachment"_s, QJsonObject{{u"type"_s, u"image"_s}}}});
    const QString mid = written[u"mid"_s].toString();
    const QJsonObject message
        = m_sandbox->get(u"/v26.0/%1?fields=attachments&%2"_s.arg(mid, BakeryToken)).json();
    const auto attachment = message[u"attachments"_s][u"data"_s][0];
    QCOMPARE(attachment[u"mime_type"_s].toString(), u"image/png"_s);
    QCOMPARE(attachment[u"image_data"_s][u"width"_s].toInt(), 640);
    const HttpAnswer media = m_sandbox->get(attachment[u"image_data"_s][u"url"_s].toString());
    QCOMPARE(media.body.size(), attachment[u"size"_s].toInteger());
    const QJsonObject edge
        = m_sandbox->get(u"/v26.0/%1/attachments?%2"_s.arg(mid, BakeryToken)).json();
    QCOMPARE(edge[u"data"_s][0][u"id"_s], attachment[u"id"_s]);
}

namespace {

// Rosa, as two Pages of one business know her, and the proof of the app's token.
const QString RosaHere = u"24000000000000089"_s;
const QString RosaThere = u"24000000000000137"_s;

QString appProof(const QByteArray &secret = "sandbox-app-secret")
{
    return u"appsecret_proof="_s
        + QString::fromLatin1(QMessageAuthenticationCode::hash(
            "330011|sandbox-app-secret", secret, QCryptographicHash::Sha256)
                                  .toHex());
}

} // namespace

void GraphReadsTest::peopleAreMatchedAcrossPages()
{
    const QString path = u"/v26.0/%1/ids_for_pages?%2&%3"_s.arg(RosaHere, AppToken, appProof());
    m_sandbox->control(u"customers/%1/messages"_s.arg(RosaHere),
        {{u"pageId"_s, u"70044"_s}, {u"text"_s, u"Hello"_s}});
    // No other Page has heard of her yet.
    QCOMPARE(m_sandbox->get(path).json()[u"data"_s].toArray().size(), 1);
    m_sandbox->control(u"customers/%1/messages"_s.arg(RosaThere),
        {{u"pageId"_s, u"70055"_s}, {u"text"_s, u"Hello"_s}});
    const QJsonObject both = m_sandbox->get(path).json();
    QCOMPARE(both[u"data"_s].toArray(),
        (QJsonArray{QJsonObject{{u"id"_s, RosaHere},
                        {u"page"_s,
                            QJsonObject{{u"id"_s, u"70044"_s}, {u"name"_s, u"Bloom Bakery"_s},
                                {u"category"_s, u"Bakery"_s}}}},
            QJsonObject{{u"id"_s, RosaThere},
                {u"page"_s,
                    QJsonObject{{u"id"_s, u"70055"_s}, {u"name"_s, u"Harbour Bikes"_s},
                        {u"category"_s, u"Bicycle Shop"_s}}}}}));
    QVERIFY(!both[u"paging"_s].toObject().contains(u"next"_s));
    const QJsonObject first = m_sandbox->get(path + u"&limit=1"_s).json();
    QCOMPARE(first[u"data"_s].toArray().size(), 1);
    QVERIFY(first[u"paging"_s].toObject().contains(u"next"_s));
    const QJsonObject second = m_sandbox
                                   ->get(path + u"&limit=1&after="_s
                                       + first[u"paging"_s][u"cursors"_s][u"after"_s].toString())
                                   .json();
    QCOMPARE(second[u"data"_s][0][u"id"_s].toString(), RosaThere);
    const QJsonObject one = m_sandbox->get(path + u"&page=70055"_s).json();
    QCOMPARE(one[u"data"_s].toArray().size(), 1);
    QCOMPARE(one[u"data"_s][0][u"id"_s].toString(), RosaThere);
}

void GraphReadsTest::matchingIsRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("code");
    const auto row = [](const char *title, const QString &psid, const QString &query, int code) {
        QTest::newRow(title) << u"/v26.0/%1/ids_for_pages?%2"_s.arg(psid, query) << code;
    };
    row("a Page's token", RosaHere, BakeryToken, 15);
    row("no proof", RosaHere, AppToken, 100);
    row("a wrong proof", RosaHere, AppToken + u'&' + appProof("another"), 100);
    row("nobody", u"123"_s, AppToken + u'&' + appProof(), 100);
}

void GraphReadsTest::matchingIsRefused()
{
    QFETCH(const QString, path);
    const HttpAnswer answer = m_sandbox->get(path);
    QCOMPARE(answer.status, 400);
    QTEST(answer.code(), "code");
}

QTEST_GUILESS_MAIN(GraphReadsTest)
#include "tst_graphreads.moc"
