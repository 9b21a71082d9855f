// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/certificates.h"
#include "tests/server/socketserver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

using namespace Pagedesk::Server;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Patience = 10'000;

QSslConfiguration trusting(const CertificateFiles &files)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(files.certificate));
    return configuration;
}

std::unique_ptr<QSslSocket> connected(std::uint16_t port, const QSslConfiguration &configuration)
{
    auto socket = std::make_unique<QSslSocket>();
    socket->setSslConfiguration(configuration);
    socket->connectToHostEncrypted(u"127.0.0.1"_s, port, u"localhost"_s);
    socket->waitForEncrypted(Patience);
    return socket;
}

QByteArray exchange(QSslSocket &socket, const QByteArray &request, qsizetype atLeast)
{
    socket.write(request);
    QByteArray answer;
    while (answer.size() < atLeast && socket.waitForReadyRead(Patience))
        answer += socket.readAll();
    return answer;
}

} // namespace

// What a client meets on a port that speaks TLS.
class TlsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_first = makeCertificate(m_folder.path(), u"first"_s);
        m_second = makeCertificate(m_folder.path(), u"second"_s);
        QVERIFY(QFile::exists(m_first.certificate) && QFile::exists(m_second.certificate));
    }

    void answersEncrypted_data()
    {
        QTest::addColumn<int>("protocol");
        QTest::newRow("TLS 1.2") << static_cast<int>(QSsl::TlsV1_2);
        QTest::newRow("TLS 1.3") << static_cast<int>(QSsl::TlsV1_3);
    }
    void answersEncrypted()
    {
        QFETCH(int, protocol);
        TestServer server = serving();
        QSslConfiguration configuration = trusting(m_first);
        configuration.setProtocol(static_cast<QSsl::SslProtocol>(protocol));
        const auto socket = connected(m_port, configuration);
        QVERIFY2(socket->isEncrypted(), qPrintable(socket->errorString()));
        for (int i = 0; i < 3; ++i) { // on one connection
            const QByteArray answer = exchange(*socket, simplePost("/a", "hello"), 50);
            QVERIFY2(answer.startsWith("HTTP/1.1 200"), answer.constData());
            QVERIFY(answer.endsWith("POST /a hello"));
        }
    }

    void bigBodiesGoBothWays()
    {
        TestServer server = serving();
        const auto socket = connected(m_port, trusting(m_first));
        const QByteArray body(3'000'000, 'x');
        const QByteArray answer = exchange(*socket, simplePost("/big", body), body.size());
        QVERIFY(answer.endsWith(body));
    }

    void theEndIsSaid()
    {
        TestServer server = serving();
        const auto socket = connected(m_port, trusting(m_first));
        QByteArray answer
            = exchange(*socket, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 50);
        if (socket->state() != QAbstractSocket::UnconnectedState)
            QVERIFY(socket->waitForDisconnected(Patience));
        answer += socket->readAll();
        QVERIFY(answer.contains("Connection: close"));
        // A cut without a close_notify would be an error.
        QVERIFY2(socket->error() == QAbstractSocket::RemoteHostClosedError
                || socket->error() == QAbstractSocket::UnknownSocketError,
            qPrintable(socket->errorString()));
        QTRY_COMPARE(server.statistics().openConnections, 0U);
    }

    void oldProtocolsAreRefused()
    {
        TestServer server = serving();
        QProcess client;
        client.start(u"openssl"_s,
            {u"s_client"_s, u"-tls1_1"_s, u"-cipher"_s, u"DEFAULT:@SECLEVEL=0"_s, u"-connect"_s,
                u"127.0.0.1:%1"_s.arg(m_port)});
        client.closeWriteChannel();
        QVERIFY(client.waitForFinished());
        QVERIFY(client.exitCode() != 0);
        QTRY_COMPARE(server.statistics().handshakesFailed, 1U);
    }

    void webSocketsGoThrough()
    {
        SocketServer server;
        QVERIFY(useTls(server.server(), m_first));
        QWebSocket client;
        client.setSslConfiguration(trusting(m_first));
        QSignalSpy received(&client, &QWebSocket::textMessageReceived);
        QSignalSpy opened(&client, &QWebSocket::connected);
        client.open(QUrl(u"wss://localhost:%1/sync"_s.arg(server.port())));
        QVERIFY2(opened.wait(), qPrintable(client.errorString()));
        const QStringList texts{u"hello"_s, QString(70'000, u'é'), QString(1'000'000, u'x')};
        for (const QString &text : texts)
            client.sendTextMessage(text);
        QTRY_COMPARE_WITH_TIMEOUT(received.size(), 3, Patience);
        for (qsizetype i = 0; i < texts.size(); ++i)
            QCOMPARE(received.at(i).at(0).toString(), texts.at(i));
        server.handle()->close(1000, "done");
        QTRY_COMPARE(client.closeCode(), QWebSocketProtocol::CloseCodeNormal);
        QTRY_COMPARE(server.closed.load(), 1);
        QTRY_COMPARE(server.server().statistics().openConnections, 0U);
    }

    void nothingIsEverInClear_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("plain HTTP") << simpleGet("/");
        QTest::newRow("a plain upgrade")
            << simpleGet("/sync", "Upgrade: websocket\r\nConnection: Upgrade\r\n");
        QTest::newRow("noise") << QByteArray(5000, '\xff');
        QTest::newRow("a huge record")
            << QByteArray("\x16\x03\x01\xff\xff", 5) + QByteArray(100, 'a');
    }
    void nothingIsEverInClear()
    {
        QFETCH(QByteArray, sent);
        Limits limits;
        limits.handshake = 500ms;
        TestServer server = serving(limits);
        RawClient client(m_port);
        client.trySend(sent);
        const QByteArray answer = client.readBytes(4096, 3000);
        QVERIFY2(!answer.contains("HTTP"), answer.constData());
        QTRY_COMPARE(server.statistics().openConnections, 0U);
        QCOMPARE(server.statistics().requests, 0U);
    }

    void stalledHandshakesAreCutAndHinderNobody()
    {
        Limits limits;
        limits.handshake = 700ms;
        TestServer server = serving(limits);
        std::vector<std::unique_ptr<RawClient>> stalled;
        for (int i = 0; i < 100; ++i) {
            stalled.push_back(std::make_unique<RawClient>(m_port));
            if (i % 2 == 0) // the beginning of a ClientHello
                stalled.back()->trySend(QByteArray("\x16\x03\x01\x02\x00\x01", 6));
        }
        const auto socket = connected(m_port, trusting(m_first));
        QVERIFY(exchange(*socket, simplePost("/a", "b"), 50).startsWith("HTTP/1.1 200"));
        for (const auto &client : stalled)
            QVERIFY(client->waitForClosed());
        QTRY_COMPARE(server.statistics().openConnections, 1U);
        QVERIFY(exchange(*socket, simplePost("/a", "b"), 50).startsWith("HTTP/1.1 200"));
    }

    void halfOpenConnectionsAreCut()
    {
        Limits limits;
        limits.idle = 300ms;
        limits.head = 300ms;
        TestServer server = serving(limits);
        const auto silent = connected(m_port, trusting(m_first));
        QVERIFY(silent->isEncrypted());
        const auto half = connected(m_port, trusting(m_first));
        half->write("GET / HT");
        QVERIFY(half->waitForBytesWritten(Patience));
        QTRY_COMPARE_WITH_TIMEOUT(server.statistics().openConnections, 0U, Patience);
    }

    void cutConnectionsAreForgotten()
    {
        TestServer server = serving();
        for (int i = 0; i < 50; ++i) {
            const auto socket = connected(m_port, trusting(m_first));
            QVERIFY(socket->isEncrypted());
            socket->write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
            socket->waitForBytesWritten(Patience);
            socket->abort();
        }
        QTRY_COMPARE_WITH_TIMEOUT(server.statistics().openConnections, 0U, Patience);
        QCOMPARE(server.statistics().requests, 0U);
    }

    void theCertificateCanChange()
    {
        TestServer server = serving();
        const auto before = connected(m_port, trusting(m_first));
        QVERIFY(before->isEncrypted());
        QVERIFY(useTls(server, m_second));
        QTRY_VERIFY(connected(m_port, trusting(m_second))->isEncrypted());
        QVERIFY(exchange(*before, simplePost("/a", "b"), 50).startsWith("HTTP/1.1 200"));
        // One that cannot be used changes nothing.
        QVERIFY(!useTls(server, {m_first.certificate, m_second.key}));
        QVERIFY(connected(m_port, trusting(m_second))->isEncrypted());
    }

    void wrongFilesAreNamed_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("named");
        const QString nothing = m_folder.filePath(u"nothing"_s);
        QTest::newRow("no certificate") << nothing << m_first.key << nothing;
        QTest::newRow("no key") << m_first.certificate << nothing << nothing;
        QTest::newRow("the key of another") << m_first.certificate << m_second.key << m_second.key;
        QTest::newRow("a key for a certificate") << m_first.key << m_first.key << m_first.key;
    }
    void wrongFilesAreNamed()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, key);
        QFETCH(QString, named);
        HttpServer server({}, echo);
        const auto used = server.useTls(certificate.toStdString(), key.toStdString());
        QVERIFY(!used);
        QVERIFY2(used.error().detail.contains(named), qPrintable(used.error().detail));
    }

    void aKeyWithAPassPhraseIsRefused()
    {
        const QString locked = m_folder.filePath(u"locked.key"_s);
        QCOMPARE(QProcess::execute(u"openssl"_s,
                     {u"ec"_s, u"-in"_s, m_first.key, u"-aes256"_s, u"-passout"_s, u"pass:word"_s,
                         u"-out"_s, locked}),
            0);
        HttpServer server({}, echo);
        QVERIFY(!server.useTls(m_first.certificate.toStdString(), locked.toStdString()));
    }

    void shutsDownAtOnce()
    {
        TestServer server = serving();
        const auto idle = connected(m_port, trusting(m_first));
        RawClient stalled(m_port);
        QTRY_COMPARE(server.statistics().openConnections, 2U);
        QElapsedTimer timer;
        timer.start();
        server.server().shutDown(5s);
        QVERIFY(timer.elapsed() < 3000);
    }

private:
    static bool useTls(TestServer &server, const CertificateFiles &files)
    {
        return server.server()
            .useTls(files.certificate.toStdString(), files.key.toStdString())
            .has_value();
    }
    // Guaranteed elision: a server cannot be moved.
    TestServer serving(Limits limits = {})
    {
        return TestServer(limits, echo, [this](HttpServer &server, std::uint16_t port) {
            m_port = port;
            (void)server.useTls(m_first.certificate.toStdString(), m_first.key.toStdString());
        });
    }

    QTemporaryDir m_folder;
    CertificateFiles m_first;
    CertificateFiles m_second;
    std::uint16_t m_port = 0;
};

QTEST_GUILESS_MAIN(TlsTest)
#include "tst_tls.moc"
