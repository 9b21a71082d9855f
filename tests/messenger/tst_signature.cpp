// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/signature.h"

#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

} // namespace

class TestSignature : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void vectors_data();
    void vectors();
    void headers_data();
    void headers();
    void everyByteCounts();
    void rotation();
    void withoutSecret();
};

// Made with: printf '%s' BODY | openssl dgst -sha256 -hmac SECRET
void TestSignature::vectors_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("digest");
    QTest::newRow("nothing")
        << QByteArray("secret-one") << QByteArray()
        << QByteArray("7bb95bbc7e5d951c7e9af9d0f0b917cfe9c35a1b70977e39a11a7e842ece85f7");
    QTest::newRow("three letters")
        << QByteArray("secret-one") << QByteArray("abc")
        << QByteArray("02b6d3dda421b70b3da2042816babd4b3e73452fbcf6dfcd119af92a845c66a6");
    QTest::newRow("other secret")
        << QByteArray("secret-two") << QByteArray("abc")
        << QByteArray("1ebfaa4653a95c6646cae9011d68841bf8d2abfa394331e86e0e960cd652d7f5");
    QTest::newRow("envelope")
        << QByteArray("secret-one") << QByteArray(R"({"object":"page"})")
        << QByteArray("4381d5734a58e004a54c80cbc4021a89cd99bb15c62b2805220417dfd720bd07");
    QTest::newRow("escapes stay as they are")
        << QByteArray("secret-one") << QByteArray(R"({"text":"Gr\u00fc\u00dfe \ud83d\ude42 \/"})")
        << QByteArray("3d16695656892f8212cab1130d2184ff323c4b717fd4f4db37546c7e37697428");
    QTest::newRow("long body")
        << QByteArray("secret-one") << QByteArray(100'000, 'x')
        << QByteArray("df394539ab2504d0378825fa5bcc785df703b2b2611005492b4d568b6bd20958");
    QTest::newRow("secret longer than a block")
        << QByteArray(200, 'k') << QByteArray("abc")
        << QByteArray("ce632aa86d6a3fd3c79f06217c0a506599d055cd38eb385b16a2939f2488f686");
}

void TestSignature::vectors()
{
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, digest);
    const WebhookSignature signature({Secret(secret)});
    for (int i = 0; i < 3; ++i) { // the key is used again and again
        QCOMPARE(signature.sign(view(body)), "sha256=" + digest);
        QVERIFY(signature.verify(view("sha256=" + digest), view(body)));
        QVERIFY(!signature.verify(view("sha256=" + digest), view(body + ' ')));
    }
}

void TestSignature::headers_data()
{
    const QByteArray digits = "02b6d3dda421b70b3da2042816babd4b3e73452fbcf6dfcd119af92a845c66a6";
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("expected");
    QTest::newRow("right") << "sha256=" + digits << true;
    QTest::newRow("upper-case digits") << "sha256=" + digits.toUpper() << true;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("prefix only") << QByteArray("sha256=") << false;
    QTest::newRow("no prefix") << digits << false;
    QTest::newRow("other algorithm") << "sha1=" + digits.first(40) << false;
    QTest::newRow("upper-case prefix") << "SHA256=" + digits << false;
    QTest::newRow("space in front") << " sha256=" + digits << false;
    QTest::newRow("space behind") << "sha256=" + digits + ' ' << false;
    QTest::newRow("a digit less") << "sha256=" + digits.chopped(1) << false;
    QTest::newRow("a digit more") << "sha256=" + digits + '0' << false;
    QTest::newRow("no digit") << "sha256=" + digits.chopped(1) + 'g' << false;
    QTest::newRow("NUL") << "sha256=" + digits.chopped(1) + '\0' << false;
    QTest::newRow("twice") << "sha256=" + digits + ",sha256=" + digits << false;
    QTest::newRow("zeros") << "sha256=" + QByteArray(64, '0') << false;
}

void TestSignature::headers()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, expected);
    const WebhookSignature signature({Secret("secret-one")});
    QCOMPARE(signature.verify(view(header), "abc"), expected);
}

void TestSignature::everyByteCounts()
{
    const WebhookSignature signature({Secret("secret-one")});
    const QByteArray header = signature.sign("abc");
    for (qsizetype i = 7; i < header.size(); ++i) {
        QByteArray changed = header;
        changed[i] = changed.at(i) == '0' ? '1' : '0';
        QVERIFY(!signature.verify(view(changed), "abc"));
    }
}

void TestSignature::rotation()
{
    const WebhookSignature first({Secret("secret-one")});
    const WebhookSignature second({Secret("secret-two")});
    const WebhookSignature both({Secret("secret-two"), Secret("secret-one")});
    QVERIFY(both.verify(view(first.sign("abc")), "abc"));
    QVERIFY(both.verify(view(second.sign("abc")), "abc"));
    QCOMPARE(both.sign("abc"), second.sign("abc"));
    QVERIFY(!first.verify(view(second.sign("abc")), "abc"));
}

void TestSignature::withoutSecret()
{
    // What anybody can compute: printf abc | openssl dgst -sha256 -mac HMAC -macopt hexkey:
    const QByteArray unkeyed
        = "sha256=fd7adb152c05ef80dccf50a1fa4c05d5a3ec6da95575fc312ae7c5d091836351";
    for (const WebhookSignature &signature :
        {WebhookSignature({}), WebhookSignature({Secret()}), WebhookSignature({Secret("")})}) {
        QVERIFY(signature.sign("abc").isEmpty());
        QVERIFY(!signature.verify(view(unkeyed), "abc"));
        QVERIFY(!signature.verify("", "abc"));
    }
    const WebhookSignature mixed({Secret(), Secret("secret-one")});
    QVERIFY(!mixed.verify(view(unkeyed), "abc"));
    QVERIFY(mixed.verify(view(mixed.sign("abc")), "abc"));
}

QTEST_GUILESS_MAIN(TestSignature)
#include "tst_signature.moc"
