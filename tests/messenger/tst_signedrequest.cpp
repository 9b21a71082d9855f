// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/signedrequest.h"

#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto UrlWithoutPadding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
const QByteArray Payload
    = R"({"user_id":"5511","algorithm":"HMAC-SHA256","issued_at":1782000000,"expires":1782003600})";

QByteArray digest(const QByteArray &message, const QByteArray &secret = "secret-one")
{
    return QMessageAuthenticationCode::hash(message, secret, QCryptographicHash::Sha256);
}

QByteArray joined(const QByteArray &bytes, const QByteArray &encoded)
{
    return bytes.toBase64(UrlWithoutPadding) + '.' + encoded;
}

// A payload, signed as Meta does.
QByteArray request(const QByteArray &payload, const QByteArray &secret = "secret-one")
{
    const QByteArray encoded = payload.toBase64(UrlWithoutPadding);
    return joined(digest(encoded, secret), encoded);
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

Result<SignedRequest> read(const QByteArray &text)
{
    return SignedRequestReader({Secret("secret-one"), Secret("secret-two")}).read(view(text));
}

Result<SignedRequest> readForm(const QByteArray &body)
{
    return SignedRequestReader({Secret("secret-one"), Secret("secret-two")}).readForm(view(body));
}

} // namespace

class TestSignedRequest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    // Made with: encoded=$(printf %s "$payload" | basenc --base64url | tr -d '=\n')
    // printf %s "$encoded" | openssl dgst -sha256 -hmac secret-one -binary | basenc --base64url
    void vector()
    {
        const QByteArray text
            = "-bmDYrCpFJXC0Sk7w1QcjpQdi1rycqtnqt_Pwu3ZpzA."
              "eyJ1c2VyX2lkIjoiNTUxMSIsImFsZ29yaXRobSI6IkhNQUMtU0hBMjU2IiwiaXNzdWVkX2F0Ijox"
              "NzgyMDAwMDAwLCJleHBpcmVzIjoxNzgyMDAzNjAwfQ";
        const auto known = read(text);
        QVERIFY(known);
        QCOMPARE(known->userId, u"5511"_s);
        QCOMPARE(known->profileId, QString());
        QCOMPARE(known->issuedAt, 1'782'000'000'000);
        QCOMPARE(known->key.size(), 16);
        QCOMPARE(request(Payload), text);
    }

    void idsStayExact_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QString>("expected");
        QTest::newRow("text") << QByteArray("\"5511\"") << u"5511"_s;
        QTest::newRow("number") << QByteArray("5511") << u"5511"_s;
        QTest::newRow("beyond a double")
            << QByteArray("10163000000000000000001") << u"10163000000000000000001"_s;
        QTest::newRow("zero in front") << QByteArray("\"007\"") << u"007"_s;
        QTest::newRow("escaped digits") << QByteArray(R"("\u0035\u0035")") << u"55"_s;
        QTest::newRow("64 digits") << '"' + QByteArray(64, '7') + '"' << QString(64, u'7');
        QTest::newRow("65 digits") << '"' + QByteArray(65, '7') + '"' << QString();
        QTest::newRow("exponent") << QByteArray("1e5") << QString();
        QTest::newRow("negative") << QByteArray("-5") << QString();
        QTest::newRow("fraction") << QByteArray("1.5") << QString();
        QTest::newRow("word") << QByteArray("\"Mara\"") << QString();
        QTest::newRow("path") << QByteArray("\"../5511\"") << QString();
        QTest::newRow("other digits") << QByteArray("\"\xd9\xa5\"") << QString();
        QTest::newRow("NUL inside") << QByteArray(R"("55\u000011")") << QString();
        QTest::newRow("empty") << QByteArray("\"\"") << QString();
        QTest::newRow("null") << QByteArray("null") << QString();
        QTest::newRow("true") << QByteArray("true") << QString();
        QTest::newRow("list") << QByteArray("[5511]") << QString();
        QTest::newRow("object") << QByteArray("{\"id\":5511}") << QString();
    }
    void idsStayExact()
    {
        QFETCH(QByteArray, id);
        QFETCH(QString, expected);
        const auto person = read(request(R"({"algorithm":"HMAC-SHA256","user_id":)" + id + '}'));
        if (expected.isEmpty()) {
            QCOMPARE(person.error().kind, Error::Kind::Protocol);
            return;
        }
        QCOMPARE(person->userId, expected);
        const auto page
            = read(request(R"({"algorithm":"HMAC-SHA256","user_id":"1","profile_id":)" + id + '}'));
        QCOMPARE(page->profileId, expected);
    }

    void hostile_data();
    void hostile();

    void forms_data();
    void forms();

    void everyBitCounts()
    {
        const QByteArray good = request(Payload);
        for (qsizetype i = 0; i < good.size(); ++i) {
            for (int bit = 0; bit < 8; ++bit) {
                QByteArray changed = good;
                changed[i] = static_cast<char>(changed.at(i) ^ (1 << bit));
                QVERIFY2(!read(changed), changed.constData());
            }
        }
        for (qsizetype length = 0; length < good.size(); ++length)
            QVERIFY(!read(good.first(length)));
    }

    void rotation()
    {
        const auto first = read(request(Payload, "secret-one"));
        const auto second = read(request(Payload, "secret-two"));
        QVERIFY(first && second);
        QCOMPARE(first->userId, second->userId);
        QVERIFY(!read(request(Payload, "secret-three")));
    }

    void repeatedAreKnownByTheirKey()
    {
        QCOMPARE(read(request(Payload))->key, read(request(Payload))->key);
        QByteArray later = Payload;
        later.replace("1782000000", "1782000001");
        QVERIFY(read(request(Payload))->key != read(request(later))->key);
    }

    void withoutSecret()
    {
        const QByteArray unkeyed = request(Payload, "");
        QVERIFY(!SignedRequestReader({}).read(view(unkeyed)));
        QVERIFY(!SignedRequestReader({Secret("")}).read(view(unkeyed)));
    }
};

void TestSignedRequest::hostile_data()
{
    const QByteArray encoded = Payload.toBase64(UrlWithoutPadding);
    const QByteArray signature = digest(encoded).toBase64(UrlWithoutPadding);
    const auto plus = [](QByteArray text) { return text.replace('-', '+').replace('_', '/'); };
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Error::Kind>("kind");
    const auto refused = [](const char *name, const QByteArray &text) {
        QTest::newRow(name) << text << Error::Kind::Unauthorized;
    };
    refused("empty", "");
    refused("a dot", ".");
    refused("dots", "...");
    refused("payload only", encoded);
    refused("payload behind a dot", '.' + encoded);
    refused("signature only", signature + '.');
    refused("the other way round", encoded + '.' + signature);
    refused("a dot more", signature + '.' + encoded + '.');
    refused("a dot in front", '.' + signature + '.' + encoded);
    refused("three parts", signature + '.' + encoded + '.' + signature);
    refused("padded signature", signature + "=." + encoded);
    refused("padded payload", signature + '.' + encoded + '=');
    refused("space in front", ' ' + signature + '.' + encoded);
    refused("line end behind", signature + '.' + encoded + '\n');
    refused("NUL behind", signature + '.' + encoded + QByteArray(1, '\0'));
    refused("hex digits", digest(encoded).toHex() + '.' + encoded);
    refused("as a header", "sha256=" + digest(encoded).toHex() + '.' + encoded);
    refused("digest of the decoded payload", joined(digest(Payload), encoded));
    refused("a byte less", joined(digest(encoded).chopped(1), encoded));
    refused("a byte more", joined(digest(encoded) + 'x', encoded));
    refused("zeros", joined(QByteArray(32, '\0'), encoded));
    refused("no digest", joined({}, encoded));
    refused("of another secret", request(Payload, "other"));
    refused("of no secret", request(Payload, ""));
    refused("SHA-1",
        joined(QMessageAuthenticationCode::hash(encoded, "secret-one", QCryptographicHash::Sha1),
            encoded));
    refused("SHA-512",
        joined(QMessageAuthenticationCode::hash(encoded, "secret-one", QCryptographicHash::Sha512),
            encoded));
    refused("hash without a key",
        joined(QCryptographicHash::hash(encoded, QCryptographicHash::Sha256), encoded));
    refused("another payload under the signature",
        signature + '.' + QByteArray(Payload).replace("5511", "5512").toBase64(UrlWithoutPadding));
    refused("bits that do not count",
        signature.chopped(1) + char(signature.back() + 1) + '.' + encoded);
    refused("other algorithm", request(R"({"user_id":"1","algorithm":"HMAC-SHA1"})"));
    refused("algorithm none", request(R"({"user_id":"1","algorithm":"none"})"));
    refused("lower case", request(R"({"user_id":"1","algorithm":"hmac-sha256"})"));
    refused("no algorithm", request(R"({"user_id":"1"})"));
    refused("algorithm twice",
        request(R"({"user_id":"1","algorithm":"HMAC-SHA256","algorithm":"none"})"));
    refused("algorithm in a list", request(R"({"user_id":"1","algorithm":["HMAC-SHA256"]})"));
    refused("a list", request(R"([{"user_id":"1","algorithm":"HMAC-SHA256"}])"));
    refused("a number", request("17"));
    refused("not UTF-8 signature", "\xff\xfe." + encoded);
    // Signed with our secret, and still not to be trusted to be what it should.
    const auto unread = [](const char *name, const QByteArray &text) {
        QTest::newRow(name) << text << Error::Kind::Protocol;
    };
    unread("signed nothing", joined(digest(""), ""));
    unread("signed no JSON", request("hello"));
    unread("signed cut JSON", request(Payload.chopped(1)));
    unread("signed no UTF-8", request("{\"user_id\":\"\xff\"}"));
    unread("signed no base64", joined(digest("***"), "***"));
    unread("signed with padding", joined(digest(encoded + "="), encoded + "="));
    unread("signed deep", request(QByteArray(3000, '[')));
    unread("signed without a person", request(R"({"algorithm":"HMAC-SHA256"})"));
    const QByteArray standard = QByteArray(R"({"user_id":"1","a":"???>>>"})").toBase64();
    unread("signed in the other alphabet", joined(digest(plus(standard)), plus(standard)));
    QTest::newRow("long") << request(QByteArray(SignedRequestReader::MaxBytes, ' '))
                          << Error::Kind::TooLarge;
    QTest::newRow("long garbage") << QByteArray(8 * 1024 * 1024, '.') << Error::Kind::TooLarge;
}

void TestSignedRequest::hostile()
{
    QFETCH(QByteArray, text);
    QFETCH(Error::Kind, kind);
    const auto result = read(text);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, kind);
    QVERIFY(!result.error().detail.contains(u"5511"));
}

void TestSignedRequest::forms_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("good");
    const QByteArray text = request(Payload);
    const QByteArray field = "signed_request=" + text;
    QTest::newRow("plain") << field << true;
    QTest::newRow("encoded dot") << QByteArray(field).replace('.', "%2E") << true;
    QTest::newRow("all of it encoded") << "signed_request=%" + text.toHex('%') << true;
    QTest::newRow("encoded name") << QByteArray(field).replace("signed_", "signed%5f") << true;
    QTest::newRow("beside others") << "a=1&" + field + "&b=2&c" << true;
    QTest::newRow("empty pairs") << "&&" + field + "&&" << true;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("without a value") << QByteArray("signed_request") << false;
    QTest::newRow("empty value") << QByteArray("signed_request=") << false;
    QTest::newRow("other name") << "request=" + text << false;
    QTest::newRow("longer name") << "x_" + field << false;
    QTest::newRow("twice") << field + '&' + field << false;
    QTest::newRow("twice, the second empty") << field + "&signed_request=" << false;
    QTest::newRow("cut escape") << field + "%2" << false;
    QTest::newRow("no escape") << field + "%zz" << false;
    QTest::newRow("escape with a sign") << field + "%+1" << false;
    QTest::newRow("NUL escape") << field + "%00" << false;
    QTest::newRow("space") << field + "+" << false;
    QTest::newRow("JSON") << R"({"signed_request":")" + text + "\"}" << false;
    QTest::newRow("bare") << text << false;
    QTest::newRow("semicolons") << "a=1;" + field << false;
    QTest::newRow("many fields") << QByteArray("a=1&").repeated(10'000) + field << false;
    QTest::newRow("8 MiB") << field + "&a=" + QByteArray(8 * 1024 * 1024, 'x') << false;
}

void TestSignedRequest::forms()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, good);
    QCOMPARE(readForm(body).has_value(), good);
}

QTEST_GUILESS_MAIN(TestSignedRequest)
#include "tst_signedrequest.moc"
