// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxprocess.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

const QString Amina = u"24000000000000017"_s;
const QByteArray Pdf = "%PDF-1.4\nnot much of one\n";
constexpr qint64 Day = 86'400'000;

QByteArray multipart(
    const QByteArray &message, const QByteArray &fileType, const QByteArray &content)
{
    const auto field = [](const QByteArray &name, const QByteArray &value) {
        return "--x1y2\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
            + "\r\n";
    };
    return field("recipient", R"({"id":"24000000000000017"})") + field("messaging_type", "RESPONSE")
        + field("message", message)
        + "--x1y2\r\nContent-Disposition: form-data; name=\"filedata\"; filename=\"price "
          "list.pdf\"\r\n"
          "Content-Type: "
        + fileType + "\r\n\r\n" + content + "\r\n--x1y2--\r\n";
}

} // namespace

class UploadsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void fileSentWithTheMessageCanBeFetched();
    void uploadedFileIsSentByItsId();
    void savedIdsBelongToOnePageAndTypeAndDie();
    void addressOfThisMachineIsFetched();
    void severalPicturesTravelTogether();
    void stickerIsSent();
    void wrongUploadsAreRefused_data();
    void wrongUploadsAreRefused();
    void mediaExpiresWithTheClock();
    void partsOfAFile_data();
    void partsOfAFile();
    void mediaFaults();

private:
    static constexpr const char *FormType = "multipart/form-data; boundary=x1y2";
    QString echoedUrl(int attachment = 0) const
    {
        const auto message = m_receiver->echoes().constLast()[u"message"_s];
        return message[u"attachments"_s][attachment][u"payload"_s][u"url"_s].toString();
    }

    std::unique_ptr<WebhookReceiver> m_receiver;
    std::unique_ptr<SandboxProcess> m_sandbox;
};

void UploadsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_receiver = std::make_unique<WebhookReceiver>();
    m_sandbox = std::make_unique<SandboxProcess>(m_receiver->url());
    m_sandbox->write(Amina, u"Hello"_s);
}

void UploadsTest::cleanup()
{
    m_sandbox.reset();
    m_receiver.reset();
}

void UploadsTest::fileSentWithTheMessageCanBeFetched()
{
    const QByteArray body
        = multipart(R"({"attachment":{"type":"file","payload":{}}})", "application/pdf", Pdf);
    const HttpAnswer answer = m_sandbox->post(SendPath, body, FormType);
    QVERIFY2(answer.status == 200, answer.body.constData());
    QVERIFY(!answer.json().contains(u"attachment_id"_s));
    QTRY_COMPARE(m_receiver->echoes().size(), 1);
    const QString url = echoedUrl();
    QVERIFY(url.startsWith(m_sandbox->media() + u"/v/"_s));
    const HttpAnswer media = m_sandbox->get(url);
    QCOMPARE(media.status, 200);
    QCOMPARE(media.body, Pdf);
    QCOMPARE(media.headers.value("content-type"), "application/pdf"_ba);
    QCOMPARE(media.headers.value("content-length"), QByteArray::number(Pdf.size()));
    QVERIFY(media.headers.value("content-disposition").contains("price%20list.pdf"));
}

void UploadsTest::uploadedFileIsSentByItsId()
{
    const QString path = u"/v26.0/me/message_attachments?access_token=sandbox-page-token-70044"_s;
    const QByteArray body = multipart(
        R"({"attachment":{"type":"file","payload":{"is_reusable":true}}})", "application/pdf", Pdf);
    const HttpAnswer upload = m_sandbox->post(path, body, FormType);
    QCOMPARE(upload.json().keys(), QStringList{u"attachment_id"_s});
    const QJsonObject attachment{{u"type"_s, u"file"_s},
        {u"payload"_s, QJsonObject{{u"attachment_id"_s, upload.json()[u"attachment_id"_s]}}}};
    for (int time = 1; time <= 2; ++time) {
        const HttpAnswer sent = m_sandbox->send({{u"recipient"_s, QJsonObject{{u"id"_s, Amina}}},
            {u"message"_s, QJsonObject{{u"attachment"_s, attachment}}}});
        QVERIFY2(sent.status == 200, sent.body.constData());
        QTRY_COMPARE(m_receiver->echoes().size(), time);
        QCOMPARE(m_sandbox->get(echoedUrl()).body, Pdf);
    }
}

void UploadsTest::savedIdsBelongToOnePageAndTypeAndDie()
{
    const QByteArray body
        = multipart(R"({"attachment":{"type":"file","payload":{"is_reusable":"true"}}})",
            "application/pdf", Pdf);
    const HttpAnswer first = m_sandbox->post(SendPath, body, FormType);
    const QJsonValue id = first.json()[u"attachment_id"_s];
    QVERIFY(!id.toString().isEmpty());
    const auto sendId = [&](const QString &type, const QString &page) {
        m_sandbox->control(
            u"customers/%1/messages"_s.arg(Amina), {{u"pageId"_s, page}, {u"text"_s, u"Hello"_s}});
        const QJsonObject attachment{
            {u"type"_s, type}, {u"payload"_s, QJsonObject{{u"attachment_id"_s, id}}}};
        const QJsonObject order{{u"recipient"_s, QJsonObject{{u"id"_s, Amina}}},
            {u"message"_s, QJsonObject{{u"attachment"_s, attachment}}}};
        return m_sandbox
            ->post(u"/me/messages?access_token=sandbox-page-token-"_s + page,
                QJsonDocument(order).toJson(), "application/json")
            .subcode();
    };
    QCOMPARE(sendId(u"file"_s, u"70044"_s), 0);
    QCOMPARE(sendId(u"image"_s, u"70044"_s), 2018074);
    QCOMPARE(sendId(u"file"_s, u"70055"_s), 2018074);
    m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, 90 * Day}});
    QCOMPARE(sendId(u"file"_s, u"70044"_s), 2018074);
}

void UploadsTest::addressOfThisMachineIsFetched()
{
    // The sandbox's own media host will do as somebody's web server.
    m_sandbox->control(u"customers/%1/messages"_s.arg(Amina),
        {{u"pageId"_s, u"70044"_s}, {u"attachment"_s, QJsonObject{{u"type"_s, u"image"_s}}}});
    QTRY_COMPARE(m_receiver->messages().size(), 2);
    const QString source
        = m_receiver->messages()
              .constLast()[u"message"_s][u"attachments"_s][0][u"payload"_s][u"url"_s]
              .toString();
    const QByteArray bytes = m_sandbox->get(source).body;
    QVERIFY(bytes.startsWith("\x89PNG"));
    for (const auto &url : {source, u"https://shop.example/cake.jpg"_s}) {
        const QJsonObject attachment{
            {u"type"_s, u"image"_s}, {u"payload"_s, QJsonObject{{u"url"_s, url}}}};
        const HttpAnswer sent = m_sandbox->send({{u"recipient"_s, QJsonObject{{u"id"_s, Amina}}},
            {u"message"_s, QJsonObject{{u"attachment"_s, attachment}}}});
        QVERIFY2(sent.status == 200, sent.body.constData());
    }
    QTRY_COMPARE(m_receiver->echoes().size(), 2);
    const auto first = m_receiver->echoes().constFirst()[u"message"_s];
    QCOMPARE(
        m_sandbox->get(first[u"attachments"_s][0][u"payload"_s][u"url"_s].toString()).body, bytes);
    QVERIFY(
        m_sandbox->get(echoedUrl()).body.startsWith("\x89PNG")); // a stand-in, from the media host
}

void UploadsTest::severalPicturesTravelTogether()
{
    const QJsonObject one{{u"type"_s, u"image"_s},
        {u"payload"_s, QJsonObject{{u"url"_s, u"https://shop.example/1.jpg"_s}}}};
    const HttpAnswer sent = m_sandbox->send({{u"recipient"_s, QJsonObject{{u"id"_s, Amina}}},
        {u"message"_s, QJsonObject{{u"attachments"_s, QJsonArray{one, one, one}}}}});
    QCOMPARE(sent.status, 200);
    QTRY_COMPARE(m_receiver->echoes().size(), 1);
    QCOMPARE(m_receiver->echoes().constFirst()[u"message"_s][u"attachments"_s].toArray().size(), 3);
}

void UploadsTest::stickerIsSent()
{
    const auto sticker = [&](qint64 id) {
        return m_sandbox->send({{u"recipient"_s, QJsonObject{{u"id"_s, Amina}}},
            {u"message"_s, QJsonObject{{u"sticker_id"_s, id}}}});
    };
    QCOMPARE(sticker(369239263222822).status, 200);
    QCOMPARE(sticker(1).code(), 100);
    QTRY_COMPARE(m_receiver->echoes().size(), 1);
    const auto attachment = m_receiver->echoes().constFirst()[u"message"_s][u"attachments"_s][0];
    QCOMPARE(attachment[u"type"_s].toString(), u"sticker"_s);
    QCOMPARE(attachment[u"payload"_s][u"sticker_id"_s].toInteger(), 369239263222822);
}

void UploadsTest::wrongUploadsAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("subcode");
    const QByteArray image = R"({"attachment":{"type":"image","payload":{}}})";
    const QByteArray file = R"({"attachment":{"type":"file","payload":{}}})";
    QTest::newRow("declared as something else")
        << multipart(image, "application/pdf", Pdf) << 2018047;
    QTest::newRow("is something else") << multipart(image, "image/png", Pdf) << 2018047;
    QTest::newRow("empty") << multipart(file, "application/pdf", {}) << 2018047;
    QTest::newRow("over 25 MB") << multipart(
        file, "application/pdf", QByteArray(26 * 1024 * 1024, 'x'))
                                << 2018109;
    QTest::newRow("cut off") << multipart(file, "application/pdf", Pdf).chopped(10) << 0;
}

void UploadsTest::wrongUploadsAreRefused()
{
    QFETCH(QByteArray, body);
    const HttpAnswer answer = m_sandbox->post(SendPath, body, FormType);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.code(), 100);
    QTEST(answer.subcode(), "subcode");
}

void UploadsTest::mediaExpiresWithTheClock()
{
    const QString profile
        = u"/v26.0/%1?fields=profile_pic&access_token=sandbox-page-token-70044"_s.arg(Amina);
    const QString url = m_sandbox->get(profile).json()[u"profile_pic"_s].toString();
    QCOMPARE(m_sandbox->get(url).status, 200);
    QCOMPARE(m_sandbox->get(url).headers.value("content-type"), "image/png"_ba);
    m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, 14 * Day + 1000}});
    const HttpAnswer expired = m_sandbox->get(url);
    QCOMPARE(expired.status, 403);
    QCOMPARE(expired.body, "URL signature expired"_ba);
    QCOMPARE(
        m_sandbox->get(m_sandbox->get(profile).json()[u"profile_pic"_s].toString()).status, 200);
    QCOMPARE(m_sandbox->get(url.section(u'?', 0, 0)).status, 403);
    QCOMPARE(m_sandbox->get(m_sandbox->media() + u"/"_s).status, 403);
}

void UploadsTest::partsOfAFile_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("first") << "bytes=0-3"_ba << 206 << Pdf.left(4);
    QTest::newRow("from the middle") << "bytes=9-"_ba << 206 << Pdf.mid(9);
    QTest::newRow("last") << "bytes=-4"_ba << 206 << Pdf.right(4);
    QTest::newRow("beyond the end") << "bytes=9-999"_ba << 206 << Pdf.mid(9);
    QTest::newRow("outside") << "bytes=999-"_ba << 416 << QByteArray();
    QTest::newRow("several") << "bytes=0-1,3-4"_ba << 200 << Pdf;
    QTest::newRow("nonsense") << "lines=1-2"_ba << 200 << Pdf;
}

void UploadsTest::partsOfAFile()
{
    QFETCH(QByteArray, range);
    m_sandbox->post(SendPath,
        multipart(R"({"attachment":{"type":"file","payload":{}}})", "application/pdf", Pdf),
        FormType);
    QTRY_COMPARE(m_receiver->echoes().size(), 1);
    const HttpAnswer part = m_sandbox->get(echoedUrl(), {{"Range", range}});
    QTEST(part.status, "status");
    QTEST(part.body, "content");
    if (part.status == 206)
        QVERIFY(part.headers.value("content-range").endsWith('/' + QByteArray::number(Pdf.size())));
}

void UploadsTest::mediaFaults()
{
    const QString profile
        = u"/v26.0/%1?fields=profile_pic&access_token=sandbox-page-token-70044"_s.arg(Amina);
    const QString url = m_sandbox->get(profile).json()[u"profile_pic"_s].toString();
    const auto statusWith = [&](const QString &fault) {
        m_sandbox->control(
            u"faults"_s, {{u"target"_s, u"media"_s}, {u"fault"_s, fault}, {u"count"_s, 1}});
        return m_sandbox->get(url).status;
    };
    QCOMPARE(statusWith(u"error"_s), 404);
    QCOMPARE(statusWith(u"expired_token"_s), 403);
    QCOMPARE(statusWith(u"outage"_s), 503);
    QCOMPARE(statusWith(u"drop"_s), 0);
    QCOMPARE(m_sandbox->get(url).status, 200);
}

QTEST_GUILESS_MAIN(UploadsTest)
#include "tst_uploads.moc"
