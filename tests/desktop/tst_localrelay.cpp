// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/localrelay.h"
#include "models/desk/pairingclient.h"
#include "models/desk/people.h"
#include "tests/support/await.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

// A workspace on this computer: the real relay as a child, on loopback.
class TestLocalRelay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // Programs are looked for beside the one that runs.
        const QString beside
            = QDir(QCoreApplication::applicationDirPath()).filePath(u"pagedesk-relay"_s);
        QFile::remove(beside);
        QVERIFY(QFile::link(QStringLiteral(PAGEDESK_RELAY), beside));
    }
    void init() { m_profile = std::make_unique<QTemporaryDir>(); }

    void fromNothingToAnAdmin()
    {
        IdentityStore identity(m_profile->path());
        const auto local = make(identity);
        QVERIFY(!local->isHere());
        const auto paired = pair(*local);
        PAGEDESK_SUCCEEDS(paired);
        QCOMPARE(paired->self.role, Role::Admin);
        QVERIFY(local->isHere());
        QCOMPARE(local->address().host(), u"127.0.0.1"_s);
        People people;
        people.setSource(local->address(), paired->deviceToken);
        const auto all = await(people.list());
        PAGEDESK_SUCCEEDS(all);
        QCOMPARE(all->people.size(), 1); // and no admin who waits
        // A second try, after the first one's answer was lost, is another device of the same
        // admin, whatever they call themselves by then.
        PAGEDESK_SUCCEEDS(await(people.rename(paired->self.id, u"Somebody else"_s)));
        const auto again = pair(*local);
        PAGEDESK_SUCCEEDS(again);
        QCOMPARE(again->self.id, paired->self.id);
        QCOMPARE(await(people.list())->people.size(), 1);
    }

    // Nobody has used the first link: there is one admin, who was only invited.
    void aSecondStartBeforeThereIsADevice()
    {
        IdentityStore identity(m_profile->path());
        const auto local = make(identity);
        PAGEDESK_SUCCEEDS(await(local->create()));
        const auto paired = pair(*local);
        PAGEDESK_SUCCEEDS(paired);
        People people;
        people.setSource(local->address(), paired->deviceToken);
        QCOMPARE(await(people.list())->people.size(), 1);
    }

    void removedItLeavesNothingAndCanBeginAnew()
    {
        IdentityStore identity(m_profile->path());
        const auto local = make(identity);
        const auto paired = pair(*local);
        PAGEDESK_SUCCEEDS(paired);
        QVERIFY(local->folder().startsWith(m_profile->path()));
        QSignalSpy broken(local.get(), &LocalWorkspace::broken);
        PAGEDESK_SUCCEEDS(await(local->remove()));
        QVERIFY(!local->isHere());
        QCOMPARE(broken.size(), 0);
        QVERIFY(QDir(m_profile->path()).isEmpty());
        PAGEDESK_SUCCEEDS(await(local->remove())); // there is nothing
        const auto again = pair(*local);
        PAGEDESK_SUCCEEDS(again);
        QVERIFY(again->self.id != paired->self.id);
    }

    // A profile that belongs to a relay elsewhere keeps its address.
    void theIdentityOfAnotherRelayIsLeftAlone()
    {
        IdentityStore identity(m_profile->path());
        const QUrl elsewhere(u"https://relay.example.org"_s);
        const auto local = make(identity);
        const auto paired = pair(*local);
        PAGEDESK_SUCCEEDS(paired);
        PAGEDESK_SUCCEEDS(identity.save({elsewhere, u"Other"_s, paired->self}));
        killRelay();
        QSignalSpy broken(local.get(), &LocalWorkspace::broken);
        QTRY_COMPARE_WITH_TIMEOUT(broken.size(), 1, 20'000);
        PAGEDESK_SUCCEEDS(await(local->start()));
        QCOMPARE((*identity.load())->relay, elsewhere);
    }

    void itComesBackWithEveryStart()
    {
        IdentityStore identity(m_profile->path());
        Secret token;
        QUrl before;
        {
            const auto local = make(identity);
            const auto paired = pair(*local);
            PAGEDESK_SUCCEEDS(paired);
            token = paired->deviceToken;
            before = local->address();
            PAGEDESK_SUCCEEDS(identity.save({before, u"Pagedesk"_s, paired->self}));
        }
        // Somebody else has taken its port meanwhile.
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, quint16(before.port())));
        const auto local = make(identity);
        QVERIFY(local->isHere());
        PAGEDESK_SUCCEEDS(await(local->start()));
        QVERIFY(local->address() != before);
        QCOMPARE((*identity.load())->relay, local->address());
        People people;
        people.setSource(local->address(), token);
        PAGEDESK_SUCCEEDS(await(people.list()));
    }

    // With a proxy in front another port would be found by nobody.
    void aTakenPortIsSaidWhereItMatters()
    {
        IdentityStore identity(m_profile->path());
        quint16 port = 0;
        {
            const auto local = make(identity);
            PAGEDESK_SUCCEEDS(pair(*local));
            port = quint16(local->address().port());
            auto settings = await(local->appSettings());
            PAGEDESK_SUCCEEDS(settings);
            QVERIFY(settings->appSecret.isEmpty());
            QVERIFY(!settings->verifyToken.isEmpty());
            settings->appId = u"330011"_s;
            settings->appSecret = Secret("canary-app-secret");
            settings->publicUrl = QUrl(u"https://pagedesk.example.org"_s);
            PAGEDESK_SUCCEEDS(await(local->useApp(*settings)));
            QCOMPARE(local->address().port(), int(port));
            const auto kept = await(local->appSettings());
            PAGEDESK_SUCCEEDS(kept);
            QVERIFY(kept->appSecret.matches("canary-app-secret"));
            QVERIFY(kept->verifyToken.matches(settings->verifyToken.reveal()));
        }
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, port));
        const auto local = make(identity);
        const auto started = await(local->start());
        QVERIFY(!started);
        QCOMPARE(started.error().kind, Error::Kind::Conflict);
        QVERIFY(started.error().detail.contains(u"is taken by another program"_s));
    }

    void secretsLieInOnePlace()
    {
        IdentityStore identity(m_profile->path());
        const auto local = make(identity);
        PAGEDESK_SUCCEEDS(pair(*local));
        auto settings = await(local->appSettings());
        settings->appId = u"330011"_s;
        settings->appSecret = Secret("canary-app-secret");
        PAGEDESK_SUCCEEDS(await(local->useApp(*settings)));
        for (QDirIterator it(
                 m_profile->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
             it.hasNext();) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            const bool isKeys = QFileInfo(file).fileName() == u"workspace-keys"_s;
            QCOMPARE(bytes.contains("canary-app-secret"), isKeys);
            if (isKeys) {
                QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
            }
        }
    }

    void aRelayThatEndsIsNoticed()
    {
        IdentityStore identity(m_profile->path());
        const auto local = make(identity);
        PAGEDESK_SUCCEEDS(pair(*local));
        QSignalSpy broken(local.get(), &LocalWorkspace::broken);
        killRelay();
        QTRY_COMPARE_WITH_TIMEOUT(broken.size(), 1, 20'000);
        QVERIFY(broken.first().first().toString().contains(u"has stopped"_s));
        PAGEDESK_SUCCEEDS(await(local->start()));
    }

    void lostKeysAreSaid()
    {
        IdentityStore identity(m_profile->path());
        {
            const auto local = make(identity);
            PAGEDESK_SUCCEEDS(pair(*local));
        }
        QVERIFY(QFile::remove(m_profile->filePath(u"workspace-keys"_s)));
        const auto local = make(identity);
        const auto started = await(local->start());
        QVERIFY(!started);
        QVERIFY(started.error().detail.contains(u"keychain"_s));
    }

private:
    std::unique_ptr<LocalRelay> make(const IdentityStore &identity) const
    {
        return std::make_unique<LocalRelay>(
            m_profile->path(), DeviceSecrets::Place::File, identity);
    }
    static Result<Wire::PairingAnswer> pair(LocalRelay &local)
    {
        const auto made = await(local.create());
        if (!made)
            return failure(made.error());
        const auto link = Wire::pairingLinkFrom(*made);
        if (!link)
            return failure(link.error());
        PairingClient client;
        return await(client.redeem(*link, u"here"_s));
    }
    // The one relay that serves this test's folder.
    void killRelay() const
    {
        const QByteArray folder = m_profile->filePath(u"workspace/relay"_s).toUtf8();
        for (const QString &entry : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
            bool isProcess = false;
            const int id = entry.toInt(&isProcess);
            QFile words(u"/proc/%1/cmdline"_s.arg(entry));
            if (!isProcess || !words.open(QIODevice::ReadOnly))
                continue;
            const QByteArray line = words.readAll();
            if (line.contains("pagedesk-relay") && line.contains(folder) && line.contains("serve"))
                ::kill(id, SIGKILL);
        }
    }

    std::unique_ptr<QTemporaryDir> m_profile;
};

QTEST_GUILESS_MAIN(TestLocalRelay)
#include "tst_localrelay.moc"
