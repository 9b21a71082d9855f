// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxprocess.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QTest>
#include <QUrlQuery>

using namespace Qt::Literals::StringLiterals;

namespace {

const QString Amina = u"24000000000000017"_s; // of Bloom Bakery
const QString Jonas = u"24000000000000031"_s; // of Harbour Bikes
constexpr qint64 Day = 86'400'000;

QJsonObject to(const QString &psid)
{
    return {{u"id"_s, psid}};
}

QJsonObject text(const QString &words)
{
    return {{u"text"_s, words}};
}

} // namespace

class SendApiTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_sandbox.reset(); }
    void textReachesTheCustomer();
    void everyWayToPassParametersWorks_data();
    void everyWayToPassParametersWorks();
    void errors_data();
    void errors();
    void windowFollowsTheClock();
    void blockedCustomerCannotBeReached();
    void senderActionsAnswerWithoutMessageId();
    void quickRepliesAndReplyToAreKept();

private:
    WebhookReceiver m_receiver;
    std::unique_ptr<SandboxProcess> m_sandbox;
};

void SendApiTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_receiver.forget();
    m_sandbox = std::make_unique<SandboxProcess>(m_receiver.url());
    m_sandbox->write(Amina, u"Hello"_s);
}

void SendApiTest::textReachesTheCustomer()
{
    const HttpAnswer answer = m_sandbox->sendText(Amina, u"Grüße 👋"_s, u"job-1"_s);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json().keys(), (QStringList{u"message_id"_s, u"recipient_id"_s}));
    QCOMPARE(answer.json()[u"recipient_id"_s].toString(), Amina);
    const QString mid = answer.json()[u"message_id"_s].toString();
    QVERIFY(mid.startsWith("m_"_L1) && mid.size() > 20);
    QCOMPARE(answer.headers.value("content-type"), "application/json; charset=UTF-8"_ba);
    QCOMPARE(answer.headers.value("facebook-api-version"), "v26.0"_ba);
    const auto usage
        = QJsonDocument::fromJson(answer.headers.value("x-business-use-case-usage")).object();
    QCOMPARE(usage[u"70044"_s][0][u"type"_s].toString(), u"messenger"_s);
    QVERIFY(QJsonDocument::fromJson(answer.headers.value("x-app-usage"))
                .object()
                .contains(u"call_count"_s));

    const QJsonArray seen = m_sandbox->get(u"/_sandbox/customers/%1/messages"_s.arg(Amina))
                                .json()[u"messages"_s]
                                .toArray();
    QCOMPARE(seen.size(), 2);
    QCOMPARE(seen[0][u"direction"_s].toString(), u"sent"_s);
    QCOMPARE(seen[1][u"direction"_s].toString(), u"received"_s);
    QCOMPARE(seen[1][u"text"_s].toString(), u"Grüße 👋"_s);
    QCOMPARE(seen[1][u"mid"_s].toString(), mid);
    QCOMPARE(seen[1][u"metadata"_s].toString(), u"job-1"_s);
    QCOMPARE(m_sandbox->state()[u"sends"_s][u"byMetadata"_s][u"job-1"_s].toInt(), 1);
}

void SendApiTest::everyWayToPassParametersWorks_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("authorization");
    const QByteArray json = R"({"recipient":{"id":"24000000000000017"},"message":{"text":"ok"}})";
    const QByteArray form
        = "recipient=%7B%22id%22%3A%2224000000000000017%22%7D&message=%7B%22text%22%3A%22ok%22%7D";
    const QByteArray token = "sandbox-page-token-70044";
    const QByteArray multipart
        = "--xx\r\nContent-Disposition: form-data; name=\"recipient\"\r\n\r\n"
          "{\"id\":\"24000000000000017\"}\r\n--xx\r\nContent-Disposition: form-data; "
          "name=\"message\"\r\n\r\n{\"text\":\"ok\"}\r\n--xx--\r\n";
    QTest::newRow("json, token in the query")
        << SendPath << "application/json"_ba << json << QByteArray();
    QTest::newRow("json, bearer") << u"/v26.0/70044/messages"_s << "application/json"_ba << json
                                  << "Bearer " + token;
    QTest::newRow("json, me, no version")
        << u"/me/messages"_s << "application/json"_ba << json << "Bearer " + token;
    QTest::newRow("json, token in the body")
        << u"/v21.0/me/messages"_s << "application/json"_ba
        << R"({"access_token":"sandbox-page-token-70044","recipient":{"id":24000000000000017},"message":{"text":"ok"}})"_ba
        << QByteArray();
    QTest::newRow("form") << u"/v2.6/me/messages"_s << "application/x-www-form-urlencoded"_ba
                          << form + "&access_token=" + token << QByteArray();
    QTest::newRow("multipart") << SendPath << "multipart/form-data; boundary=xx"_ba << multipart
                               << QByteArray();
    QTest::newRow("all in the query")
        << SendPath
            + u"&recipient=%7B%22id%22:%2224000000000000017%22%7D&message=%7B%22text%22:%22ok%22%7D"_s
        << "application/x-www-form-urlencoded"_ba << QByteArray() << QByteArray();
}

void SendApiTest::everyWayToPassParametersWorks()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, authorization);
    QHash<QByteArray, QByteArray> headers;
    if (!authorization.isEmpty())
        headers.insert("Authorization", authorization);
    const HttpAnswer answer = m_sandbox->post(path, body, type, headers);
    QVERIFY2(answer.status == 200, answer.body.constData());
    QCOMPARE(answer.json()[u"recipient_id"_s].toString(), Amina);
}

void SendApiTest::errors_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("subcode");
    const QJsonObject good{{u"recipient"_s, to(Amina)}, {u"messaging_type"_s, u"RESPONSE"_s},
        {u"message"_s, text(u"ok"_s)}};
    const auto with = [&](const QString &field, const QJsonValue &value) {
        QJsonObject body = good;
        body[field] = value;
        return body;
    };
    const auto row = [](const char *name, const QJsonObject &body, int code, int subcode = 0) {
        QTest::newRow(name) << SendPath << body << code << subcode;
    };
    QTest::newRow("no token") << u"/v26.0/70044/messages"_s << good << 104 << 0;
    QTest::newRow("unknown token") << u"/v26.0/70044/messages?access_token=x"_s << good << 190 << 0;
    QTest::newRow("a person's token")
        << u"/v26.0/70044/messages?access_token=sandbox-user-token"_s << good << 190 << 2069032;
    QTest::newRow("another Page's token")
        << u"/v26.0/70044/messages?access_token=sandbox-page-token-70055"_s << good << 100 << 33;
    QTest::newRow("wrong proof") << SendPath + u"&appsecret_proof=00"_s << good << 100 << 0;
    row("no recipient", {{u"message"_s, text(u"ok"_s)}}, 100);
    row("recipient without id", with(u"recipient"_s, QJsonObject()), 100);
    row("unknown person", with(u"recipient"_s, to(u"1"_s)), 100, 2018001);
    row("another Page's customer", with(u"recipient"_s, to(Jonas)), 100, 2018001);
    row("a comment", with(u"recipient"_s, QJsonObject{{u"comment_id"_s, u"1"_s}}), 100, 2534025);
    row("no message", {{u"recipient"_s, to(Amina)}}, 100);
    row("empty message", with(u"message"_s, QJsonObject()), 100);
    row("empty text", with(u"message"_s, text(u""_s)), 100);
    row("text of 2001", with(u"message"_s, text(QString(2001, u'x'))), 100);
    row("text and attachment",
        with(u"message"_s, QJsonObject{{u"text"_s, u"a"_s}, {u"attachment"_s, QJsonObject()}}),
        100);
    row("metadata of 1001",
        with(u"message"_s, QJsonObject{{u"text"_s, u"a"_s}, {u"metadata"_s, QString(1001, u'x')}}),
        100);
    row("unknown type", with(u"messaging_type"_s, u"REPLY"_s), 100);
    row("news type", with(u"messaging_type"_s, u"NON_PROMOTIONAL_SUBSCRIPTION"_s), 10, 2018065);
    row("tag missing", with(u"messaging_type"_s, u"MESSAGE_TAG"_s), 100);
    for (const char *tag : {"ACCOUNT_UPDATE", "CONFIRMED_EVENT_UPDATE", "POST_PURCHASE_UPDATE"}) {
        QJsonObject body = with(u"messaging_type"_s, u"MESSAGE_TAG"_s);
        body[u"tag"_s] = QString::fromLatin1(tag);
        row(tag, body, 100);
    }
    row("action and message", with(u"sender_action"_s, u"typing_on"_s), 100, 2018014);
    row("unknown action", {{u"recipient"_s, to(Amina)}, {u"sender_action"_s, u"dance"_s}}, 100);
    row("attachment id of nobody",
        with(u"message"_s,
            QJsonObject{{u"attachment"_s,
                QJsonObject{{u"type"_s, u"image"_s},
                    {u"payload"_s, QJsonObject{{u"attachment_id"_s, u"99"_s}}}}}}),
        100, 2018074);
    row("attachment of unknown type",
        with(u"message"_s, QJsonObject{{u"attachment"_s, QJsonObject{{u"type"_s, u"hologram"_s}}}}),
        100);
    row("attachment of nothing",
        with(u"message"_s, QJsonObject{{u"attachment"_s, QJsonObject{{u"type"_s, u"image"_s}}}}),
        100);
    row("url that cannot be fetched",
        with(u"message"_s,
            QJsonObject{{u"attachment"_s,
                QJsonObject{{u"type"_s, u"image"_s},
                    {u"payload"_s, QJsonObject{{u"url"_s, u"http://127.0.0.1:1/a.png"_s}}}}}}),
        100, 2018008);
    row("reply to a foreign message", with(u"reply_to"_s, QJsonObject{{u"mid"_s, u"m_x"_s}}), 100);
    row("fourteen quick replies",
        with(u"message"_s,
            QJsonObject{{u"text"_s, u"a"_s},
                {u"quick_replies"_s,
                    QJsonArray::fromVariantList(QVariantList(14, QVariantMap()))}}),
        100);
}

void SendApiTest::errors()
{
    QFETCH(QString, path);
    QFETCH(QJsonObject, body);
    const HttpAnswer answer
        = m_sandbox->post(path, QJsonDocument(body).toJson(), "application/json");
    QCOMPARE(answer.status, 400);
    QTEST(answer.code(), "code");
    QTEST(answer.subcode(), "subcode");
    const QJsonObject error = answer.json()[u"error"_s].toObject();
    QVERIFY(!error[u"message"_s].toString().isEmpty());
    QVERIFY(!error[u"fbtrace_id"_s].toString().isEmpty());
    QVERIFY(error[u"type"_s].toString().endsWith("Exception"_L1));
    QVERIFY(answer.headers.value("www-authenticate").startsWith("OAuth \"Facebook Platform\""));
    QCOMPARE(m_sandbox->state()[u"sends"_s][u"committed"_s].toInt(), 0);
}

void SendApiTest::windowFollowsTheClock()
{
    const auto sendAs = [&](const QString &type, const QString &tag) {
        QJsonObject body{{u"recipient"_s, to(Amina)}, {u"messaging_type"_s, type},
            {u"message"_s, text(u"ok"_s)}};
        if (!tag.isEmpty())
            body[u"tag"_s] = tag;
        const HttpAnswer answer = m_sandbox->send(body);
        return answer.status == 200 ? 0 : answer.code() * 10'000'000 + answer.subcode();
    };
    constexpr int Outside = 10 * 10'000'000 + 2018278;
    m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, Day - 60'000}});
    QCOMPARE(sendAs(u"RESPONSE"_s, {}), 0);
    m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, 120'000}});
    QCOMPARE(sendAs(u"RESPONSE"_s, {}), Outside);
    QCOMPARE(sendAs(u"UPDATE"_s, {}), Outside);
    QCOMPARE(sendAs(u"MESSAGE_TAG"_s, u"HUMAN_AGENT"_s), 0);
    m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, 6 * Day - 120'000}});
    QCOMPARE(sendAs(u"MESSAGE_TAG"_s, u"HUMAN_AGENT"_s), 0);
    m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, 120'000}});
    QCOMPARE(sendAs(u"MESSAGE_TAG"_s, u"HUMAN_AGENT"_s), Outside);
    m_sandbox->write(Amina, u"Back again"_s);
    QCOMPARE(sendAs(u"RESPONSE"_s, {}), 0);
}

void SendApiTest::blockedCustomerCannotBeReached()
{
    const QString route = u"customers/%1/block"_s.arg(Amina);
    m_sandbox->control(route, {{u"pageId"_s, u"70044"_s}});
    const HttpAnswer answer = m_sandbox->sendText(Amina, u"Hello?"_s);
    QCOMPARE(answer.code(), 551);
    QCOMPARE(answer.subcode(), 1545041);
    m_sandbox->control(route, {{u"pageId"_s, u"70044"_s}, {u"blocked"_s, false}});
    QCOMPARE(m_sandbox->sendText(Amina, u"Hello?"_s).status, 200);
}

void SendApiTest::senderActionsAnswerWithoutMessageId()
{
    const QString mid = m_sandbox->write(Amina, u"React to this"_s);
    for (const auto &action : {u"typing_on"_s, u"typing_off"_s, u"mark_seen"_s}) {
        const HttpAnswer answer
            = m_sandbox->send({{u"recipient"_s, to(Amina)}, {u"sender_action"_s, action}});
        QCOMPARE(answer.json(), (QJsonObject{{u"recipient_id"_s, Amina}}));
    }
    QJsonObject react{{u"recipient"_s, to(Amina)}, {u"sender_action"_s, u"react"_s},
        {u"payload"_s, QJsonObject{{u"message_id"_s, mid}, {u"reaction"_s, u"😊"_s}}}};
    QCOMPARE(m_sandbox->send(react).status, 200);
    const auto messages = m_sandbox->get(u"/_sandbox/customers/%1/messages"_s.arg(Amina))
                              .json()[u"messages"_s]
                              .toArray();
    QCOMPARE(messages.last()[u"reaction"_s].toString(), u"😊"_s);
    react[u"payload"_s] = QJsonObject{{u"message_id"_s, u"m_none"_s}, {u"reaction"_s, u"😊"_s}};
    QCOMPARE(m_sandbox->send(react).code(), 100);
}

void SendApiTest::quickRepliesAndReplyToAreKept()
{
    const QString mid = m_sandbox->write(Amina, u"Which size?"_s);
    const QJsonArray replies{QJsonObject{
        {u"content_type"_s, u"text"_s}, {u"title"_s, u"M"_s}, {u"payload"_s, u"SIZE_M"_s}}};
    const HttpAnswer answer = m_sandbox->send(
        {{u"recipient"_s, to(Amina)}, {u"reply_to"_s, QJsonObject{{u"mid"_s, mid}}},
            {u"message"_s, QJsonObject{{u"text"_s, u"M or L?"_s}, {u"quick_replies"_s, replies}}}});
    QCOMPARE(answer.status, 200);
    const auto messages = m_sandbox->get(u"/_sandbox/customers/%1/messages"_s.arg(Amina))
                              .json()[u"messages"_s]
                              .toArray();
    QCOMPARE(messages.last()[u"quickReplies"_s].toArray(), replies);
    QCOMPARE(messages.last()[u"replyTo"_s].toString(), mid);
    QTRY_COMPARE(m_receiver.echoes().size(), 1);
    QCOMPARE(m_receiver.echoes().first()[u"message"_s][u"reply_to"_s][u"mid"_s].toString(), mid);
}

QTEST_GUILESS_MAIN(SendApiTest)
#include "tst_sendapi.moc"
