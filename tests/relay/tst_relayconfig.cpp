// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/relayconfig.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

class TestRelayConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        qputenv("PAGEDESK_APP_SECRET", "one, two");
        qunsetenv("PAGEDESK_LISTEN");
    }

    void defaults()
    {
        const auto config = read({u"--data"_s, u"d"_s});
        QVERIFY(config);
        QCOMPARE(config->listenHost, u"127.0.0.1"_s);
        QCOMPARE(config->listenPort, 8480);
        QCOMPARE(config->graphUrl, QUrl(u"https://graph.facebook.com"_s));
        QCOMPARE(config->mediaHosts, QStringList({u"fbcdn.net"_s, u"fbsbx.com"_s}));
        QCOMPARE(config->checkMinutes, 30);
        QCOMPARE(config->appSecrets.size(), 2);
        QCOMPARE(config->appSecrets.last().reveal(), "two");
    }

    void commandLineWinsOverEnvironmentOverFile()
    {
        const QString file
            = write("data = 'from file'\nlisten = '127.0.0.1:1'\nmedia-hosts = ['a', 'b']\n");
        auto config = read({u"--config"_s, file});
        QVERIFY(config);
        QCOMPARE(config->data, u"from file"_s);
        QCOMPARE(config->listenPort, 1);
        QCOMPARE(config->mediaHosts, QStringList({u"a"_s, u"b"_s}));
        qputenv("PAGEDESK_LISTEN", "127.0.0.1:2");
        QCOMPARE(read({u"--config"_s, file})->listenPort, 2);
        QCOMPARE(read({u"--config"_s, file, u"--listen=[::1]:3"_s})->listenPort, 3);
        QCOMPARE(read({u"--config"_s, file, u"--listen=[::1]:3"_s})->listenHost, u"::1"_s);
    }

    void emptyMediaHostsAreNone()
    {
        QCOMPARE(read({u"--data"_s, u"d"_s, u"--media-hosts"_s, u" a , ,,B"_s})->mediaHosts,
            QStringList({u"a"_s, u"b"_s}));
        QCOMPARE(read({u"--data"_s, u"d"_s, u"--media-hosts"_s, u", ,"_s})->mediaHosts.size(), 2);
    }

    void aNumberInTheFile()
    {
        const QString file = write("data = 'd'\ncheck-minutes = 0\n");
        QCOMPARE(read({u"--config"_s, file})->checkMinutes, 0);
        QCOMPARE(read({u"--config"_s, file, u"--check-minutes"_s, u"45"_s})->checkMinutes, 45);
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("named");
        QTest::newRow("unknown key")
            << QStringList() << QByteArray("colour = 'red'\n") << u"colour"_s;
        QTest::newRow("a number") << QStringList() << QByteArray("listen = 8480\n") << u"listen"_s;
        QTest::newRow("negative minutes")
            << QStringList{u"--check-minutes"_s, u"-1"_s} << QByteArray() << u"check-minutes"_s;
        QTest::newRow("minutes in words")
            << QStringList() << QByteArray("check-minutes = 'often'\n") << u"check-minutes"_s;
        QTest::newRow("a true value")
            << QStringList() << QByteArray("listen = true\n") << u"listen"_s;
        QTest::newRow("no TOML") << QStringList() << QByteArray("listen = \n")
                                 << u"not valid TOML"_s;
        QTest::newRow("no port") << QStringList{u"--listen"_s, u"localhost"_s} << QByteArray()
                                 << u"localhost"_s;
        QTest::newRow("no host") << QStringList{u"--listen"_s, u"[]:1"_s} << QByteArray()
                                 << u"[]:1"_s;
        QTest::newRow("half a bracket")
            << QStringList{u"--listen"_s, u"[::1:1"_s} << QByteArray() << u"[::1:1"_s;
        QTest::newRow("large port")
            << QStringList{u"--listen"_s, u"h:70000"_s} << QByteArray() << u"70000"_s;
        QTest::newRow("no address")
            << QStringList{u"--graph-url"_s, u"graph"_s} << QByteArray() << u"graph-url"_s;
        QTest::newRow("ftp") << QStringList{u"--public-url"_s, u"ftp://x"_s} << QByteArray()
                             << u"public-url"_s;
    }
    void mistakesAreNamed()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, file);
        QFETCH(QString, named);
        words << u"--data"_s << u"d"_s << u"--config"_s << write(file);
        const auto config = read(words);
        QVERIFY(!config);
        QCOMPARE(config.error().kind, Error::Kind::Rejected);
        QVERIFY2(config.error().detail.contains(named), qPrintable(config.error().detail));
    }

    void certificateAndKeyBelongTogether()
    {
        QVERIFY(read({u"--data"_s, u"d"_s})->tlsCertificate.isEmpty());
        const auto both
            = read({u"--data"_s, u"d"_s, u"--tls-certificate"_s, u"c"_s, u"--tls-key"_s, u"k"_s});
        QCOMPARE(both->tlsCertificate, u"c"_s);
        QCOMPARE(both->tlsKey, u"k"_s);
        for (const QString &one : {u"--tls-certificate"_s, u"--tls-key"_s}) {
            const auto config = read({u"--data"_s, u"d"_s, one, u"f"_s});
            QVERIFY(!config);
            QVERIFY(config.error().detail.contains(u"belong together"_s));
        }
    }

    void withoutAppSecretNothingCanBeVerified()
    {
        qunsetenv("PAGEDESK_APP_SECRET");
        QVERIFY(read({u"--data"_s, u"d"_s}).error().detail.contains(u"PAGEDESK_APP_SECRET"_s));
        qputenv("PAGEDESK_APP_SECRET_FILE", write("in a file\n").toLocal8Bit());
        QCOMPARE(read({u"--data"_s, u"d"_s})->appSecrets.first().reveal(), "in a file");
        qunsetenv("PAGEDESK_APP_SECRET_FILE");
    }

private:
    static Result<RelayConfig> read(const QStringList &words)
    {
        const auto line = CommandLine::parse(words, serveOptions());
        if (!line)
            return failure(line.error());
        return readConfig(*line);
    }

    QString write(const QByteArray &text)
    {
        QFile file(m_folder.filePath(u"relay%1.toml"_s.arg(++m_files)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write a test file");
        return file.fileName();
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_GUILESS_MAIN(TestRelayConfig)
#include "tst_relayconfig.moc"
