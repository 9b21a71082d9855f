// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/fieldspec.h"
#include "app/sandbox/filekind.h"
#include "app/sandbox/graphrequest.h"
#include "app/sandbox/multipart.h"
#include "app/sandbox/paging.h"
#include "app/sandbox/png.h"
#include "app/sandbox/webhookitem.h"
#include "app/sandbox/webhooklane.h"

#include <QJsonDocument>
#include <QTest>
#include <QtEndian>

using namespace Pagedesk::Sandbox;
using namespace Qt::Literals::StringLiterals;

class FormatsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void bodiesAreEscapedAsMetaDoes();
    void versions_data();
    void versions();
    void multipartIsSplit();
    void multipartIsRefused_data();
    void multipartIsRefused();
    void fieldsAreRead();
    void fieldsAreRefused_data();
    void fieldsAreRefused();
    void pagesOfAListJoinUp();
    void parametersComeFromAnywhere_data();
    void parametersComeFromAnywhere();
    void pngIsWellFormed();
    void retriesSlowDown();
    void batchesKeepOrderAndStopAtSpecialEvents();
};

void FormatsTest::bodiesAreEscapedAsMetaDoes()
{
    const QByteArray json = toMetaJson({{u"t"_s, u"é/😀\n\"x\""_s}});
    QCOMPARE(json, QByteArray(R"({"t":"\u00e9\/\ud83d\ude00\n\"x\""})"));
    QCOMPARE(QJsonDocument::fromJson(json).object()[u"t"_s].toString(), u"é/😀\n\"x\""_s);
}

void FormatsTest::versions_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("served");
    QTest::newRow("none") << QString() << u"v26.0"_s;
    QTest::newRow("newest") << u"v26.0"_s << u"v26.0"_s;
    QTest::newRow("oldest") << u"v21.0"_s << u"v21.0"_s;
    QTest::newRow("expired") << u"v2.6"_s << u"v21.0"_s;
    QTest::newRow("not there yet") << u"v99.0"_s << u"v21.0"_s;
}

void FormatsTest::versions()
{
    QFETCH(QString, asked);
    QTEST(servingVersion(asked), "served");
}

void FormatsTest::multipartIsSplit()
{
    const QByteArray body
        = "preamble\r\n--b1 \r\nContent-Disposition: form-data; name=\"recipient\"\r\n\r\n"
          "{\"id\":\"1\"}\r\n--b1\r\ncontent-disposition: form-data; name=filedata; "
          "filename=\"C:\\dir\\a b.png\"\r\nContent-Type: Image/PNG; x=y\r\n\r\n\x89\r\n--b\r\n\x00z"_ba
        + "\r\n--b1--\r\n";
    const auto parts = readMultipart("multipart/form-data; boundary=\"b1\"", body);
    QVERIFY(parts);
    QCOMPARE(parts->size(), 2);
    QCOMPARE(parts->at(0).name, u"recipient"_s);
    QCOMPARE(parts->at(0).content, QByteArray("{\"id\":\"1\"}"));
    QVERIFY(!parts->at(0).isFile);
    QCOMPARE(parts->at(1).fileName, u"a b.png"_s);
    QCOMPARE(parts->at(1).contentType, u"image/png"_s);
    QCOMPARE(parts->at(1).content, "\x89\r\n--b\r\n\x00z"_ba);
}

void FormatsTest::multipartIsRefused_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const QByteArray part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1";
    QTest::newRow("no boundary") << "multipart/form-data"_ba << part + "\r\n--b--";
    QTest::newRow("never ends") << "multipart/form-data; boundary=b"_ba << part;
    QTest::newRow("cut off") << "multipart/form-data; boundary=b"_ba << part + "\r\n--b\r\nConte";
    QTest::newRow("no name") << "multipart/form-data; boundary=b"_ba
                             << "--b\r\nX: y\r\n\r\n1\r\n--b--"_ba;
    QTest::newRow("empty") << "multipart/form-data; boundary=b"_ba << QByteArray();
}

void FormatsTest::multipartIsRefused()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QVERIFY(!readMultipart(type, body));
}

void FormatsTest::fieldsAreRead()
{
    const auto fields = readFields(u"id, messages.limit(5).after(x){id,from{name}} ,link"_s);
    QVERIFY(fields);
    QCOMPARE(fields->size(), 3);
    const FieldSpec &messages = fields->at(1);
    QCOMPARE(messages.name, u"messages"_s);
    QCOMPARE(messages.modifiers.value(u"limit"_s), u"5"_s);
    QCOMPARE(messages.modifiers.value(u"after"_s), u"x"_s);
    QCOMPARE(messages.fields.at(1).fields.at(0).name, u"name"_s);
    QCOMPARE(fields->at(2).name, u"link"_s);
}

void FormatsTest::fieldsAreRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"id,", "a{b", "a}", "a.limit(1", "a.(1)", "a{}", "a b", "a.limit)1("})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("too deep") << u"a{"_s.repeated(50) + u"a"_s + u"}"_s.repeated(50);
}

void FormatsTest::fieldsAreRefused()
{
    QFETCH(QString, text);
    QVERIFY(!readFields(text));
}

void FormatsTest::pagesOfAListJoinUp()
{
    const QStringList keys{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s};
    GraphRequest request;
    request.host = u"127.0.0.1:1"_s;
    request.version = u"v26.0"_s;
    request.path = {u"70044"_s, u"conversations"_s};
    request.token = u"secret+/="_s;
    PageOfList asked;
    asked.limit = 2;
    QStringList seen;
    for (int guard = 0; guard < 5; ++guard) {
        const ListRange range = rangeOf(asked, keys);
        QJsonArray data;
        for (int i = range.begin; i < range.end; ++i)
            data.append(keys.at(i));
        for (const QJsonValue &each : std::as_const(data))
            seen.append(each.toString());
        const QJsonObject answer = listAnswer(data, range, keys, &request);
        const QUrl next(answer[u"paging"_s][u"next"_s].toString());
        QCOMPARE(next.isEmpty(), range.end == keys.size());
        if (next.isEmpty())
            break;
        QVERIFY(next.toEncoded().startsWith("http://127.0.0.1:1/v26.0/70044/conversations?"));
        QVERIFY(next.query(QUrl::FullyEncoded).contains("access_token=secret%2B%2F%3D"_L1));
        asked.after = answer[u"paging"_s][u"cursors"_s][u"after"_s].toString();
    }
    QCOMPARE(seen, keys);
    asked.before = asked.after;
    QCOMPARE(rangeOf(asked, keys).end, 3);
}

void FormatsTest::parametersComeFromAnywhere_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("json")
        << "application/json; charset=utf-8"_ba
        << R"({"recipient":{"id":24000000000000017},"message":{"text":"a+b ü"}})"_ba;
    QTest::newRow("json with texts")
        << "application/json"_ba
        << R"({"recipient":"{\"id\":\"24000000000000017\"}","message":"{\"text\":\"a+b ü\"}"})"_ba;
    QTest::newRow("form")
        << "application/x-www-form-urlencoded"_ba
        << "recipient=%7B%22id%22%3A%2224000000000000017%22%7D&message=%7B%22text%22:%22a%2Bb+%C3%BC%22%7D"_ba;
}

void FormatsTest::parametersComeFromAnywhere()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    Pagedesk::Server::Request from;
    from.method = "POST";
    from.path = "/v23.0/me/messages";
    from.query = "access_token=a%7Cb";
    from.headers = {{"Content-Type", type.toStdString()}};
    from.body = body.toStdString();
    const auto request = readGraphRequest(from);
    QVERIFY(request);
    QCOMPARE(request->version, u"v23.0"_s);
    QCOMPARE(request->path, (QStringList{u"me"_s, u"messages"_s}));
    QCOMPARE(request->token, u"a|b"_s);
    QCOMPARE(idText(request->json(u"recipient"_s)[u"id"_s]), u"24000000000000017"_s);
    QCOMPARE(request->json(u"message"_s)[u"text"_s].toString(), u"a+b ü"_s);
}

void FormatsTest::pngIsWellFormed()
{
    const Picture picture = drawPhoto(33, 20, 5);
    const QByteArray png = encodePng(picture);
    QCOMPARE(pixelSize(png).width, 33);
    QCOMPARE(pixelSize(png).height, 20);
    QCOMPARE(sniffedMimeType(png), u"image/png"_s);
    const auto dataAt = png.indexOf("IDAT");
    const quint32 length = qFromBigEndian<quint32>(png.constData() + dataAt - 4);
    QByteArray sized(4, '\0');
    qToBigEndian<quint32>(20 * (33 * 3 + 1), sized.data());
    const QByteArray rows = qUncompress(sized + png.mid(dataAt + 4, length));
    QCOMPARE(rows.size(), 20 * (33 * 3 + 1));
    // Undo the filter of the last row and compare it with the picture.
    QByteArray last = rows.last(33 * 3);
    for (qsizetype i = 3; i < last.size(); ++i)
        last[i] = char(quint8(last[i]) + quint8(last[i - 3]));
    QCOMPARE(last, picture.rgb.last(33 * 3));
    // The checksum of the empty last chunk is the same in every PNG.
    QVERIFY(png.endsWith("IEND\xAE\x42\x60\x82"));
}

void FormatsTest::retriesSlowDown()
{
    QCOMPARE(retryPauseMs(1), 0);
    qint64 total = 0;
    for (int attempt = 2; attempt < 30; ++attempt) {
        QVERIFY(retryPauseMs(attempt) >= retryPauseMs(attempt - 1));
        total += retryPauseMs(attempt);
    }
    QVERIFY(total > 3'600'000);
}

void FormatsTest::batchesKeepOrderAndStopAtSpecialEvents()
{
    WebhookLane lane;
    for (int i = 0; i < 6; ++i) {
        OutgoingEvent event{u"70044"_s, u"message"_s, {{u"n"_s, i}}};
        lane.waiting.push_back({event, 0, i == 4});
    }
    const auto numbers = [](const WebhookPost &post) {
        QList<int> list;
        const QJsonObject envelope = QJsonDocument::fromJson(post.body).object();
        for (const QJsonValue &entry : envelope[u"entry"_s].toArray()) {
            Q_ASSERT(entry[u"messaging"_s].toArray().size() == 1);
            list.append(entry[u"messaging"_s][0][u"n"_s].toInt());
        }
        return list;
    };
    QCOMPARE(numbers(takePost(lane, 3, 1)), (QList<int>{0, 1, 2}));
    QCOMPARE(numbers(takePost(lane, 3, 1)), (QList<int>{3}));
    const WebhookPost twice = takePost(lane, 3, 1);
    QCOMPARE(numbers(twice), (QList<int>{4}));
    QCOMPARE(twice.copies, 2);
    QCOMPARE(numbers(takePost(lane, 3, 1)), (QList<int>{5}));
}

QTEST_GUILESS_MAIN(FormatsTest)
#include "tst_formats.moc"
