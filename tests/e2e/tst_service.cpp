// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/query.h"
#include "models/wire/pairing.h"
#include "tests/e2e/world.h"
#include "tests/server/certificates.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTest>
#include <QUrlQuery>
#include <QWebSocket>

#include <atomic>
#include <csignal>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

// The part of a service manager: a socket that listens and a place for what the relay says.
class Manager {
public:
    explicit Manager(const QString &folder)
        : m_folder(folder)
        , m_port(0)
    {
        m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(m_listening, reinterpret_cast<sockaddr *>(&address), sizeof address);
        ::listen(m_listening, 512);
        socklen_t length = sizeof address;
        ::getsockname(m_listening, reinterpret_cast<sockaddr *>(&address), &length);
        m_port = ntohs(address.sin_port);
        m_notices = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_un name{};
        name.sun_family = AF_UNIX;
        qstrncpy(name.sun_path, noticePath().toLocal8Bit().constData(), sizeof name.sun_path);
        ::bind(m_notices, reinterpret_cast<sockaddr *>(&name), sizeof name);
    }
    ~Manager()
    {
        stop(SIGKILL);
        ::close(m_listening);
        ::close(m_notices);
    }
    Manager(const Manager &) = delete;
    Manager &operator=(const Manager &) = delete;

    // As systemd does: the socket as descriptor 3, and whose it is in the environment.
    void start(int watchdogMs = 0)
    {
        m_process = std::make_unique<QProcess>();
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PAGEDESK_APP_SECRET"_s, QString::fromLatin1(World::AppSecret));
        environment.insert(u"NOTIFY_SOCKET"_s, noticePath());
        if (watchdogMs > 0)
            environment.insert(u"WATCHDOG_USEC"_s, QString::number(watchdogMs * 1000));
        m_process->setProcessEnvironment(environment);
        m_process->setChildProcessModifier([socket = m_listening] {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::dup2(socket, 3);
        });
        m_process->start(u"sh"_s,
            {u"-c"_s, u"LISTEN_PID=$$ LISTEN_FDS=1 exec \"$@\""_s, u"sh"_s,
                QStringLiteral(PAGEDESK_BIN_DIR "/pagedesk-relay"), u"serve"_s, u"--data"_s,
                data()});
    }
    void stop(int signal)
    {
        if (!m_process || m_process->state() == QProcess::NotRunning)
            return;
        ::kill(static_cast<pid_t>(m_process->processId()), signal);
        m_process->waitForFinished(20'000);
    }
    int exitCode() const { return m_process->exitCode(); }
    QByteArray errors() { return m_process->readAllStandardError(); }

    // Waits for a notice and forgets what came before it.
    bool hears(const QByteArray &wanted, int deadlineMs)
    {
        return QTest::qWaitFor(
            [&] {
                char text[256];
                const ssize_t size = ::recv(m_notices, text, sizeof text, 0);
                return size >= 0 && QByteArray(text, static_cast<qsizetype>(size)) == wanted;
            },
            deadlineMs);
    }
    void forget()
    {
        char text[256];
        while (::recv(m_notices, text, sizeof text, 0) >= 0) { }
    }
    quint16 port() const { return m_port; }
    QString data() const { return m_folder + u"/served"_s; }

private:
    QString noticePath() const { return m_folder + u"/notify"_s; }

    QString m_folder;
    int m_listening = -1;
    int m_notices = -1;
    quint16 m_port;
    std::unique_ptr<QProcess> m_process;
};

// A signed event, sent over a connection of its own with plain calls; the status, 0 for none.
int post(quint16 port, int number)
{
    const QByteArray body = World::textEvent(
        u"24000000000000077"_s, u"m_s%1"_s.arg(number), u"Hello"_s, 1'790'000'000'000 + number);
    const QByteArray request = "POST /webhooks/messenger HTTP/1.1\r\nHost: x\r\nConnection: close"
                               "\r\nX-Hub-Signature-256: "
        + World::signature(body) + "\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body;
    const int file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{20, 0};
    ::setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    int status = 0;
    char answer[64] = {};
    if (::connect(file, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0
        && ::send(file, request.constData(), static_cast<size_t>(request.size()), MSG_NOSIGNAL)
            == request.size()
        && ::recv(file, answer, 12, MSG_WAITALL) == 12)
        status = QByteArray(answer + 9, 3).toInt();
    ::close(file);
    return status;
}

} // namespace

// The relay as a service: passed sockets, notices, certificates.
class TestService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestsWaitForTheNextRelay()
    {
        QTemporaryDir folder;
        Manager manager(folder.path());
        manager.start();
        QVERIFY2(manager.hears("READY=1", 20'000), manager.errors().constData());
        QCOMPARE(post(manager.port(), 0), 200);
        manager.stop(SIGKILL);
        std::atomic<int> answered = 0;
        std::vector<std::thread> customers;
        for (int i = 1; i <= 20; ++i)
            customers.emplace_back([&, i] { answered += post(manager.port(), i) == 200 ? 1 : 0; });
        manager.start();
        for (std::thread &customer : customers)
            customer.join();
        QCOMPARE(answered.load(), 20);
        QCOMPARE(countMessages(manager.data()), 21);
        manager.stop(SIGTERM);
        QVERIFY(manager.hears("STOPPING=1", 20'000));
        QCOMPARE(manager.exitCode(), 0);
    }

    void restartsRefuseNobody()
    {
        QTemporaryDir folder;
        Manager manager(folder.path());
        manager.start();
        QVERIFY(manager.hears("READY=1", 20'000));
        std::atomic<bool> enough = false;
        std::atomic<int> sent = 0;
        std::atomic<int> refused = 0;
        std::vector<std::thread> customers;
        for (int customer = 0; customer < 4; ++customer) {
            customers.emplace_back([&] {
                while (!enough)
                    refused += post(manager.port(), ++sent) == 200 ? 0 : 1;
            });
        }
        for (int restart = 0; restart < 5; ++restart) {
            const int before = sent;
            QTRY_VERIFY_WITH_TIMEOUT(sent > before + 20, 20'000);
            manager.stop(SIGTERM);
            QCOMPARE(manager.exitCode(), 0);
            manager.start();
        }
        const int before = sent;
        QTRY_VERIFY_WITH_TIMEOUT(sent > before + 20, 20'000);
        enough = true;
        for (std::thread &customer : customers)
            customer.join();
        QCOMPARE(refused.load(), 0);
        QCOMPARE(countMessages(manager.data()), sent.load());
    }

    void theWatchdogBarksOnlyForTheLiving()
    {
        QTemporaryDir folder;
        Manager manager(folder.path());
        manager.start(400);
        QVERIFY(manager.hears("READY=1", 20'000));
        for (int i = 0; i < 5; ++i)
            QVERIFY(manager.hears("WATCHDOG=1", 5000));
        {
            // The ledger's thread cannot go on while somebody else writes.
            const auto other = Pagedesk::Connection::open(manager.data() + u"/ledger.db"_s);
            QVERIFY(other);
            QVERIFY((*other)->begin());
            // What was asked before the lock may still be told, and then nothing more.
            bool silent = false;
            for (int tries = 0; tries < 4 && !silent; ++tries) {
                manager.forget();
                silent = !manager.hears("WATCHDOG=1", 1500);
            }
            QVERIFY(silent);
            (*other)->rollBack();
        }
        QVERIFY(manager.hears("WATCHDOG=1", 12'000));
    }

    void servesWithTls()
    {
        QTemporaryDir folder;
        const auto files = makeCertificate(folder.path(), u"first"_s);
        const auto others = makeCertificate(folder.path(), u"second"_s);
        Program relay(u"pagedesk-relay"_s);
        const QUrl address(startWithTls(relay, folder.path(), files));
        QCOMPARE(address.scheme(), u"https"_s);

        const QByteArray body
            = World::textEvent(u"24000000000000077"_s, u"m_tls"_s, u"Hello"_s, 1'790'000'000'000);
        const auto posted = curl(files.certificate,
            {u"-H"_s, u"X-Hub-Signature-256: "_s + QString::fromLatin1(World::signature(body)),
                u"--data-binary"_s, QString::fromUtf8(body),
                address.toString() + u"/webhooks/messenger"_s});
        QCOMPARE(posted, "200");
        QCOMPARE(countMessages(folder.filePath(u"served"_s)), 1);
        QCOMPARE(
            curl(files.certificate, {u"http://127.0.0.1:%1/healthz"_s.arg(address.port())}), "000");

        const auto token = pairedToken(folder.filePath(u"served"_s), files.certificate, address);
        QVERIFY(!token.isEmpty());
        QCOMPARE(opensSync(address, files.certificate, token), true);
        QCOMPARE(opensSync(address, files.certificate, "wrong"), false);

        // A renewed certificate, then one that cannot be used.
        for (const auto &[from, to] :
            {std::pair(others.certificate, files.certificate), std::pair(others.key, files.key)}) {
            QFile::remove(to);
            QVERIFY(QFile::copy(from, to));
        }
        ::kill(static_cast<pid_t>(relay.pid()), SIGHUP);
        const QString health = address.toString() + u"/healthz"_s;
        QTRY_COMPARE_WITH_TIMEOUT(curl(others.certificate, {health}), "200", 10'000);
        QVERIFY(QFile(files.key).resize(10));
        ::kill(static_cast<pid_t>(relay.pid()), SIGHUP);
        QTRY_VERIFY_WITH_TIMEOUT(relay.errors().contains("stays as it was"), 10'000);
        QCOMPARE(curl(others.certificate, {health}), "200");
        QCOMPARE(relay.terminate(), 0);
    }

    void warnsOfAnOpenPort()
    {
        QTemporaryDir folder;
        Program relay(u"pagedesk-relay"_s);
        relay.setEnvironment(u"PAGEDESK_APP_SECRET"_s, u"x"_s);
        const QStringList words{u"serve"_s, u"--data"_s, folder.filePath(u"served"_s)};
        QVERIFY(!relay
                     .start(words + QStringList{u"--listen"_s, u"0.0.0.0:0"_s},
                         u"pagedesk-relay listening on http://0.0.0.0"_s)
                     .isEmpty());
        QTRY_VERIFY(relay.errors().contains("WITHOUT encryption"));
        QCOMPARE(relay.terminate(), 0);
        QVERIFY(!relay
                     .start(words + QStringList{u"--listen"_s, u"127.0.0.1:0"_s},
                         u"pagedesk-relay listening on http://"_s)
                     .isEmpty());
        QTRY_VERIFY(relay.errors().contains("startup"));
        QVERIFY(!relay.errors().contains("WITHOUT"));
    }

    void theLogTellsNoSecrets()
    {
        const QByteArray canary = "canary7f3a";
        World world;
        QVERIFY2(world.start(), world.why().constData());
        QVERIFY(
            !world.customerWrites(u"24000000000000066"_s, QString::fromLatin1(canary)).isEmpty());
        for (const QByteArray &body : {"{\"object\":\"page\",\"entry\":[{\"" + canary + "\":1}]}",
                 "not JSON " + canary, QByteArray("[]")}) {
            QCOMPARE(world.deliver(body).status, 200);
            QCOMPARE(world.deliver(body, "wrong " + canary).status, 403);
        }
        http("GET",
            world.relayUrl(u"/webhooks/messenger?hub.mode=subscribe&hub.verify_token="_s
                + QString::fromLatin1(canary)));
        http("POST", world.relayUrl(u"/pair"_s), "{\"" + canary + "\":1}");
        http("GET", world.relayUrl(u"/sync"_s), {}, {{"Authorization", "Bearer " + canary}});
        http("POST", world.relayUrl(u"/meta/deauthorize"_s), "signed_request=" + canary);
        QVERIFY(world
                    .fault({{u"target"_s, u"send"_s}, {u"fault"_s, u"error"_s}, {u"code"_s, 190},
                        {u"subcode"_s, 460}, {u"count"_s, 1}})
                    .status
            == 200);
        int code = -1;
        world.command({u"rotate-master-key"_s}, &code);
        QCOMPARE(code, 0);
        QCOMPARE(world.relay.terminate(), 0);
        const QByteArray log = world.relay.errors();
        QVERIFY(log.contains("verification handshake refused"));
        for (const QByteArray &secret : {canary, QByteArray(World::AppSecret),
                 QByteArray(World::VerifyToken), QByteArray("sandbox-page-token")})
            QVERIFY2(!log.contains(secret), log.constData());
    }

    void nobodyElseMayLookIntoItsMemory()
    {
        QTemporaryDir folder;
        Program relay(u"pagedesk-relay"_s);
        relay.setEnvironment(u"PAGEDESK_APP_SECRET"_s, u"x"_s);
        QVERIFY(!relay
                     .start({u"serve"_s, u"--data"_s, folder.filePath(u"served"_s), u"--listen"_s,
                                u"127.0.0.1:0"_s},
                         u"pagedesk-relay listening on "_s)
                     .isEmpty());
#ifdef __SANITIZE_ADDRESS__
        QSKIP("sanitizers look into the memory");
#endif
        QFile limits(u"/proc/%1/limits"_s.arg(relay.pid()));
        QVERIFY(limits.open(QIODevice::ReadOnly));
        const QByteArray all = limits.readAll();
        const qsizetype core = all.indexOf("Max core file size");
        QVERIFY(core >= 0);
        QCOMPARE(all.mid(core, all.indexOf('\n', core) - core).simplified(),
            "Max core file size 0 0 bytes");
    }

private:
    static int countMessages(const QString &data)
    {
        Program program(u"pagedesk-relay"_s);
        program.run({u"export"_s, u"--data"_s, data});
        return static_cast<int>(program.output().count("\"type\":\"message\""));
    }
    static QString startWithTls(
        Program &relay, const QString &folder, const CertificateFiles &files)
    {
        relay.setEnvironment(u"PAGEDESK_APP_SECRET"_s, QString::fromLatin1(World::AppSecret));
        return relay.start(
            {u"serve"_s, u"--data"_s, folder + u"/served"_s, u"--listen"_s, u"127.0.0.1:0"_s,
                u"--tls-certificate"_s, files.certificate, u"--tls-key"_s, files.key},
            u"pagedesk-relay listening on "_s);
    }
    // The status as curl sees it; "000" when there is none.
    static QByteArray curl(const QString &trusted, const QStringList &words)
    {
        QProcess process;
        process.start(u"curl"_s,
            QStringList{u"-s"_s, u"-o"_s, u"/dev/null"_s, u"-w"_s, u"%{http_code}"_s,
                u"--max-time"_s, u"15"_s, u"--cacert"_s, trusted}
                + words);
        process.waitForFinished();
        return process.readAllStandardOutput();
    }
    static QByteArray pairedToken(const QString &data, const QString &trusted, const QUrl &address)
    {
        Program program(u"pagedesk-relay"_s);
        program.run({u"invite"_s, u"--data"_s, data, u"--name"_s, u"Ada"_s});
        const auto link
            = Pagedesk::Wire::pairingLinkFrom(QString::fromUtf8(program.output().trimmed()));
        if (!link || link->relay.scheme() != u"https")
            return {};
        const QByteArray asked = Pagedesk::Wire::encode(
            Pagedesk::Wire::PairingRequest{link->inviteId, link->secret, u"desk"_s});
        QProcess process;
        process.start(u"curl"_s,
            {u"-s"_s, u"--cacert"_s, trusted, u"--data-binary"_s, QString::fromUtf8(asked),
                address.toString() + u"/pair"_s});
        process.waitForFinished();
        const auto answer = Pagedesk::Wire::decodePairingAnswer(process.readAllStandardOutput());
        return answer ? answer->deviceToken.reveal() : QByteArray();
    }
    static bool opensSync(const QUrl &address, const QString &trusted, const QByteArray &token)
    {
        QWebSocket socket;
        auto configuration = QSslConfiguration::defaultConfiguration();
        configuration.setCaCertificates(QSslCertificate::fromPath(trusted));
        socket.setSslConfiguration(configuration);
        QNetworkRequest request(QUrl(u"wss://127.0.0.1:%1/sync"_s.arg(address.port())));
        request.setRawHeader("Authorization", "Bearer " + token);
        QSignalSpy opened(&socket, &QWebSocket::connected);
        QSignalSpy ended(&socket, &QWebSocket::disconnected);
        socket.open(request);
        return QTest::qWaitFor([&] { return !opened.isEmpty() || !ended.isEmpty(); }, 10'000)
            && !opened.isEmpty();
    }
};

QTEST_GUILESS_MAIN(TestService)
#include "tst_service.moc"
