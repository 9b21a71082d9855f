// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browserprocess.h"
#include "tests/browser/browserrun.h"
#include "tests/browser/dialogsite.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int DeadlineMs = 30'000;
const QUrl Dialog(u"https://www.facebook.com/v26.0/dialog/oauth?state=s"_s);
const QUrl Callback(u"https://relay.example/oauth/callback"_s);

// Everything a process says, in its order.
struct Listener {
    explicit Listener(const BrowserProcess &process)
    {
        const auto add = [this](const QString &word) { return [this, word] { heard += word; }; };
        QObject::connect(&process, &BrowserProcess::opened, &context, add(u"opened"_s));
        QObject::connect(&process, &BrowserProcess::returned, &context, add(u"returned"_s));
        QObject::connect(&process, &BrowserProcess::closed, &context, add(u"closed"_s));
        QObject::connect(
            &process, &BrowserProcess::systemBrowserWanted, &context, add(u"system"_s));
        QObject::connect(
            &process, &BrowserProcess::failed, &context, [this](const QString &sentence) {
                heard += u"failed"_s;
                sentences += sentence;
            });
    }

    QObject context;
    QStringList heard;
    QStringList sentences;
};

bool isAlive(qint64 pid)
{
    return ::kill(pid_t(pid), 0) == 0;
}

} // namespace

// The desktop's side of the browser: with scripts that play it, and with the program itself.
class TestBrowserProcess : public QObject {
    Q_OBJECT

public:
    static void initMain() { preparePages(); }

private Q_SLOTS:
    void hearsOneEnding_data();
    void hearsOneEnding();
    void handsTheAddressesOver();
    void saysThatItIsMissing();
    void isSilentOnceCancelled();
    void opensAnew();
    void endsWithItsOwner();
    void aDesktopWithoutADisplay();
    void showsTheRealDialog();

private:
    QString script(const QByteArray &text);

    QTemporaryDir m_folder;
    int m_count = 0;
};

QString TestBrowserProcess::script(const QByteArray &text)
{
    const QString path = m_folder.filePath(u"browser%1"_s.arg(++m_count));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("a script cannot be written");
    file.write("#!/bin/sh\n" + text + "\n");
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

void TestBrowserProcess::hearsOneEnding_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("heard");
    const QByteArray opened = R"(echo '{"event":"opened"}';)";
    const QByteArray returned = R"(echo '{"event":"returned"}';)";
    const QByteArray closed = R"(echo '{"event":"closed"}';)";
    const QByteArray system = R"(echo '{"event":"systemBrowser"}';)";
    const auto row = [](const char *name, const QByteArray &text, const QStringList &heard) {
        QTest::newRow(name) << text << heard;
    };
    row("the login", opened + returned + closed, {u"opened"_s, u"returned"_s});
    row("a second return", opened + returned + returned, {u"opened"_s, u"returned"_s});
    row("closed by a person", opened + closed, {u"opened"_s, u"closed"_s});
    row("the system's browser", opened + system + closed, {u"opened"_s, u"system"_s});
    row("no window", "exit 1", {u"failed"_s});
    row("no window, but no fault", closed, {u"failed"_s});
    row("a crash", opened + "kill -SEGV $$", {u"opened"_s, u"failed"_s});
    row("a crash after the return", opened + returned + "kill -SEGV $$",
        {u"opened"_s, u"returned"_s});
    row("a fault", opened + "exit 3", {u"opened"_s, u"failed"_s});
    row("other words",
        opened + R"(echo '{"event":"news"}'; echo nonsense; echo; echo '[1]';)" + closed,
        {u"opened"_s, u"closed"_s});
    row("an endless line", opened + "head -c 100000 /dev/zero; cat", {u"opened"_s, u"failed"_s});
    row("a long line", opened + "head -c 9000 /dev/zero | tr '\\0' x; echo; cat",
        {u"opened"_s, u"failed"_s});
    row("the last words without an end", opened + R"(printf '{"event":"returned"}')",
        {u"opened"_s, u"closed"_s});
}

void TestBrowserProcess::hearsOneEnding()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QStringList, heard);
    BrowserProcess process(nullptr, script(text));
    const Listener listener(process);
    process.open(Dialog, Callback, {});
    QVERIFY(process.isOpen());
    QTRY_VERIFY_WITH_TIMEOUT(!process.isOpen(), DeadlineMs);
    QCOMPARE(listener.heard, heard);
    for (const QString &sentence : listener.sentences)
        QVERIFY(sentence.contains(u"system's browser"_s)); // the way that is left
}

void TestBrowserProcess::handsTheAddressesOver()
{
    const QString words = m_folder.filePath(u"words"_s);
    BrowserProcess process(nullptr,
        script("IFS= read -r address; printf '%s\\n' \"$@\" \"$address\" >" + words.toUtf8()
            + ".new; mv " + words.toUtf8() + ".new " + words.toUtf8() + "; cat"));
    process.open(Dialog, Callback, {u"idp.example"_s, u"b.example"_s});
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(words), DeadlineMs);
    QFile file(words);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()).trimmed().split(u'\n'),
        (QStringList{u"--url"_s, u"-"_s, u"--return"_s, Callback.toString(), u"--allow-host"_s,
            u"idp.example"_s, u"--allow-host"_s, u"b.example"_s, Dialog.toString()}));
}

void TestBrowserProcess::saysThatItIsMissing()
{
    BrowserProcess process(nullptr, m_folder.filePath(u"nowhere"_s));
    const Listener listener(process);
    process.open(Dialog, Callback, {});
    QCOMPARE(listener.heard, QStringList()); // not from within
    QTRY_COMPARE_WITH_TIMEOUT(listener.heard, QStringList{u"failed"_s}, DeadlineMs);
    QVERIFY(listener.sentences.constFirst().contains(u"is missing"_s));
    QVERIFY(!process.isOpen());
}

void TestBrowserProcess::isSilentOnceCancelled()
{
    const QString gone = m_folder.filePath(u"gone"_s);
    BrowserProcess process(nullptr,
        script(R"(echo '{"event":"opened"}'; cat; echo '{"event":"closed"}'; touch )"
            + gone.toUtf8()));
    const Listener listener(process);
    process.open(Dialog, Callback, {});
    QTRY_COMPARE_WITH_TIMEOUT(listener.heard, QStringList{u"opened"_s}, DeadlineMs);
    process.cancel();
    QVERIFY(!process.isOpen());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(gone), DeadlineMs); // it has been told to end
    QCOMPARE(listener.heard, QStringList{u"opened"_s});
    process.cancel(); // again does no harm
}

void TestBrowserProcess::opensAnew()
{
    BrowserProcess process(nullptr, script(R"(echo '{"event":"opened"}'; cat)"));
    const Listener listener(process);
    process.open(Dialog, Callback, {});
    QTRY_COMPARE_WITH_TIMEOUT(listener.heard.size(), 1, DeadlineMs);
    process.open(Dialog, Callback, {});
    QTRY_COMPARE_WITH_TIMEOUT(listener.heard.size(), 2, DeadlineMs);
    QCOMPARE(listener.heard, (QStringList{u"opened"_s, u"opened"_s}));
    QVERIFY(process.isOpen());
    QTRY_COMPARE_WITH_TIMEOUT(process.findChildren<QProcess *>().size(), 1, DeadlineMs);
}

void TestBrowserProcess::endsWithItsOwner()
{
    qint64 pid = 0;
    {
        // It does not listen; it is ended all the same.
        BrowserProcess process(
            nullptr, script(R"(trap '' TERM; echo '{"event":"opened"}'; exec sleep 600)"));
        const Listener listener(process);
        process.open(Dialog, Callback, {});
        QTRY_COMPARE_WITH_TIMEOUT(listener.heard.size(), 1, DeadlineMs);
        pid = process.findChild<QProcess *>()->processId();
        QVERIFY(isAlive(pid));
    }
    QVERIFY(!isAlive(pid));
}

void TestBrowserProcess::aDesktopWithoutADisplay()
{
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    const QByteArray display = qgetenv("DISPLAY");
    qputenv("QT_QPA_PLATFORM", "xcb");
    qputenv("DISPLAY", ":987");
    BrowserProcess process(nullptr, QStringLiteral(PAGEDESK_BIN_DIR "/pagedesk-browser"));
    const Listener listener(process);
    process.open(Dialog, Callback, {});
    QTRY_VERIFY_WITH_TIMEOUT(!process.isOpen(), DeadlineMs);
    qputenv("QT_QPA_PLATFORM", platform);
    qputenv("DISPLAY", display);
    QCOMPARE(listener.heard, QStringList{u"failed"_s});
    QVERIFY(listener.sentences.constFirst().contains(u"cannot be shown"_s));
}

void TestBrowserProcess::showsTheRealDialog()
{
    DialogSite site;
    site.addScript(u"/dialog"_s, "setTimeout(() => location = '/oauth/callback?code=c', 300)");
    site.add(u"/oauth/callback"_s, {"<h1>Connected</h1>"});
    BrowserProcess process(nullptr, QStringLiteral(PAGEDESK_BIN_DIR "/pagedesk-browser"));
    const Listener listener(process);
    process.open(site.url(u"/dialog"_s), site.url(u"/oauth/callback"_s), {});
    QTRY_COMPARE_WITH_TIMEOUT(
        listener.heard, (QStringList{u"opened"_s, u"returned"_s}), DeadlineMs);
    QVERIFY(process.isOpen()); // for the seconds in which the page can be read
    QTRY_VERIFY_WITH_TIMEOUT(!process.isOpen(), DeadlineMs);
    QCOMPARE(listener.heard.size(), 2);
}

QTEST_GUILESS_MAIN(TestBrowserProcess)
#include "tst_browserprocess.moc"
