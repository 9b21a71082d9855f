// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/world.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// Changing the master key: at every moment one key or the other opens every token.
class TestMasterKey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), m_world->why().constData());
    }
    void cleanup() { m_world.reset(); }

    void aServingRelayGoesOn()
    {
        QVERIFY(knowsNameOf(u"24000000000000001"_s));
        const QByteArray before = key(u"master.key"_s);
        int code = -1;
        for (int i = 0; i < 3; ++i) {
            const QByteArray said = m_world->command({u"rotate-master-key"_s}, &code);
            QVERIFY2(code == 0, m_world->why().constData());
            QVERIFY(said.contains("2 Page tokens are sealed under the new master key"));
        }
        QVERIFY(key(u"master.key"_s) != before);
        QVERIFY(!QFile::exists(m_world->data() + u"/master.key.new"_s));
        // The token is opened for the profile of a person who is new.
        QVERIFY(knowsNameOf(u"24000000000000002"_s));
        QCOMPARE(m_world->relay.terminate(), 0);
        QVERIFY(m_world->startRelay());
        QVERIFY(knowsNameOf(u"24000000000000003"_s));
        QVERIFY(m_world->command({u"audit"_s}).contains("master_key_rotated"));
        QVERIFY2(everythingOpens(), m_said.constData());
    }

    void aKillAtAnyStepLosesNothing()
    {
        QCOMPARE(m_world->relay.terminate(), 0);
        int step = 1;
        for (;; ++step) {
            QVERIFY2(step < 500, "never came to its end");
            Program program(u"pagedesk-relay"_s);
            program.setEnvironment(u"LD_PRELOAD"_s, QStringLiteral(PAGEDESK_KILLAT));
            program.setEnvironment(u"PAGEDESK_TEST_KILLAT"_s, QString::number(step));
            program.setEnvironment(u"ASAN_OPTIONS"_s, u"verify_asan_link_order=0"_s);
            const int code = program.run({u"rotate-master-key"_s, u"--data"_s, m_world->data()});
            QVERIFY2(everythingOpens(),
                ("after step " + QByteArray::number(step) + ": " + m_said).constData());
            if (code == 0)
                break;
            QCOMPARE(code, -1); // killed
        }
        QVERIFY2(step > 10, "the steps were not counted");
        qInfo("killed at each of %d steps", step - 1);
        int code = -1;
        m_world->command({u"rotate-master-key"_s}, &code);
        QCOMPARE(code, 0);
        QVERIFY2(everythingOpens(), m_said.constData());
        QVERIFY(m_world->startRelay());
        QVERIFY(knowsNameOf(u"24000000000000004"_s));
    }

    void keysOfTheEnvironment()
    {
        // A relay with a key of its own in the environment, and a Page under it.
        QCOMPARE(m_world->relay.terminate(), 0);
        const QString first(64, u'a');
        const QString second(64, u'b');
        const QString data = m_world->folder() + u"/other"_s;
        QFile token(m_world->folder() + u"/token"_s);
        QVERIFY(token.open(QIODevice::WriteOnly));
        token.write("sandbox-page-token-70044");
        token.close();
        const QStringList add{u"page"_s, u"add"_s, u"--data"_s, data, u"--page-id"_s, u"70044"_s,
            u"--name"_s, u"Bloom"_s, u"--token-file"_s, token.fileName()};
        QCOMPARE(with(first, {}, add), 0);
        QVERIFY(!QFile::exists(data + u"/master.key"_s));
        const QStringList rotate{u"rotate-master-key"_s, u"--data"_s, data};
        const QStringList verify{u"verify"_s, u"--data"_s, data};
        QCOMPARE(with(first, {}, rotate), 2);
        QVERIFY(m_said.contains("PAGEDESK_NEW_MASTER_KEY"));
        QCOMPARE(with(first, second, rotate), 0);
        QCOMPARE(with(second, {}, verify), 0);
        QCOMPARE(with(first, {}, verify), 1);
        QCOMPARE(with(first, {}, add), 1); // nothing is sealed under the old key any more
        QVERIFY2(m_said.contains("which is not here"), m_said.constData());
        QCOMPARE(with(first, second, rotate), 0); // again, after a kill say
        QCOMPARE(with(second, {}, verify), 0);
    }

private:
    QByteArray key(const QString &name) const
    {
        QFile file(m_world->data() + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    bool everythingOpens()
    {
        int code = -1;
        m_said = m_world->command({u"verify"_s}, &code);
        return code == 0 && m_said.contains("ok every Page token opens (2)");
    }
    int with(const QString &current, const QString &next, const QStringList &words)
    {
        Program program(u"pagedesk-relay"_s);
        program.setEnvironment(u"PAGEDESK_MASTER_KEY"_s, current);
        program.setEnvironment(u"PAGEDESK_NEW_MASTER_KEY"_s, next);
        const int code = program.run(words);
        m_said = program.output() + program.errors();
        return code;
    }
    bool knowsNameOf(const QString &psid)
    {
        m_world->customerWrites(psid, u"Hello"_s);
        const QByteArray unnamed = "\"contact\":{\"name\":\"\",\"psid\":\"" + psid.toLatin1();
        return QTest::qWaitFor(
            [&] {
                const QByteArray all = m_world->command({u"export"_s});
                return all.contains("\"psid\":\"" + psid.toLatin1()) && !all.contains(unnamed);
            },
            20'000);
    }

    std::unique_ptr<World> m_world;
    QByteArray m_said;
};

QTEST_GUILESS_MAIN(TestMasterKey)
#include "tst_masterkey.moc"
