// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/browser/browserrun.h"
#include "tests/browser/dialogsite.h"
#include "tests/server/certificates.h"

#include <QDir>
#include <QFile>
#include <QTcpSocket>
#include <QTest>

#include <unistd.h>

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray Opened = R"({"event":"opened"})";
const QByteArray Here = R"({"event":"host","host":"127.0.0.1"})";
const QByteArray BlockedHere = R"({"event":"blocked","host":"127.0.0.1"})";
const QString Callback = u"/oauth/callback"_s;
// What must be read nowhere but by the site.
const QString State = u"state=canary-state"_s;
const QByteArray ToCallback = "/oauth/callback?code=canary-code&state=canary-state";

// All processes below one, by /proc.
QList<qint64> below(qint64 pid)
{
    QList<qint64> found;
    const QDir tasks(u"/proc/%1/task"_s.arg(pid));
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(tasks.filePath(task + u"/children"_s));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &child : file.readAll().simplified().split(' ')) {
            if (const qint64 one = child.toLongLong(); one > 0)
                found += below(one) << one;
        }
    }
    return found;
}

bool isAlive(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    return file.open(QIODevice::ReadOnly) && !file.readAll().contains(") Z");
}

bool answers(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, port);
    return socket.waitForConnected(2000);
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

// The program as the desktop starts it: its command line, its lines, and what it leaves.
class TestBrowserProgram : public QObject {
    Q_OBJECT

public:
    static void initMain() { preparePages(); }

private Q_SLOTS:
    void init();
    void tellsOfTheReturn();
    void refusesWhatIsNotTheLogin_data();
    void refusesWhatIsNotTheLogin();
    void staysWhereItIs_data();
    void staysWhereItIs();
    void keepsNothing();
    void refusesAWrongCertificate();
    void saysWhatIsOutOfReach();
    void endsWithItsParent();
    void listensForNoDebugger();
    void answersWrongUsage();
    void isForRootOnlyInTests();
    void noOtherProgramLoadsChromium();

private:
    std::unique_ptr<DialogSite> m_site;
    QTemporaryDir m_folder;
};

void TestBrowserProgram::init()
{
    m_site = std::make_unique<DialogSite>();
    m_site->add(Callback, {"<title>canary-title</title><h1>Connected</h1>"});
    m_site->add(u"/dialog"_s, {"<h1>Log in</h1>"});
}

void TestBrowserProgram::tellsOfTheReturn()
{
    m_site->add(u"/dialog"_s, {{}, 302, "Location: " + ToCallback + "\r\n"});
    BrowserRun run;
    run.start(m_site->url(u"/dialog"_s, State), m_site->url(Callback));
    QVERIFY2(run.saw(R"({"event":"returned"})"), run.output().constData());
    QCOMPARE(run.end(), 0); // by itself
    QCOMPARE(run.lines(),
        (QList<QByteArray>{
            Opened, Here, R"({"event":"returned"})", R"({"event":"closed"})", QByteArray()}));
    QCOMPARE(m_site->visits(Callback), 1);
    QVERIFY(m_site->lastHeader(Callback).contains("canary-code"));
    QVERIFY2(!run.output().contains("canary"), run.output().constData());
}

void TestBrowserProgram::refusesWhatIsNotTheLogin_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("a foreign site") << QByteArray("location = 'https://evil.example/?canary'")
                                    << QByteArray(R"({"event":"blocked","host":"evil.example"})");
    QTest::newRow("an unencrypted site")
        << QByteArray("location = 'http://evil.example/?canary'")
        << QByteArray(R"({"event":"blocked","host":"evil.example"})");
    QTest::newRow("a window") << QByteArray("window.open('/canary')") << BlockedHere;
    QTest::newRow("a file to save") << QByteArray("location = '/save'") << BlockedHere;
    QTest::newRow("the place") << QByteArray(
        "navigator.geolocation.getCurrentPosition(() => {}, () => {})")
                               << BlockedHere;
    QTest::newRow("notifications") << QByteArray("Notification.requestPermission()") << BlockedHere;
    QTest::newRow("a message box") << QByteArray("alert('canary')") << BlockedHere;
}

void TestBrowserProgram::refusesWhatIsNotTheLogin()
{
    QFETCH(const QByteArray, script);
    QFETCH(const QByteArray, line);
    m_site->addScript(u"/dialog"_s, script);
    m_site->add(u"/save"_s,
        {"canary", 200,
            "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; "
            "filename=canary.bin\r\n"});
    BrowserRun run;
    run.start(m_site->url(u"/dialog"_s, State), m_site->url(Callback));
    QVERIFY2(run.saw(line), run.output().constData());
    run.process().closeWriteChannel();
    QCOMPARE(run.end(), 0);
    QCOMPARE(m_site->visits(u"/canary"_s), 0);
    QVERIFY2(!run.output().contains("canary"), run.output().constData());
    QCOMPARE(run.leftBehind(), QStringList());
}

void TestBrowserProgram::staysWhereItIs_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("a file") << QByteArray("file:///etc/hostname");
    QTest::newRow("data") << QByteArray("data:text/html,canary");
    QTest::newRow("another program") << QByteArray("mailto:canary@evil.example");
    QTest::newRow("Chromium's own") << QByteArray("chrome://version");
    QTest::newRow("the source") << QByteArray("view-source:/dialog");
}

// Addresses that Chromium itself turns away before anybody is asked.
void TestBrowserProgram::staysWhereItIs()
{
    QFETCH(const QByteArray, address);
    m_site->addScript(u"/dialog"_s,
        "try { location = '" + address
            + "' } catch (refused) {} setInterval(() => fetch('/still-here?' + location), 200)");
    BrowserRun run;
    run.start(m_site->url(u"/dialog"_s, State), m_site->url(Callback));
    QVERIFY(run.saw(Here));
    QTRY_VERIFY_WITH_TIMEOUT(m_site->visits(u"/still-here"_s) >= 3, 20'000);
    QVERIFY(m_site->lastHeader(u"/still-here"_s).contains("/dialog"));
    run.process().closeWriteChannel();
    QCOMPARE(run.end(), 0);
    QVERIFY(!run.output().contains("canary"));
}

void TestBrowserProgram::keepsNothing()
{
    m_site->add(u"/dialog"_s,
        {"<script>const was = localStorage.kept; localStorage.kept = 'yes';"
         "fetch('/seen?' + was).then(() => location = '/done')</script>",
            200,
            "Content-Type: text/html\r\nCache-Control: max-age=9999\r\n"
            "Set-Cookie: login=canary; Max-Age=99999\r\n"});
    m_site->add(u"/done"_s, {"<h1>Done</h1>"});
    BrowserRun run; // both times with the same home
    for (int round = 1; round <= 2; ++round) {
        run.start(m_site->url(u"/dialog"_s), m_site->url(Callback));
        QTRY_COMPARE_WITH_TIMEOUT(m_site->visits(u"/done"_s), round, 30'000);
        QVERIFY(m_site->lastHeader(u"/done"_s).contains("login=canary")); // while it is open
        run.process().closeWriteChannel();
        QCOMPARE(run.end(), 0);
        QCOMPARE(m_site->visits(u"/dialog"_s), round); // not from a cache
        QVERIFY(!m_site->lastHeader(u"/dialog"_s).contains("login="));
        QVERIFY(m_site->lastHeader(u"/seen"_s).contains("undefined"));
        QCOMPARE(run.leftBehind(), QStringList());
    }
}

void TestBrowserProgram::refusesAWrongCertificate()
{
    const CertificateFiles files = makeCertificate(m_folder.path(), u"nobody"_s);
    DialogSite site(files.certificate, files.key);
    site.add(u"/dialog"_s, {"<h1>Log in</h1>"});
    BrowserRun run;
    run.start(site.url(u"/dialog"_s, State), m_site->url(Callback));
    QVERIFY2(run.saw(R"({"event":"loadFailed","host":"127.0.0.1","reason":"certificate"})"),
        run.output().constData());
    QCOMPARE(site.allVisits(), 0);
    QVERIFY(!run.lines().contains(Here)); // its page was never there
    run.process().closeWriteChannel();
    QCOMPARE(run.end(), 0);
    QVERIFY(!run.output().contains("canary"));
}

void TestBrowserProgram::saysWhatIsOutOfReach()
{
    QUrl dead = m_site->url(u"/dialog"_s, State);
    dead.setPort(freePort());
    BrowserRun run;
    run.start(dead, m_site->url(Callback));
    QVERIFY2(run.saw(R"({"event":"loadFailed","host":"127.0.0.1","reason":"connection"})"),
        run.output().constData());
    run.process().closeWriteChannel();
    QCOMPARE(run.end(), 0);

    // A callback that answers with an error is an answer all the same.
    m_site->add(Callback, {"<h1>That link is used up</h1>", 400});
    m_site->add(u"/dialog"_s, {{}, 302, "Location: " + ToCallback + "\r\n"});
    BrowserRun refused;
    refused.start(m_site->url(u"/dialog"_s), m_site->url(Callback));
    QVERIFY2(refused.saw(R"({"event":"returned"})"), refused.output().constData());
}

void TestBrowserProgram::endsWithItsParent()
{
    BrowserRun run;
    run.start(m_site->url(u"/dialog"_s), m_site->url(Callback));
    QVERIFY2(run.saw(Here), run.output().constData());
    const QList<qint64> pages = below(run.process().processId());
    QVERIFY(!pages.isEmpty());
    run.process().closeWriteChannel();
    QCOMPARE(run.end(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::none_of(pages, isAlive), 10'000);
}

void TestBrowserProgram::listensForNoDebugger()
{
    const quint16 first = freePort();
    const quint16 second = freePort();
    QVERIFY(first != second);
    BrowserRun run;
    run.setEnvironment(u"QTWEBENGINE_REMOTE_DEBUGGING"_s, QString::number(first));
    run.setEnvironment(
        u"QTWEBENGINE_CHROMIUM_FLAGS"_s, u"--disable-gpu --remote-debugging-port=%1"_s.arg(second));
    run.start(m_site->url(u"/dialog"_s), m_site->url(Callback));
    QVERIFY2(run.saw(Here), run.output().constData());
    QVERIFY(!answers(first));
    QVERIFY(!answers(second));
}

void TestBrowserProgram::answersWrongUsage()
{
    BrowserRun help;
    help.startWith({u"--help"_s});
    QCOMPARE(help.end(), 0);
    QVERIFY(help.output().startsWith("Usage: pagedesk-browser "));
    BrowserRun wrong;
    wrong.startWith({u"--url"_s, u"https://evil.example/canary"_s, u"--return"_s,
        m_site->url(Callback).toString()});
    QCOMPARE(wrong.end(), 2);
    QVERIFY(wrong.output().startsWith("pagedesk-browser: "));
    QVERIFY(!wrong.output().contains("canary"));
}

void TestBrowserProgram::isForRootOnlyInTests()
{
    if (geteuid() != 0)
        QSKIP("only root is refused");
    BrowserRun run;
    run.setEnvironment(u"QTWEBENGINE_CHROMIUM_FLAGS"_s, u"--no-sandbox"_s);
    run.setEnvironment(u"QTWEBENGINE_DISABLE_SANDBOX"_s, {});
    run.start(m_site->url(u"/dialog"_s), m_site->url(Callback));
    QCOMPARE(run.end(), 1);
    QVERIFY(run.output().contains("does not work for root"));
}

void TestBrowserProgram::noOtherProgramLoadsChromium()
{
    const auto libraries = [](const QString &program) {
        QProcess ldd;
        ldd.start(u"ldd"_s, {QStringLiteral(PAGEDESK_BIN_DIR "/") + program});
        ldd.waitForFinished();
        return ldd.readAllStandardOutput();
    };
    QVERIFY(libraries(u"pagedesk-browser"_s).contains("WebEngine"));
    for (const auto &program :
        {u"pagedesk"_s, u"pagedesk-relay"_s, u"pagedesk-sandbox"_s, u"pagedesk-thumbnailer"_s}) {
        const QByteArray found = libraries(program);
        QVERIFY2(found.contains("libQt6Core"), qPrintable(program));
        QVERIFY2(!found.contains("WebEngine"), qPrintable(program));
        QVERIFY2(!found.contains("libQt6Qml"), qPrintable(program));
    }
}

QTEST_GUILESS_MAIN(TestBrowserProgram)
#include "tst_browserprogram.moc"
