// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/childprocess.h"
#include "app/desktop/commandline.h"
#include "app/desktop/devicesecrets.h"
#include "app/desktop/practicesetup.h"
#include "app/desktop/processfacts.h"
#include "app/desktop/singleinstance.h"
#include "tests/support/await.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <thread>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto Secretive = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr auto OthersToo = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
    | QFileDevice::WriteOther;

ChildProcess::Start shell(const QString &script)
{
    return {u"/bin/sh"_s, {u"-c"_s, script}, QProcessEnvironment::systemEnvironment(), {}};
}

} // namespace

class TestDesktop : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!QStandardPaths)"_s)); }
    void readsTheCommandLine();
    void refusesWrongWords_data();
    void refusesWrongWords();
    void handsRequestsOver();
    void keepsTheTokenInAFile();
    void fallsBackOnlyAfterSayingSo();
    void practiceKeepsItsSecretsAndPorts();
    void practiceTakesNothingFromOutside();
    void servesUntilStopped();
    void saysWhyAChildEnded();
    void aChildDiesWithUs();
    void knowsItsOwnAge();

private:
    QTemporaryDir m_folder;
};

void TestDesktop::readsTheCommandLine()
{
    const auto options
        = [](const QStringList &words) { return std::get<Options>(parseOptions(words)); };
    QVERIFY(!options({}).practice);
    QCOMPARE(options({u"--profile"_s, u"/tmp/x"_s}).profile, u"/tmp/x"_s);
    QVERIFY(options({u"--practice"_s, u"--headless"_s}).headless);
    QCOMPARE(options({u"--open"_s, u"1-2"_s}).open.value, u"1-2"_s);
    QCOMPARE(options({u"pagedesk://conversation/1-2"_s}).open.value, u"1-2"_s);
    const QString link = u"pagedesk://pair?relay=https://relay.example&code=id.secret"_s;
    QCOMPARE(options({u"--pair"_s, link}).pair->inviteId, u"id"_s);
    const Options offered = options({link});
    QVERIFY(!offered.pair); // a link alone never acts
    QCOMPARE(offered.offeredPairing, link);
    QVERIFY(std::get<TextToPrint>(parseOptions({u"--help"_s})).text.contains(u"--measure-start"_s));
    QVERIFY(std::get<TextToPrint>(parseOptions({u"--version"_s})).text.startsWith(u"pagedesk "_s));
}

void TestDesktop::refusesWrongWords_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("named");
    QTest::newRow("option") << QStringList{u"--frobnicate"_s} << u"--frobnicate"_s;
    QTest::newRow("word") << QStringList{u"frobnicate"_s} << u"frobnicate"_s;
    QTest::newRow("two links") << QStringList{u"pagedesk://conversation/1"_s, u"more"_s}
                               << u"more"_s;
    QTest::newRow("no value") << QStringList{u"--profile"_s} << u"profile"_s;
    QTest::newRow("empty profile") << QStringList{u"--profile="_s} << u"--profile"_s;
    QTest::newRow("headless alone") << QStringList{u"--headless"_s} << u"--headless"_s;
    QTest::newRow("bad pairing link") << QStringList{u"--pair"_s, u"x"_s} << u"--pair"_s;
    QTest::newRow("link without id")
        << QStringList{u"pagedesk://conversation/"_s} << u"pagedesk://conversation/"_s;
    QTest::newRow("link to nowhere")
        << QStringList{u"pagedesk://delete?everything"_s} << u"pagedesk://delete"_s;
}

void TestDesktop::refusesWrongWords()
{
    QFETCH(const QStringList, words);
    QFETCH(const QString, named);
    const ParsedOptions parsed = parseOptions(words);
    QVERIFY(std::holds_alternative<UsageError>(parsed));
    const QString sentence = std::get<UsageError>(parsed).sentence;
    QVERIFY2(sentence.contains(named), qPrintable(sentence));
}

void TestDesktop::handsRequestsOver()
{
    QTemporaryDir profile;
    SingleInstance first(profile.path());
    QVERIFY(first.acquire());
    SingleInstance second(profile.path());
    QVERIFY(!second.acquire());
    QSignalSpy requested(&first, &SingleInstance::requested);
    Options asked;
    asked.open = {u"70044-1"_s};
    asked.pair = *Wire::pairingLinkFrom(u"pagedesk://pair?relay=https://r.example&code=a.b"_s);
    // The other side is another process in truth: it may block.
    std::thread other([&second, &asked] { (void)second.handOver(encodeRequest(asked)); });
    QTRY_COMPARE(requested.size(), 1);
    other.join();
    const Options heard = decodeRequest(requested.at(0).at(0).toByteArray());
    QCOMPARE(heard.open, asked.open);
    QVERIFY(!heard.pair);
    QVERIFY(heard.offeredPairing.startsWith(u"pagedesk://pair?"_s));
    QVERIFY(decodeRequest("{broken").open.isEmpty());
}

void TestDesktop::keepsTheTokenInAFile()
{
    QTemporaryDir profile;
    FileSecretStore store(profile.path());
    const auto none = await(store.load());
    QVERIFY(!none && none.error().kind == Error::Kind::NotFound);
    PAGEDESK_SUCCEEDS(await(store.save(Secret("first"))));
    PAGEDESK_SUCCEEDS(await(store.save(Secret("second"))));
    const auto loaded = await(FileSecretStore(profile.path()).load());
    QVERIFY(loaded && loaded->matches("second"));
    const auto permissions = QFile::permissions(profile.filePath(u"device-token"_s));
    QVERIFY((permissions & Secretive) == Secretive);
    QVERIFY((permissions & OthersToo) == 0);
    QFile(profile.filePath(u"device-token"_s)).resize(0);
    const auto empty = await(store.load());
    QVERIFY(!empty && empty.error().kind == Error::Kind::Damaged);
}

void TestDesktop::fallsBackOnlyAfterSayingSo()
{
    QTemporaryDir profile;
    DeviceSecrets asked(profile.path(), DeviceSecrets::Place::File);
    QVERIFY(!asked.isProtected());
    QVERIFY(!asked.isFallback());
    // Nobody answers on this bus: there is no keychain.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/pagedesk-test");
    DeviceSecrets secrets(profile.path(), DeviceSecrets::Place::Keychain);
    QVERIFY(secrets.isProtected());
    const auto early = await(secrets.save(Secret("token")));
    QVERIFY(!early); // not into a file unasked
    QVERIFY(!QFile::exists(profile.filePath(u"device-token"_s)));
    DeviceSecrets again(profile.path(), DeviceSecrets::Place::Keychain);
    QSignalSpy told(&again, &DeviceSecrets::protectionChanged);
    again.check();
    QTRY_COMPARE(told.size(), 1);
    QVERIFY(!told.at(0).at(0).toBool());
    QVERIFY(again.isFallback());
    PAGEDESK_SUCCEEDS(await(again.save(Secret("token"))));
    DeviceSecrets later(profile.path(), DeviceSecrets::Place::Keychain);
    QVERIFY(!later.isProtected());
    const auto loaded = await(later.load());
    QVERIFY(loaded && loaded->matches("token"));
}

void TestDesktop::practiceKeepsItsSecretsAndPorts()
{
    QTemporaryDir profile;
    const auto first = PracticeSetup::prepare(profile.path());
    PAGEDESK_SUCCEEDS(first);
    QCOMPARE(first->masterKey.size(), 64);
    QVERIFY(first->appSecret != first->verifyToken);
    QVERIFY(first->relayPort != first->sandboxPort);
    QVERIFY((QFile::permissions(profile.filePath(u"practice.json"_s)) & OthersToo) == 0);
    const auto again = PracticeSetup::prepare(profile.path());
    PAGEDESK_SUCCEEDS(again);
    QCOMPARE(again->masterKey, first->masterKey);
    QCOMPARE(again->relayPort, first->relayPort);
    // A port that somebody has taken is replaced; the others stay.
    QTcpServer somebody;
    QVERIFY(somebody.listen(QHostAddress::LocalHost, first->relayPort));
    const auto moved = PracticeSetup::prepare(profile.path());
    PAGEDESK_SUCCEEDS(moved);
    QVERIFY(moved->relayPort != first->relayPort);
    QCOMPARE(moved->sandboxPort, first->sandboxPort);
    // What cannot be read is made anew.
    QFile broken(profile.filePath(u"practice.json"_s));
    QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("{") == 1);
    broken.close();
    QVERIFY(PracticeSetup::prepare(profile.path())->masterKey != first->masterKey);
    QVERIFY(!PracticeSetup::prepare(u"/proc/nowhere"_s));
}

void TestDesktop::practiceTakesNothingFromOutside()
{
    qputenv("PAGEDESK_GRAPH_URL", "https://graph.facebook.com");
    PracticeSetup setup;
    setup.masterKey = u"ab"_s;
    const QProcessEnvironment environment = setup.environment();
    QVERIFY(!environment.contains(u"PAGEDESK_GRAPH_URL"_s));
    QCOMPARE(environment.value(u"PAGEDESK_MASTER_KEY"_s), u"ab"_s);
    QVERIFY(environment.contains(u"PATH"_s));
    qunsetenv("PAGEDESK_GRAPH_URL");
}

void TestDesktop::servesUntilStopped()
{
    ChildProcess child;
    QSignalSpy ended(&child, &ChildProcess::ended);
    const auto address = await(child.serve(
        shell(u"echo noise; echo 'x listening on http://127.0.0.1:1234'; exec sleep 60"_s), 10s));
    PAGEDESK_SUCCEEDS(address);
    QCOMPARE(*address, u"http://127.0.0.1:1234"_s);
    child.stop();
    QCOMPARE(ended.size(), 0); // we asked for it
    ChildProcess brief;
    QSignalSpy gone(&brief, &ChildProcess::ended);
    PAGEDESK_SUCCEEDS(await(brief.serve(shell(u"echo 'x listening on a'; sleep 0.1"_s), 10s)));
    QTRY_COMPARE(gone.size(), 1);
}

void TestDesktop::saysWhyAChildEnded()
{
    ChildProcess child;
    const auto failed
        = await(child.serve(shell(u"echo one >&2; echo 'port in use' >&2; exit 1"_s), 10s));
    QVERIFY(!failed);
    QCOMPARE(failed.error().detail, u"port in use"_s);
    ChildProcess silent;
    const auto slow = await(silent.serve(shell(u"exec sleep 60"_s), 100ms));
    QVERIFY(!slow && slow.error().kind == Error::Kind::Timeout);
    ChildProcess missing;
    const auto none = await(missing.run({u"/nonexistent/program"_s, {}, {}, {}}, 10s));
    QVERIFY(!none && none.error().kind == Error::Kind::NotFound);
    ChildProcess command;
    const auto printed = await(command.run(shell(u"echo hello"_s), 10s));
    PAGEDESK_SUCCEEDS(printed);
    QCOMPARE(*printed, u"hello\n"_s);
    ChildProcess refused;
    const auto wrong = await(refused.run(shell(u"echo no >&2; exit 2"_s), 10s));
    QVERIFY(!wrong && wrong.error().kind == Error::Kind::Rejected);
}

void TestDesktop::aChildDiesWithUs()
{
    // This program once more, which starts a child and waits to be killed.
    QProcess parent;
    parent.start(QCoreApplication::applicationFilePath(), {u"--start-a-child"_s});
    QVERIFY(parent.waitForReadyRead());
    const qint64 child = parent.readAllStandardOutput().trimmed().toLongLong();
    QVERIFY(child > 1);
    QCOMPARE(kill(pid_t(child), 0), 0);
    parent.kill();
    QVERIFY(parent.waitForFinished());
    QTRY_VERIFY(!QFile::exists(u"/proc/%1/exe"_s.arg(child))
        || QFile::symLinkTarget(u"/proc/%1/exe"_s.arg(child)).isEmpty());
}

void TestDesktop::knowsItsOwnAge()
{
    const qint64 age = millisecondsSinceExec();
    QVERIFY(age >= 0 && age < 120'000);
    QVERIFY(residentMebibytes() > 1 && residentMebibytes() < 4096);
}

// Starts a child that lives as long as we do, tells its process id, and stays.
static int startAChild(QCoreApplication &application)
{
    ChildProcess child;
    child
        .serve({u"/bin/sh"_s, {u"-c"_s, u"echo x listening on $$; exec sleep 600"_s},
                   QProcessEnvironment::systemEnvironment(), {}},
            10s)
        .then(&application, [](const Result<QString> &id) {
            std::printf("%s\n", id ? qPrintable(*id) : "");
            std::fflush(stdout);
        });
    return QCoreApplication::exec();
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (application.arguments().contains(u"--start-a-child"_s))
        return startAChild(application);
    TestDesktop test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_desktop.moc"
