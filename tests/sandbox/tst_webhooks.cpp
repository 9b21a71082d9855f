// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxprocess.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

const QString Amina = u"24000000000000017"_s;
constexpr qint64 Hour = 3'600'000;

QByteArray hmac(const QByteArray &body, QCryptographicHash::Algorithm algorithm)
{
    return QMessageAuthenticationCode::hash(body, "sandbox-app-secret", algorithm).toHex();
}

// What kind each item is, in the order of arrival.
QStringList kinds(const WebhookReceiver &receiver)
{
    QStringList list;
    for (const QJsonObject &item : receiver.items()) {
        for (const auto &key : {u"message"_s, u"delivery"_s, u"read"_s, u"reaction"_s}) {
            if (item.contains(key))
                list.append(item[key][u"is_echo"_s].toBool() ? u"echo"_s : key);
        }
    }
    return list;
}

} // namespace

class WebhooksTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void customerMessageIsSignedAndWellFormed();
    void echoThenDeliveryThenRead();
    void customersMayKeepReceiptsBack();
    void readingByHandGivesAWatermark();
    void failedPostsAreRetriedAndOrderIsKeptOtherwise();
    void slowReceiverIsRetried();
    void hourOfFailingUnsubscribesThePage();
    void waitingEventsTravelTogether();
    void nothingIsSentBeforeTheHandshake();
    void receiverWithoutHandshakeIsServedAllTheSame();
    void onlySubscribedFieldsAreSent();
    void newCallbackUrlIsVerifiedFirst();

private:
    std::unique_ptr<WebhookReceiver> m_receiver;
    std::unique_ptr<SandboxProcess> m_sandbox;
};

void WebhooksTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_receiver = std::make_unique<WebhookReceiver>();
    m_sandbox = std::make_unique<SandboxProcess>(m_receiver->url());
}

void WebhooksTest::cleanup()
{
    m_sandbox.reset();
    m_receiver.reset();
}

void WebhooksTest::customerMessageIsSignedAndWellFormed()
{
    const QString mid = m_sandbox->write(Amina, u"Schöne Grüße/你好 😀"_s);
    QTRY_COMPARE(m_receiver->posts.size(), 1);
    const auto &post = m_receiver->posts.constFirst();
    QCOMPARE(post.headers.value("x-hub-signature-256"),
        "sha256=" + hmac(post.body, QCryptographicHash::Sha256));
    QCOMPARE(
        post.headers.value("x-hub-signature"), "sha1=" + hmac(post.body, QCryptographicHash::Sha1));
    QCOMPARE(post.headers.value("content-type"), "application/json"_ba);
    QCOMPARE(post.headers.value("user-agent"), "facebookexternalua"_ba);
    QVERIFY(post.body.contains(R"(Sch\u00f6ne Gr\u00fc\u00dfe\/\u4f60\u597d \ud83d\ude00)"));
    QVERIFY(
        std::all_of(post.body.begin(), post.body.end(), [](char c) { return quint8(c) < 0x80; }));

    const QJsonObject envelope = QJsonDocument::fromJson(post.body).object();
    QCOMPARE(envelope.keys(), (QStringList{u"entry"_s, u"object"_s}));
    QCOMPARE(envelope[u"object"_s].toString(), u"page"_s);
    const QJsonObject entry = envelope[u"entry"_s][0].toObject();
    QCOMPARE(entry[u"id"_s].toString(), u"70044"_s);
    QVERIFY(entry[u"time"_s].toInteger() > 1'600'000'000'000);
    const QJsonObject item = entry[u"messaging"_s][0].toObject();
    QCOMPARE(item[u"sender"_s], (QJsonObject{{u"id"_s, Amina}}));
    QCOMPARE(item[u"recipient"_s], (QJsonObject{{u"id"_s, u"70044"_s}}));
    QVERIFY(item[u"timestamp"_s].toInteger() > 1'600'000'000'000);
    QCOMPARE(
        item[u"message"_s], (QJsonObject{{u"mid"_s, mid}, {u"text"_s, u"Schöne Grüße/你好 😀"_s}}));
}

void WebhooksTest::echoThenDeliveryThenRead()
{
    m_sandbox->write(Amina, u"Hello"_s);
    const QString first
        = m_sandbox->sendText(Amina, u"One"_s, u"job-1"_s).json()[u"message_id"_s].toString();
    const QString second
        = m_sandbox->sendText(Amina, u"Two"_s, u"job-2"_s).json()[u"message_id"_s].toString();
    QTRY_COMPARE(m_receiver->items(u"read"_s).size(), 1);
    QCOMPARE(kinds(*m_receiver),
        (QStringList{u"message"_s, u"echo"_s, u"echo"_s, u"delivery"_s, u"read"_s}));
    const auto echoes = m_receiver->echoes();
    QCOMPARE(echoes[0][u"sender"_s][u"id"_s].toString(), u"70044"_s);
    QCOMPARE(echoes[0][u"recipient"_s][u"id"_s].toString(), Amina);
    QCOMPARE(echoes[0][u"message"_s],
        (QJsonObject{{u"mid"_s, first}, {u"text"_s, u"One"_s}, {u"is_echo"_s, true},
            {u"app_id"_s, 330011}, {u"metadata"_s, u"job-1"_s}}));
    const qint64 lastAt = echoes[1][u"timestamp"_s].toInteger();
    QVERIFY(lastAt > echoes[0][u"timestamp"_s].toInteger());
    const QJsonObject delivery = m_receiver->items(u"delivery"_s).constFirst();
    QCOMPARE(delivery[u"sender"_s][u"id"_s].toString(), Amina);
    QCOMPARE(delivery[u"delivery"_s],
        (QJsonObject{{u"mids"_s, QJsonArray{first, second}}, {u"watermark"_s, lastAt}}));
    QCOMPARE(m_receiver->items(u"read"_s).constFirst()[u"read"_s],
        (QJsonObject{{u"watermark"_s, lastAt}}));
}

void WebhooksTest::customersMayKeepReceiptsBack()
{
    m_sandbox->write(Amina, u"Hello"_s);
    m_sandbox->control(u"customers/%1/behaviour"_s.arg(Amina), {{u"reads"_s, false}});
    m_sandbox->sendText(Amina, u"One"_s);
    QTRY_COMPARE(m_receiver->items(u"delivery"_s).size(), 1);
    m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, Hour}});
    m_sandbox->write(Amina, u"A mark in the stream"_s);
    QTRY_COMPARE(m_receiver->messages().size(), 2);
    QVERIFY(m_receiver->items(u"read"_s).isEmpty());
}

void WebhooksTest::readingByHandGivesAWatermark()
{
    m_sandbox->write(Amina, u"Hello"_s);
    m_sandbox->control(
        u"customers/%1/behaviour"_s.arg(Amina), {{u"reads"_s, false}, {u"receives"_s, false}});
    const QString mid = m_sandbox->sendText(Amina, u"One"_s).json()[u"message_id"_s].toString();
    m_sandbox->control(u"customers/%1/read"_s.arg(Amina), {{u"pageId"_s, u"70044"_s}});
    QTRY_COMPARE(m_receiver->items(u"read"_s).size(), 1);
    QCOMPARE(kinds(*m_receiver), (QStringList{u"message"_s, u"echo"_s, u"delivery"_s, u"read"_s}));
    m_sandbox->control(
        u"customers/%1/reaction"_s.arg(Amina), {{u"mid"_s, mid}, {u"emoji"_s, u"❤"_s}});
    QTRY_COMPARE(m_receiver->items(u"reaction"_s).size(), 1);
    QCOMPARE(m_receiver->items(u"reaction"_s).constFirst()[u"reaction"_s],
        (QJsonObject{{u"mid"_s, mid}, {u"action"_s, u"react"_s}, {u"emoji"_s, u"❤"_s},
            {u"reaction"_s, u"love"_s}}));
}

void WebhooksTest::failedPostsAreRetriedAndOrderIsKeptOtherwise()
{
    m_sandbox->control(u"webhooks"_s, {{u"batch"_s, 1}});
    m_receiver->nextStatuses = {503, 200, 500, 302};
    for (int i = 0; i < 4; ++i)
        m_sandbox->write(Amina, QString::number(i));
    QTRY_COMPARE(m_receiver->messages().size(), 4);
    QCOMPARE(m_receiver->posts.size(), 7);
    // The first retry of each is at once, so 0 and 1 keep their places.
    QCOMPARE(m_receiver->posts[0].body, m_receiver->posts[1].body);
    QCOMPARE(m_receiver->messages().constFirst()[u"message"_s][u"text"_s].toString(), u"0"_s);
    QCOMPARE(m_receiver->posts[2].body, m_receiver->posts[3].body);
    QSet<QString> texts;
    for (const QJsonObject &item : m_receiver->messages())
        texts.insert(item[u"message"_s][u"text"_s].toString());
    QCOMPARE(texts.size(), 4);
}

void WebhooksTest::slowReceiverIsRetried()
{
    m_receiver->nextStatuses = {0};
    m_sandbox->write(Amina, u"Are you there?"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_receiver->messages().size(), 1, 20'000);
    QCOMPARE(m_receiver->posts.size(), 2);
    QCOMPARE(m_receiver->posts[0].body, m_receiver->posts[1].body);
}

void WebhooksTest::hourOfFailingUnsubscribesThePage()
{
    const auto isSubscribed
        = [&] { return m_sandbox->state()[u"pages"_s][0][u"subscribed"_s].toBool(); };
    m_receiver->nextStatuses = QList<int>(1000, 503);
    m_sandbox->write(Amina, u"Lost"_s);
    QTRY_VERIFY(m_receiver->posts.size() >= 2);
    QVERIFY(isSubscribed());
    m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, Hour}});
    QTRY_VERIFY(!isSubscribed());
    m_receiver->forget();
    m_sandbox->write(Amina, u"Not sent either"_s);
    const QString apps = u"/v26.0/70044/subscribed_apps?access_token=sandbox-page-token-70044"_s;
    QCOMPARE(m_sandbox->get(apps).json()[u"data"_s].toArray().size(), 0);
    QCOMPARE(
        m_sandbox
            ->post(apps + u"&subscribed_fields=messages,message_echoes"_s, {}, "application/json")
            .json()[u"success"_s],
        QJsonValue(true));
    m_sandbox->write(Amina, u"Here again"_s);
    QTRY_COMPARE(m_receiver->messages().size(), 1);
    QCOMPARE(
        m_receiver->messages().constFirst()[u"message"_s][u"text"_s].toString(), u"Here again"_s);
}

void WebhooksTest::waitingEventsTravelTogether()
{
    m_sandbox->control(u"webhooks"_s, {{u"batch"_s, 3}});
    m_sandbox->control(u"faults"_s, {{u"target"_s, u"webhook"_s}, {u"fault"_s, u"outage"_s}});
    for (int i = 0; i < 7; ++i)
        m_sandbox->write(Amina, QString::number(i));
    QCOMPARE(m_receiver->posts.size(), 0);
    m_sandbox->clearFaults();
    QTRY_COMPARE(m_receiver->messages().size(), 7);
    QCOMPARE(m_receiver->posts.size(), 3);
    for (int i = 0; i < 7; ++i)
        QCOMPARE(
            m_receiver->messages().at(i)[u"message"_s][u"text"_s].toString(), QString::number(i));
    const QJsonObject envelope = QJsonDocument::fromJson(m_receiver->posts[0].body).object();
    QCOMPARE(envelope[u"entry"_s].toArray().size(), 3);
    for (const QJsonValue &entry : envelope[u"entry"_s].toArray())
        QCOMPARE(entry[u"messaging"_s].toArray().size(), 1);
}

void WebhooksTest::nothingIsSentBeforeTheHandshake()
{
    WebhookReceiver strict;
    strict.verifyToken = "something else";
    SandboxProcess sandbox(strict.url());
    sandbox.write(Amina, u"Too early"_s);
    QTRY_VERIFY(strict.handshakes >= 2); // it keeps trying
    QCOMPARE(strict.posts.size(), 0);
    QCOMPARE(sandbox.state()[u"webhooks"_s][u"verified"_s], QJsonValue(false));
    strict.verifyToken = "sandbox-verify-token";
    QTRY_COMPARE(strict.messages().size(), 1);
    const int before = strict.handshakes;
    sandbox.control(u"handshake"_s, {});
    QTRY_COMPARE(strict.handshakes, before + 1);
}

void WebhooksTest::receiverWithoutHandshakeIsServedAllTheSame()
{
    WebhookReceiver simple;
    simple.handshakeStatus = 501;
    SandboxProcess sandbox(simple.url());
    sandbox.write(Amina, u"Hello"_s);
    QTRY_COMPARE(simple.messages().size(), 1);
}

void WebhooksTest::onlySubscribedFieldsAreSent()
{
    const QString apps = u"/v26.0/me/subscribed_apps?access_token=sandbox-page-token-70044"_s;
    m_sandbox->post(
        apps, R"({"subscribed_fields":["messages","message_reads"]})", "application/json");
    const QJsonObject app = m_sandbox->get(apps).json()[u"data"_s][0].toObject();
    QCOMPARE(app[u"id"_s].toString(), u"330011"_s);
    QCOMPARE(
        app[u"subscribed_fields"_s].toArray(), (QJsonArray{u"messages"_s, u"message_reads"_s}));
    m_sandbox->write(Amina, u"Hello"_s);
    m_sandbox->sendText(Amina, u"One"_s);
    QTRY_COMPARE(m_receiver->items(u"read"_s).size(), 1);
    QCOMPARE(kinds(*m_receiver), (QStringList{u"message"_s, u"read"_s}));
    QCOMPARE(
        m_sandbox->post(apps + u"&subscribed_fields=nonsense"_s, {}, "application/json").code(),
        100);
    QCOMPARE(m_sandbox->request("DELETE", apps).json()[u"success"_s], QJsonValue(true));
    QCOMPARE(m_sandbox->get(apps).json()[u"data"_s].toArray().size(), 0);
}

void WebhooksTest::newCallbackUrlIsVerifiedFirst()
{
    WebhookReceiver next;
    const QString route = u"/v26.0/330011/subscriptions?access_token=330011|sandbox-app-secret"_s;
    const auto body = [&](const QByteArray &token) {
        return "object=page&verify_token=" + token
            + "&fields=messages&callback_url=" + QUrl::toPercentEncoding(next.url().toString());
    };
    const QByteArray form = "application/x-www-form-urlencoded";
    QCOMPARE(m_sandbox->post(route, body("wrong"), form).code(), 2200);
    QCOMPARE(m_sandbox->post(route, body("sandbox-verify-token"), form).json()[u"success"_s],
        QJsonValue(true));
    m_sandbox->write(Amina, u"To the new place"_s);
    QTRY_COMPARE(next.messages().size(), 1);
    QCOMPARE(m_receiver->posts.size(), 0);
}

QTEST_GUILESS_MAIN(WebhooksTest)
#include "tst_webhooks.moc"
