// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/graph/httpclient.h"
#include "app/relay/graph/publicaddress.h"
#include "app/relay/media/blobstore.h"
#include "app/relay/media/mediarules.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <netinet/in.h>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

// What the relay asks of others: each call once, and only where it may.
class TestOutgoing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publicAddresses_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isPublic");
        for (const char *special : {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255",
                 "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
                 "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
                 "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2001:db8::1"})
            QTest::newRow(special) << QString::fromLatin1(special) << false;
        for (const char *open : {"157.240.1.35", "8.8.8.8", "172.32.0.1", "100.128.0.1",
                 "2a03:2880:f10c::1", "::ffff:157.240.1.35"})
            QTest::newRow(open) << QString::fromLatin1(open) << true;
    }
    void publicAddresses()
    {
        QFETCH(QString, address);
        QFETCH(bool, isPublic);
        const QHostAddress host(address);
        sockaddr_in v4{};
        sockaddr_in6 v6{};
        const bool is4 = host.protocol() == QAbstractSocket::IPv4Protocol;
        v4.sin_family = AF_INET;
        v4.sin_addr.s_addr = htonl(host.toIPv4Address());
        v6.sin6_family = AF_INET6;
        const Q_IPV6ADDR bytes = host.toIPv6Address();
        memcpy(&v6.sin6_addr, &bytes, sizeof bytes);
        const auto *any = is4 ? reinterpret_cast<const sockaddr *>(&v4)
                              : reinterpret_cast<const sockaddr *>(&v6);
        QCOMPARE(isPublicAddress(any), isPublic);
    }

    void mediaHosts_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("Meta's") << u"https://scontent.xx.fbcdn.net/v/a.jpg?oe=1"_s << true;
        QTest::newRow("the name itself") << u"https://fbsbx.com/a"_s << true;
        QTest::newRow("not at a label") << u"https://evilfbcdn.net/a"_s << false;
        QTest::newRow("as a prefix") << u"https://fbcdn.net.evil.example/a"_s << false;
        QTest::newRow("http") << u"http://scontent.xx.fbcdn.net/a"_s << false;
        QTest::newRow("user") << u"https://fbcdn.net@evil.example/a"_s << false;
        QTest::newRow("user at Meta's") << u"https://x@fbcdn.net/a"_s << false;
        QTest::newRow("file") << u"file:///etc/passwd"_s << false;
        QTest::newRow("this machine") << u"http://127.0.0.1:1999/a"_s << false;
        QTest::newRow("nothing") << QString() << false;
    }
    void mediaHosts()
    {
        QFETCH(QString, url);
        QFETCH(bool, allowed);
        const auto call = MediaRules(metaMediaHosts()).callFor(QUrl(url));
        QCOMPARE(call.has_value(), allowed);
        if (call)
            QCOMPARE(call->destinations, HttpCall::Destinations::PublicOnly);
    }

    void listedLoopbackIsForTheSandbox()
    {
        const MediaRules rules({u"127.0.0.1"_s});
        QVERIFY(rules.callFor(QUrl(u"http://127.0.0.1:8491/a.png"_s)));
        QVERIFY(!rules.callFor(QUrl(u"http://localhost:8491/a.png"_s)));
    }

    // A closed connection is the moment at which some clients send a POST again.
    void aCallIsMadeOnce_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("closed without an answer") << QByteArray();
        QTest::newRow("cut in the head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Le");
        QTest::newRow("cut in the body")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{");
    }
    void aCallIsMadeOnce()
    {
        QFETCH(QByteArray, answer);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        int requests = 0;
        connect(&server, &QTcpServer::newConnection, &server, [&] {
            auto *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [&requests, &answer, socket] {
                requests += socket->readAll().contains("once") ? 1 : 0;
                socket->write(answer);
                socket->disconnectFromHost();
            });
        });
        HttpClient client;
        HttpCall call;
        call.method = "POST";
        call.url = QUrl(u"http://127.0.0.1:%1/"_s.arg(server.serverPort()));
        call.body = "once";
        std::optional<Error::Kind> kind;
        client.call(call).then(&client, [&](const Result<HttpAnswer> &a) {
            // An answer without its body proves as little as none.
            const bool proof = a && !a->body.isEmpty();
            kind = proof ? Error::Kind::Cancelled : a ? Error::Kind::Protocol : a.error().kind;
        });
        QTRY_VERIFY(kind.has_value());
        QCOMPARE(*kind, Error::Kind::Protocol); // may have been done
        QCOMPARE(requests, 1);
    }

    void noConnectionProvesNothingWasSent()
    {
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        const quint16 port = probe.serverPort();
        probe.close();
        HttpClient client;
        HttpCall call;
        call.url = QUrl(u"http://127.0.0.1:%1/"_s.arg(port));
        std::optional<Error::Kind> kind;
        client.call(call).then(
            &client, [&](const Result<HttpAnswer> &a) { kind = a.error().kind; });
        QTRY_COMPARE(kind, std::optional(Error::Kind::Offline));
    }

    void privateAddressesAreNotAsked()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        HttpClient client;
        HttpCall call;
        call.url = QUrl(u"http://127.0.0.1:%1/"_s.arg(server.serverPort()));
        call.destinations = HttpCall::Destinations::PublicOnly;
        std::optional<Error::Kind> kind;
        client.call(call).then(
            &client, [&](const Result<HttpAnswer> &a) { kind = a.error().kind; });
        QTRY_COMPARE(kind, std::optional(Error::Kind::Forbidden));
        QVERIFY(!server.hasPendingConnections());
    }

    void blobsAreKeptByHash()
    {
        QTemporaryDir folder;
        const BlobStore blobs(folder.path());
        const auto hash = blobs.put("hello");
        QVERIFY(hash);
        QCOMPARE(*hash, u"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"_s);
        QCOMPARE(blobs.put("hello").value_or(QString()), *hash);
        QCOMPARE(blobs.get(*hash).value_or(QByteArray()), "hello");
        QVERIFY(!blobs.get(u"../../etc/passwd"_s));
        QVERIFY(!blobs.get(QString(64, u'f')));
    }
};

QTEST_GUILESS_MAIN(TestOutgoing)
#include "tst_outgoing.moc"
