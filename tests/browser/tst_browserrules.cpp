// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/addresstext.h"
#include "app/browser/options.h"
#include "app/browser/surroundings.h"

#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk::Browser;
using namespace Qt::Literals::StringLiterals;
using Verdict = SiteRules::Verdict;

Q_DECLARE_METATYPE(Verdict)

namespace {

const QString Dialog = u"https://www.facebook.com/v26.0/dialog/oauth?state=s"_s;
const QString Callback = u"https://relay.example/oauth/callback"_s;

SiteRules rulesOf(const QString &dialog, const QStringList &hosts = {})
{
    return {QUrl(dialog), QUrl(Callback), hosts};
}

} // namespace

// What decides where the login may lead, without a window.
class TestBrowserRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void judges_data();
    void judges();
    void aLoopbackDialogMayUseThisComputer();
    void partsOfPages_data();
    void partsOfPages();
    void writesAddressesInAscii_data();
    void writesAddressesInAscii();
    void shortensEndlessAddresses();
    void readsTheCommandLine();
    void refusesWrongWords_data();
    void refusesWrongWords();
    void keepsOnlyFlagsOfDrawing();
};

void TestBrowserRules::judges_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<Verdict>("verdict");
    const auto row = [](const char *name, const QString &url, Verdict verdict) {
        QTest::newRow(name) << url << verdict;
    };
    row("the dialog", Dialog, Verdict::Dialog);
    row("the plain domain", u"https://facebook.com/"_s, Verdict::Dialog);
    row("a subdomain", u"https://m.facebook.com/login.php"_s, Verdict::Dialog);
    row("capitals", u"HTTPS://WWW.FACEBOOK.COM/"_s, Verdict::Dialog);
    row("an allowed host", u"https://idp.example/x"_s, Verdict::Dialog);
    row("below an allowed host", u"https://a.idp.example/"_s, Verdict::Elsewhere);
    row("a host that ends alike", u"https://notfacebook.com/"_s, Verdict::Elsewhere);
    row("a host that begins alike", u"https://facebook.com.evil.example/"_s, Verdict::Elsewhere);
    row("a lookalike", u"https://www.fаcebook.com/"_s, Verdict::Elsewhere);
    row("a final dot", u"https://www.facebook.com./"_s, Verdict::Elsewhere);
    row("a name before the host", u"https://www.facebook.com@evil.example/"_s, Verdict::Refused);
    row("a password", u"https://u:p@www.facebook.com/"_s, Verdict::Refused);
    row("unencrypted", u"http://www.facebook.com/"_s, Verdict::Refused);
    row("the callback", Callback + u"?code=c&state=s"_s, Verdict::Return);
    row("its usual port", u"https://relay.example:443/oauth/callback"_s, Verdict::Return);
    row("another port", u"https://relay.example:444/oauth/callback"_s, Verdict::Elsewhere);
    row("below the callback", Callback + u"/more"_s, Verdict::Elsewhere);
    row("beside the callback", Callback + u"2"_s, Verdict::Elsewhere);
    row("the callback unencrypted", u"http://relay.example/oauth/callback"_s, Verdict::Refused);
    row("another site", u"https://example.org/"_s, Verdict::Elsewhere);
    row("this computer", u"http://127.0.0.1:8480/"_s, Verdict::Refused);
    row("this computer encrypted", u"https://localhost/"_s, Verdict::Refused);
    row("a router", u"https://192.168.1.1/"_s, Verdict::Refused);
    row("a router as a number", u"https://3232235777/"_s, Verdict::Refused);
    row("a mapped router", u"https://[::ffff:192.168.1.1]/"_s, Verdict::Refused);
    row("a file", u"file:///etc/passwd"_s, Verdict::Refused);
    row("data", u"data:text/html,hello"_s, Verdict::Refused);
    row("a script", u"javascript:alert(1)"_s, Verdict::Refused);
    row("a blob", u"blob:https://www.facebook.com/1"_s, Verdict::Refused);
    row("another program", u"fb-messenger://x"_s, Verdict::Refused);
    row("Chromium's own", u"chrome://gpu"_s, Verdict::Refused);
    row("an empty page", u"about:blank"_s, Verdict::Refused);
    row("nothing", QString(), Verdict::Refused);
    row("no host", u"https:///oauth/callback"_s, Verdict::Refused);
}

void TestBrowserRules::judges()
{
    QFETCH(const QString, url);
    QFETCH(const Verdict, verdict);
    QCOMPARE(rulesOf(Dialog, {u"idp.example"_s}).judge(QUrl(url)), verdict);
}

void TestBrowserRules::aLoopbackDialogMayUseThisComputer()
{
    const SiteRules rules(QUrl(u"http://127.0.0.1:8490/v26.0/dialog/oauth"_s),
        QUrl(u"http://127.0.0.1:8480/oauth/callback"_s));
    QCOMPARE(rules.judge(QUrl(u"http://127.0.0.1:8490/next"_s)), Verdict::Dialog);
    QCOMPARE(rules.judge(QUrl(u"http://localhost:1/"_s)), Verdict::Dialog);
    QCOMPARE(rules.judge(QUrl(u"http://127.0.0.1:8480/oauth/callback?code=c"_s)), Verdict::Return);
    QCOMPARE(rules.judge(QUrl(u"http://192.168.1.1/"_s)), Verdict::Refused);
    QCOMPARE(rules.judge(QUrl(u"http://example.org/"_s)), Verdict::Refused);
    // A dialog of the network that leads back to a relay on this computer.
    const SiteRules mixed(QUrl(Dialog), QUrl(u"http://localhost:8480/oauth/callback"_s));
    QCOMPARE(mixed.judge(QUrl(u"http://localhost:8480/oauth/callback?x"_s)), Verdict::Return);
    QCOMPARE(mixed.judge(QUrl(u"http://localhost:8480/"_s)), Verdict::Refused);
}

void TestBrowserRules::partsOfPages_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("mayLoad");
    QTest::newRow("a picture") << u"https://static.xx.fbcdn.net/a.png"_s << true;
    QTest::newRow("a socket") << u"wss://edge-chat.facebook.com/x"_s << true;
    QTest::newRow("made by the page") << u"data:image/png;base64,AA"_s << true;
    QTest::newRow("of the callback's page") << u"https://relay.example/favicon.ico"_s << true;
    QTest::newRow("unencrypted") << u"http://static.xx.fbcdn.net/a.png"_s << false;
    QTest::newRow("this computer") << u"http://127.0.0.1:8480/metrics"_s << false;
    QTest::newRow("a socket of this computer") << u"ws://127.0.0.1:8480/sync"_s << false;
    QTest::newRow("this computer encrypted") << u"https://[::1]/"_s << false;
    QTest::newRow("the network here") << u"https://10.0.0.1/"_s << false;
    QTest::newRow("no network") << u"https://169.254.169.254/latest"_s << false;
    QTest::newRow("a file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("another program") << u"mailto:a@b.example"_s << false;
}

void TestBrowserRules::partsOfPages()
{
    QFETCH(const QString, url);
    QTEST(rulesOf(Dialog).mayLoad(QUrl(url)), "mayLoad");
}

void TestBrowserRules::writesAddressesInAscii_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("text");
    QTest::newRow("without the query")
        << Dialog << u"https://www.facebook.com/v26.0/dialog/oauth"_s;
    QTest::newRow("a port") << u"http://127.0.0.1:8490/x#y"_s << u"http://127.0.0.1:8490/x"_s;
    QTest::newRow("the usual port") << u"https://a.example:443/"_s << u"https://a.example/"_s;
    QTest::newRow("a lookalike") << u"https://fаcebook.com/"_s << u"https://xn--fcebook-2fg.com/"_s;
    QTest::newRow("turned around")
        << u"https://a.example/\u202Egpj.exe"_s << u"https://a.example/%E2%80%AEgpj.exe"_s;
    QTest::newRow("a number") << u"https://[::1]:8443/"_s << u"https://[::1]:8443/"_s;
    QTest::newRow("nothing") << u"about:blank"_s << QString();
}

void TestBrowserRules::writesAddressesInAscii()
{
    QFETCH(const QString, url);
    const QString text = addressText(QUrl(url)).whole();
    QTEST(text, "text");
    QVERIFY(std::ranges::all_of(text, [](QChar one) { return one.unicode() < 128; }));
}

void TestBrowserRules::shortensEndlessAddresses()
{
    QUrl url(u"https://www.facebook.com/"_s);
    url.setPath(u'/' + QString(100'000, u'a') + u"/end"_s);
    const AddressText text = addressText(url);
    QCOMPARE(text.host, u"www.facebook.com"_s);
    QVERIFY(text.path.size() < 600);
    QVERIFY(text.path.endsWith(u"/end"));
    url.setHost(QString(200, u'a') + u'.' + QString(200, u'b'));
    QVERIFY(hostText(url).size() <= 253);
}

void TestBrowserRules::readsTheCommandLine()
{
    const auto parsed = parseOptions(
        {u"--url"_s, Dialog, u"--return"_s, Callback, u"--allow-host"_s, u"IDP.example"_s});
    const auto *rules = std::get_if<SiteRules>(&parsed);
    QVERIFY(rules);
    QCOMPARE(rules->dialog(), QUrl(Dialog));
    QCOMPARE(rules->returnAddress(), QUrl(Callback));
    QVERIFY(rules->mayShow(QUrl(u"https://idp.example/"_s)));
    const auto piped = parseOptions(
        {u"--url"_s, u"-"_s, u"--return"_s, Callback}, [] { return QString(Dialog); });
    QVERIFY(std::get_if<SiteRules>(&piped));
    QCOMPARE(std::get<SiteRules>(piped).dialog(), QUrl(Dialog));
    const auto empty
        = parseOptions({u"--url"_s, u"-"_s, u"--return"_s, Callback}, [] { return QString(); });
    QVERIFY(std::get_if<UsageError>(&empty));
    QVERIFY(std::get<TextToPrint>(parseOptions({u"--help"_s})).text.contains(u"--allow-host"_s));
    QVERIFY(std::get<TextToPrint>(parseOptions({u"--version"_s}))
                .text.startsWith(u"pagedesk-browser "_s));
}

void TestBrowserRules::refusesWrongWords_data()
{
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const QString &url, const QString &back) {
        QTest::newRow(name) << QStringList{u"--url"_s, url, u"--return"_s, back};
    };
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("no callback") << QStringList{u"--url"_s, Dialog};
    QTest::newRow("no dialog") << QStringList{u"--return"_s, Callback};
    QTest::newRow("no value") << QStringList{u"--url"_s};
    QTest::newRow("an unknown option")
        << QStringList{u"--url"_s, Dialog, u"--return"_s, Callback, u"--no-sandbox"_s};
    QTest::newRow("a debugger") << QStringList{
        u"--url"_s, Dialog, u"--return"_s, Callback, u"--remote-debugging-port=9222"_s};
    QTest::newRow("a stray word") << QStringList{
        u"--url"_s, Dialog, u"--return"_s, Callback, u"canary"_s};
    QTest::newRow("a host that is none")
        << QStringList{u"--url"_s, Dialog, u"--return"_s, Callback, u"--allow-host"_s, u"a b"_s};
    row("a file", u"file:///etc/passwd"_s, Callback);
    row("a script", u"javascript:canary"_s, Callback);
    row("data", u"data:text/html,canary"_s, Callback);
    row("an unencrypted dialog", u"http://www.facebook.com/canary"_s, Callback);
    row("a foreign dialog", u"https://evil.example/canary"_s, Callback);
    row("an unencrypted callback", Dialog, u"http://relay.example/canary"_s);
    row("a callback to nowhere", Dialog, u"canary"_s);
    row("an endless address", Dialog + QString(20'000, u'a'), Callback);
}

void TestBrowserRules::refusesWrongWords()
{
    QFETCH(const QStringList, words);
    const auto parsed = parseOptions(words);
    const auto *error = std::get_if<UsageError>(&parsed);
    QVERIFY(error);
    QVERIFY(!error->sentence.isEmpty());
    // Addresses carry what nobody else should read.
    QVERIFY(!error->sentence.contains(u"canary"_s));
    QVERIFY(error->sentence.size() < 200);
}

void TestBrowserRules::keepsOnlyFlagsOfDrawing()
{
    const QByteArray flags = chromiumFlags(
        "--no-sandbox --disable-gpu  --remote-debugging-port=9 --disable-web-security "
        "--ignore-certificate-errors --use-gl=swiftshader --host-resolver-rules=x");
    QVERIFY(flags.contains("--disable-gpu"));
    QVERIFY(flags.contains("--use-gl=swiftshader"));
    for (const char *bad : {"sandbox", "remote", "web-security", "ignore", "resolver"})
        QVERIFY2(!flags.contains(bad), bad);
}

QTEST_GUILESS_MAIN(TestBrowserRules)
#include "tst_browserrules.moc"
