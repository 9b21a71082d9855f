// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/pairing.h"

#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

class TestPairing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void linkThereAndBack_data();
    void linkThereAndBack();
    void refusedLinks_data();
    void refusedLinks();
    void bodiesThereAndBack();
    void refusedBodies();
};

void TestPairing::linkThereAndBack_data()
{
    QTest::addColumn<QString>("relay");
    QTest::addColumn<QString>("link");
    QTest::newRow("loopback")
        << u"http://127.0.0.1:8480"_s
        << u"pagedesk://pair?relay=http%3A%2F%2F127.0.0.1%3A8480&code=inv-1.s3_cr-et"_s;
    QTest::newRow("ipv6 loopback")
        << u"http://[::1]:8480"_s
        << u"pagedesk://pair?relay=http%3A%2F%2F%5B%3A%3A1%5D%3A8480&code=inv-1.s3_cr-et"_s;
    QTest::newRow("name")
        << u"http://localhost:1"_s
        << u"pagedesk://pair?relay=http%3A%2F%2Flocalhost%3A1&code=inv-1.s3_cr-et"_s;
    QTest::newRow("tls")
        << u"https://relay.example"_s
        << u"pagedesk://pair?relay=https%3A%2F%2Frelay.example&code=inv-1.s3_cr-et"_s;
    QTest::newRow("below a path")
        << u"https://relay.example:444/desk"_s
        << u"pagedesk://pair?relay=https%3A%2F%2Frelay.example%3A444%2Fdesk&code=inv-1.s3_cr-et"_s;
}

void TestPairing::linkThereAndBack()
{
    QFETCH(QString, relay);
    QFETCH(QString, link);
    const Wire::PairingLink made{QUrl(relay), u"inv-1"_s, Secret("s3_cr-et")};
    QCOMPARE(Wire::toLink(made), link);
    const auto read = Wire::pairingLinkFrom(u' ' + link + u'\n');
    QVERIFY(read);
    QCOMPARE(read->relay, QUrl(relay));
    QCOMPARE(read->inviteId, u"inv-1"_s);
    QVERIFY(read->secret.matches("s3_cr-et"));
}

void TestPairing::refusedLinks_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("problem");
    const QString no = u"this is not a pairing link"_s;
    const QString noRelay = u"the link does not name a relay"_s;
    const QString noCode = u"the link has no invitation code"_s;
    const QString noTls = u"the relay must be reached by https"_s;
    QTest::newRow("empty") << QString() << no;
    QTest::newRow("another scheme") << u"https://pair?relay=https%3A%2F%2Fr&code=a.b"_s << no;
    QTest::newRow("another kind") << u"pagedesk://conversation/1"_s << no;
    QTest::newRow("endless") << u"pagedesk://pair?relay="_s + QString(5000, u'x') << no;
    QTest::newRow("no relay") << u"pagedesk://pair?code=a.b"_s << noRelay;
    QTest::newRow("file") << u"pagedesk://pair?relay=file%3A%2F%2F%2Fetc&code=a.b"_s << noRelay;
    QTest::newRow("http elsewhere")
        << u"pagedesk://pair?relay=http%3A%2F%2Frelay.example%3A8480&code=a.b"_s << noTls;
    QTest::newRow("http to a name that begins like loopback")
        << u"pagedesk://pair?relay=http%3A%2F%2F127.0.0.1.evil.example&code=a.b"_s << noTls;
    QTest::newRow("http to localhost's namesake")
        << u"pagedesk://pair?relay=http%3A%2F%2Flocalhost.evil.example&code=a.b"_s << noTls;
    QTest::newRow("user in the address")
        << u"pagedesk://pair?relay=https%3A%2F%2Fu%3Ap%40relay.example&code=a.b"_s
        << u"more than an address"_s;
    QTest::newRow("no code") << u"pagedesk://pair?relay=https%3A%2F%2Fr"_s << noCode;
    QTest::newRow("no secret") << u"pagedesk://pair?relay=https%3A%2F%2Fr&code=a."_s << noCode;
    QTest::newRow("no invite") << u"pagedesk://pair?relay=https%3A%2F%2Fr&code=.b"_s << noCode;
}

void TestPairing::refusedLinks()
{
    QFETCH(QString, link);
    QFETCH(QString, problem);
    const auto read = Wire::pairingLinkFrom(link);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Rejected);
    QVERIFY2(read.error().detail.contains(problem), qPrintable(read.error().detail));
}

void TestPairing::bodiesThereAndBack()
{
    const QByteArray asked = Wire::encode(Wire::PairingRequest{u"i"_s, Secret("s"), u"Büro"_s});
    QCOMPARE(asked, QByteArray(R"({"deviceName":"Büro","inviteId":"i","secret":"s"})"));
    const auto request = Wire::decodePairingRequest(asked);
    QVERIFY(request);
    QCOMPARE(request->inviteId, u"i"_s);
    QCOMPARE(request->deviceName, u"Büro"_s);
    QVERIFY(request->secret.matches("s"));

    const Operator self{{u"o"_s}, u"Amal"_s, Role::Admin, true, 3};
    const QByteArray answered = Wire::encode(Wire::PairingAnswer{Secret("t"), self, u"w"_s});
    QCOMPARE(answered,
        QByteArray(R"({"deviceToken":"t","self":{"active":true,"id":"o","kind":"operator",)"
                   R"("name":"Amal","role":"admin","seq":3},"workspace":"w"})"));
    const auto answer = Wire::decodePairingAnswer(answered);
    QVERIFY(answer);
    QCOMPARE(answer->self, self);
    QCOMPARE(answer->workspace, u"w"_s);
    QVERIFY(answer->deviceToken.matches("t"));
}

void TestPairing::refusedBodies()
{
    const auto request = Wire::decodePairingRequest(R"({"inviteId":"i"})");
    QVERIFY(!request);
    QCOMPARE(request.error().detail, u"pairing.secret is missing"_s);
    const auto answer = Wire::decodePairingAnswer(R"({"deviceToken":"t","workspace":"w"})");
    QVERIFY(!answer);
    QCOMPARE(answer.error().detail, u"pairing.self is missing"_s);
    QVERIFY(!Wire::decodePairingAnswer("<html>"));
}

QTEST_GUILESS_MAIN(TestPairing)
#include "tst_pairing.moc"
