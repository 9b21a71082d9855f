// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/graph/httpclient.h"
#include "app/relay/media/mediarules.h"
#include "tests/support/scriptedhttp.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using Pagedesk::Testing::ScriptedHttp;
using namespace Qt::Literals::StringLiterals;

namespace {

// The first and the last address, or a telling one, of every network that is not for everybody.
constexpr std::array Private4{"127.0.0.1", "127.0.0.53", "127.1.2.3", "127.255.255.254", "0.0.0.0",
    "0.1.2.3", "10.0.0.0", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255",
    "169.254.0.1", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.8",
    "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1",
    "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255"};

constexpr std::array Private6{"::", "::1", "0:0:0:0:0:0:0:1", "::2", "100::1", "64:ff9b:1::1",
    "2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:20::1", "2001:db8::1", "3fff::1", "4000::1",
    "5f00::1", "fc00::1", "fd00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "febf::1", "fec0::1",
    "feff::1", "ff01::1", "ff02::1", "ff0e::1"};

// Ways in which an IPv6 address carries an IPv4 one, with "%1:%2" for its two halves in hex.
constexpr std::array Carriers{"::ffff:%1:%2", "0:0:0:0:0:ffff:%1:%2", "::%1:%2", "::ffff:0:%1:%2",
    "64:ff9b::%1:%2", "64:ff9b:1::%1:%2", "2002:%1:%2::", "2002:%1:%2::1", "2001:0:%1:%2::"};

QStringList notationsOf(const QString &dotted)
{
    const quint32 n = QHostAddress(dotted).toIPv4Address();
    const auto octal = [](quint32 part) { return u'0' + QString::number(part, 8); };
    const auto hex = [](quint32 part) { return u"0x"_s + QString::number(part, 16); };
    const quint32 a = n >> 24;
    const quint32 b = (n >> 16) & 0xff;
    const quint32 c = (n >> 8) & 0xff;
    const quint32 d = n & 0xff;
    QStringList forms{dotted, dotted + u'.', QString::number(n), hex(n), octal(n),
        u"%1.%2"_s.arg(a).arg(n & 0xffffff), u"%1.%2.%3"_s.arg(a).arg(b).arg(n & 0xffff),
        u"%1.%2.%3.%4"_s.arg(hex(a), hex(b), hex(c), hex(d)),
        u"%1.%2.%3.%4"_s.arg(octal(a), octal(b), octal(c), octal(d)),
        u"%1.%2"_s.arg(hex(a)).arg(n & 0xffffff)};
    QString wide; // digits of another script, which normalisation makes plain ones
    for (const QChar digit : dotted)
        wide += digit.isDigit() ? QChar(digit.unicode() + 0xfee0) : QChar(u'。');
    forms.append(wide);
    for (const char *carrier : Carriers) {
        forms.append(
            u'[' + QString::fromLatin1(carrier).arg(n >> 16, 0, 16).arg(n & 0xffff, 0, 16) + u']');
    }
    forms.append(u"[::ffff:"_s + dotted + u']');
    return forms;
}

} // namespace

// Addresses that strangers put into messages: whatever they are, nothing of this machine or its
// networks is connected to.
class TestHostileAddresses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_trap.listen(QHostAddress::Any));
        connect(&m_trap, &QTcpServer::newConnection, this, [this] {
            ++m_caught;
            delete m_trap.nextPendingConnection();
        });
    }
    void init() { m_caught = 0; }

    // Shows that the others could fail.
    void theTrapCatches()
    {
        HttpCall call;
        call.url = QUrl(u"http://127.0.0.1:%1/"_s.arg(m_trap.serverPort()));
        QVERIFY(!outcomeOf(call));
        QTRY_COMPARE(m_caught, 1);
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("host");
        int rows = 0;
        const auto row = [&rows](const QString &host) {
            QTest::addRow("%d %s", ++rows, qUtf8Printable(host)) << host;
        };
        for (const char *address : Private4) {
            for (const QString &form : notationsOf(QString::fromLatin1(address)))
                row(form);
        }
        for (const char *address : Private6) {
            row(u'[' + QString::fromLatin1(address) + u']');
            row(u'[' + QString::fromLatin1(address).toUpper() + u']');
        }
        row(u"[fe80::1%25lo]"_s);
        row(u"[fe80::1%25eth0]"_s);
        for (const char *name : {"localhost", "LOCALHOST", "localhost.", "a.localhost",
                 "ip6-localhost", "ip6-loopback", "localhost.localdomain"})
            row(QString::fromLatin1(name)); // names that lead to a private address
        QVERIFY2(rows >= 500, QByteArray::number(rows).constData());
    }
    void addresses()
    {
        QFETCH(QString, host);
        for (const QString &scheme : {u"http"_s, u"https"_s}) {
            const QUrl url(u"%1://%2:%3/a.png"_s.arg(scheme, host).arg(m_trap.serverPort()));
            QVERIFY(!MediaRules(metaMediaHosts()).callFor(url));
            // Should it ever be on a list, the address decides when it is resolved.
            HttpCall call;
            call.url = url;
            call.destinations = HttpCall::Destinations::PublicOnly;
            call.timeoutMs = 3000;
            const auto outcome = outcomeOf(call);
            QVERIFY(!outcome);
            // Forbidden, or nothing that could be an address at all.
            const auto kind = outcome.error().kind;
            QVERIFY2(kind == Error::Kind::Forbidden || kind == Error::Kind::Offline,
                qPrintable(outcome.error().detail));
            QVERIFY2(kind == Error::Kind::Forbidden || !QHostAddress(url.host()).isGlobal()
                    || url.host().contains(u'%'),
                qPrintable(url.host()));
        }
        QCOMPARE(m_caught, 0);
    }

    void lookalikes_data();
    void lookalikes();

    void metasOwnAreAllowed_data()
    {
        QTest::addColumn<QString>("url");
        for (const char *url : {"https://scontent.xx.fbcdn.net/v/t1/a.jpg?oe=1&_nc_ht=x#y",
                 "https://SCONTENT.XX.FBCDN.NET/a", "https://fbcdn.net/a",
                 "https://cdn.fbsbx.com:443/v/a%20b.pdf?dl=1", "https://lookaside.fbsbx.com"})
            QTest::newRow(url) << QString::fromLatin1(url);
    }
    void metasOwnAreAllowed()
    {
        QFETCH(QString, url);
        const auto call = MediaRules(metaMediaHosts()).callFor(QUrl(url));
        QVERIFY(call);
        QCOMPARE(call->destinations, HttpCall::Destinations::PublicOnly);
    }

    void redirectsAreNotFollowed_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {300, 301, 302, 303, 307, 308})
            QTest::addRow("%d", status) << status;
    }
    void redirectsAreNotFollowed()
    {
        QFETCH(int, status);
        ScriptedHttp server;
        const auto call = MediaRules({u"127.0.0.1"_s}).callFor(server.url());
        QVERIFY(call);
        HttpClient client;
        std::optional<Result<HttpAnswer>> outcome;
        client.call(*call).then(
            &client, [&outcome](const Result<HttpAnswer> &answer) { outcome = answer; });
        const auto request = server.expect();
        QVERIFY(request);
        ScriptedHttp::answer(*request, status, "elsewhere",
            "Location: http://127.0.0.1:" + QByteArray::number(m_trap.serverPort())
                + "/latest/meta-data\r\n");
        QTRY_VERIFY(outcome.has_value());
        QVERIFY(*outcome);
        QCOMPARE((*outcome)->status, status);
        QVERIFY(server.nothingMore());
        QCOMPARE(m_caught, 0);
    }

    // A proxy would be asked for the address in our place.
    void proxiesAreNotAsked()
    {
        const QByteArray proxy = "http://127.0.0.1:" + QByteArray::number(m_trap.serverPort());
        for (const char *name : {"https_proxy", "ALL_PROXY", "http_proxy"})
            qputenv(name, proxy);
        HttpCall call;
        call.url = QUrl(u"https://10.0.0.1/a"_s);
        call.destinations = HttpCall::Destinations::PublicOnly;
        const auto outcome = outcomeOf(call);
        for (const char *name : {"https_proxy", "ALL_PROXY", "http_proxy"})
            qunsetenv(name);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Forbidden);
        QCOMPARE(m_caught, 0);
    }

private:
    static Result<HttpAnswer> outcomeOf(const HttpCall &call)
    {
        HttpClient client;
        std::optional<Result<HttpAnswer>> outcome;
        client.call(call).then(
            &client, [&outcome](const Result<HttpAnswer> &answer) { outcome = answer; });
        if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20'000))
            return failure(Error::Kind::Timeout, u"no outcome"_s);
        return *outcome;
    }

    QTcpServer m_trap;
    int m_caught = 0;
};

void TestHostileAddresses::lookalikes_data()
{
    QTest::addColumn<QString>("url");
    const QStringList whole{u"http://scontent.xx.fbcdn.net/a"_s, u"ftp://fbcdn.net/a"_s,
        u"file:///etc/passwd"_s, u"file://fbcdn.net/etc/passwd"_s, u"gopher://fbcdn.net/1"_s,
        u"dict://fbcdn.net/"_s, u"data:image/png;base64,AAAA"_s, u"javascript:alert(1)"_s,
        u"ws://fbcdn.net/"_s, u"//fbcdn.net/a"_s, u"fbcdn.net/a"_s, u"https:fbcdn.net"_s,
        u"https:///fbcdn.net/a"_s, u"https://"_s, u"https:///"_s, u""_s, u" "_s, u"https://:443/"_s,
        u"https://fbcdn.net:22/a"_s, u"https://fbcdn.net:80/a"_s, u"https://fbcdn.net:8443/a"_s,
        u"https://fbcdn.net:0/a"_s, u"https://fbcdn.net:65536/a"_s, u"https://fbcdn.net:-1/a"_s,
        u"https://fbcdn.net:443x/a"_s, u"https://fbcdn.net:443@evil.example/a"_s};
    for (const QString &url : whole)
        QTest::newRow(qUtf8Printable(u"url "_s + url)) << url;
    const QStringList hosts{u"evilfbcdn.net"_s, u"fbcdn.net.evil.example"_s, u"fbcdn.net.:443"_s,
        u"fbcdn.net."_s, u"a.fbcdn.net."_s, u"fbcdn.net.."_s, u"fbcdn..net"_s, u"fbcdn"_s, u"net"_s,
        u".net"_s, u"fbcdn-net"_s, u"fbcdn.network"_s, u"fbcdn.ne"_s, u"xfbsbx.com"_s,
        u"fbsbx.com.evil.example"_s, u"fbsbx.co"_s, u"fbsbx.com.cn"_s, u"facebook.com"_s,
        u"fbcdn.net@evil.example"_s, u"fbcdn.net:x@evil.example"_s, u"evil@fbcdn.net"_s,
        u"a:b@fbcdn.net"_s, u":@fbcdn.net"_s.replace(u':', u"x:"_s), u"evil.example#fbcdn.net"_s,
        u"evil.example?fbcdn.net"_s, u"evil.example/fbcdn.net"_s, u"evil.example\\.fbcdn.net"_s,
        u"evil.example\\@fbcdn.net"_s, u"fbcdn.net\\@evil.example"_s,
        u"evil.example%2f.fbcdn.net"_s, u"evil.example%23.fbcdn.net"_s,
        u"evil.example%00.fbcdn.net"_s, u"evil.example%40fbcdn.net"_s,
        u"evil.example%5c.fbcdn.net"_s, u"127.0.0.1%23.fbcdn.net"_s, u"127.0.0.1%20.fbcdn.net"_s,
        u"127.0.0.1 .fbcdn.net"_s, u"127.0.0.1\t.fbcdn.net"_s, u"127.0.0.1\n.fbcdn.net"_s,
        u"[::1].fbcdn.net"_s, u"[::1]fbcdn.net"_s, u"[fbcdn.net]"_s, u"[fbcdn.net"_s,
        u"fbcdn.net]"_s, u"*.fbcdn.net"_s, u"evil.example,fbcdn.net"_s, u"evil.example;fbcdn.net"_s,
        u"fbсdn.net"_s, u"fbcdn.nеt"_s, u"fƅcdn.net"_s, u"xn--fbdn-t4d.net"_s,
        u"fbcdn．net．evil.example"_s, u"evil.example。fbcdn.net.example"_s,
        u"fbcdn\u200b.net.example"_s, u"ＦＢＣＤＮ.example"_s, u"fbcdn.net%2eevil.example"_s,
        u"fbcdn.net%252f@evil.example"_s, u"evil.example&@fbcdn.net@x"_s,
        u"fbcdn.net\u2044evil.example"_s, u"fbcdn.net\uff0fevil.example"_s,
        u"fbcdn.net\uff03.evil"_s, u"evil.example\uff0f.fbcdn.net"_s,
        u"evil.example\uff03.fbcdn.net"_s, u"evil.example\uff20fbcdn.net"_s,
        u"metadata.google.internal"_s, u"instance-data"_s, u"kubernetes.default.svc"_s};
    for (const QString &host : hosts)
        QTest::newRow(qUtf8Printable(u"host "_s + host)) << u"https://%1/a.png"_s.arg(host);
}

void TestHostileAddresses::lookalikes()
{
    QFETCH(QString, url);
    const auto call = MediaRules(metaMediaHosts()).callFor(QUrl(url));
    QVERIFY2(!call, qPrintable(call ? call->url.toString() : QString()));
    QCOMPARE(call.error().kind, Error::Kind::Forbidden);
}

QTEST_GUILESS_MAIN(TestHostileAddresses)
#include "tst_hostileaddresses.moc"
