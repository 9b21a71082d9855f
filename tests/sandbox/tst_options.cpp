// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/options.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Sandbox;
using namespace Qt::Literals::StringLiterals;

class OptionsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void wrongUsageNamesTheWord_data();
    void wrongUsageNamesTheWord();
    void defaultsAreTheDocumentedOnes();
    void theDashboardsAddressesAreTaken();
    void environmentAndFilesGiveIdentity();
    void unreadableFileIsAFailure();
    void helpAndVersionAreText();

private:
    static const QStringList Needed;
};

const QStringList OptionsTest::Needed{u"serve"_s, u"--webhook-url"_s, u"http://127.0.0.1:1/x"_s};

void OptionsTest::wrongUsageNamesTheWord_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown option") << Needed + QStringList{u"--frob"_s} << u"--frob"_s;
    QTest::newRow("unknown option with value") << Needed + QStringList{u"--frob=1"_s} << u"frob"_s;
    QTest::newRow("no command") << QStringList{} << u"command"_s;
    QTest::newRow("unknown command") << QStringList{u"server"_s} << u"server"_s;
    QTest::newRow("extra word") << Needed + QStringList{u"now"_s} << u"now"_s;
    QTest::newRow("no url") << QStringList{u"serve"_s} << u"--webhook-url"_s;
    QTest::newRow("url of another scheme")
        << QStringList{u"serve"_s, u"--webhook-url"_s, u"ftp://a"_s} << u"ftp://a"_s;
    QTest::newRow("redirect of another scheme") << Needed
            + QStringList{u"--redirect-uri"_s, u"https://a.example/"_s, u"--redirect-uri"_s,
                u"ftp://b"_s} << u"ftp://b"_s;
    QTest::newRow("callback without host")
        << Needed + QStringList{u"--deauthorize-url"_s, u"https:///x"_s} << u"--deauthorize-url"_s;
    QTest::newRow("deletion that is no address")
        << Needed + QStringList{u"--data-deletion-url"_s, u"x"_s} << u"--data-deletion-url"_s;
    QTest::newRow("address without port")
        << Needed + QStringList{u"--listen"_s, u"localhost"_s} << u"localhost"_s;
    QTest::newRow("port too large")
        << Needed + QStringList{u"--media-listen"_s, u"127.0.0.1:65536"_s} << u"65536"_s;
    QTest::newRow("seed is no number") << Needed + QStringList{u"--seed"_s, u"many"_s} << u"many"_s;
    QTest::newRow("batch too small") << Needed + QStringList{u"--batch"_s, u"0"_s} << u"--batch"_s;
    QTest::newRow("missing value") << Needed + QStringList{u"--seed"_s} << u"seed"_s;
}

void OptionsTest::wrongUsageNamesTheWord()
{
    QFETCH(QStringList, words);
    QFETCH(QString, named);
    const auto parsed = parseOptions(words, {});
    const auto *error = std::get_if<UsageError>(&parsed);
    QVERIFY(error);
    QVERIFY2(error->sentence.contains(named), qPrintable(error->sentence));
}

void OptionsTest::defaultsAreTheDocumentedOnes()
{
    const auto parsed = parseOptions(Needed, {});
    const auto *options = std::get_if<Options>(&parsed);
    QVERIFY(options);
    QCOMPARE(options->listen.host, u"127.0.0.1"_s);
    QCOMPARE(options->listen.port, quint16(8490));
    QCOMPARE(options->mediaListen.port, quint16(0));
    QCOMPARE(options->appId, u"330011"_s);
    QVERIFY(options->appSecret.matches("sandbox-app-secret"));
    QVERIFY(options->verifyToken.matches("sandbox-verify-token"));
    QVERIFY(!options->practice);
    QVERIFY(options->app.redirectUris.isEmpty());
    QVERIFY(options->app.deauthorizeUrl.isEmpty() && options->app.dataDeletionUrl.isEmpty());
}

void OptionsTest::theDashboardsAddressesAreTaken()
{
    const auto parsed = parseOptions(Needed
            + QStringList{u"--redirect-uri"_s, u"https://a.example/cb?x=1"_s, u"--redirect-uri"_s,
                u"http://127.0.0.1:1/cb"_s, u"--deauthorize-url"_s, u"https://a.example/gone"_s,
                u"--data-deletion-url"_s, u"https://a.example/delete"_s},
        {});
    const auto *options = std::get_if<Options>(&parsed);
    QVERIFY(options);
    QCOMPARE(options->app.redirectUris,
        (QStringList{u"https://a.example/cb?x=1"_s, u"http://127.0.0.1:1/cb"_s}));
    QCOMPARE(options->app.deauthorizeUrl, QUrl(u"https://a.example/gone"_s));
    QCOMPARE(options->app.dataDeletionUrl, QUrl(u"https://a.example/delete"_s));
}

void OptionsTest::environmentAndFilesGiveIdentity()
{
    QTemporaryDir dir;
    QFile file(dir.filePath(u"token"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("from the file\n");
    file.close();
    QProcessEnvironment environment;
    environment.insert(u"PAGEDESK_APP_SECRET"_s, u"first,second"_s);
    environment.insert(u"PAGEDESK_VERIFY_TOKEN"_s, u"not this one"_s);
    environment.insert(u"PAGEDESK_APP_ID"_s, u"77"_s);
    const auto parsed = parseOptions(
        Needed + QStringList{u"--verify-token-file"_s, file.fileName()}, environment);
    const auto *options = std::get_if<Options>(&parsed);
    QVERIFY(options);
    QVERIFY(options->appSecret.matches("first"));
    QVERIFY(options->verifyToken.matches("from the file"));
    QCOMPARE(options->appId, u"77"_s);
}

void OptionsTest::unreadableFileIsAFailure()
{
    const auto parsed
        = parseOptions(Needed + QStringList{u"--app-secret-file"_s, u"/no/such/file"_s}, {});
    const auto *failure = std::get_if<OptionsFailure>(&parsed);
    QVERIFY(failure);
    QVERIFY(failure->sentence.contains("/no/such/file"_L1));
}

void OptionsTest::helpAndVersionAreText()
{
    const auto help = parseOptions({u"--help"_s}, {});
    QVERIFY(std::holds_alternative<TextToPrint>(help));
    QVERIFY(std::get<TextToPrint>(help).text.contains("--webhook-url"_L1));
    const auto version = parseOptions({u"serve"_s, u"--version"_s}, {});
    QVERIFY(std::holds_alternative<TextToPrint>(version));
}

QTEST_GUILESS_MAIN(OptionsTest)
#include "tst_options.moc"
