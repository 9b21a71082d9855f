// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/query.h"
#include "tests/e2e/world.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// Backup, restore and verify, as whoever runs a relay meets them.
class TestBackup : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), m_world->why().constData());
        QVERIFY(!m_world->customerWrites(Psid, Text).isEmpty());
        const auto image = http("POST",
            m_world->sandboxUrl(u"/_sandbox/customers/%1/messages"_s.arg(Psid)),
            R"({"pageId":"70044","attachment":{"type":"image","name":"a.png","base64":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="}})");
        QVERIFY2(image.status == 200, image.body.constData());
        QTRY_VERIFY_WITH_TIMEOUT(
            m_world->command({u"export"_s}).contains(R"("state":"captured")"), 20'000);
    }
    void cleanup() { m_world.reset(); }

    void aBackupMadeWhileServingIsWhole()
    {
        std::atomic<bool> enough = false;
        for (int i = 0; i < 50; ++i)
            QCOMPARE(m_world->deliver(event(i)).status, 200);
        std::thread load([&] {
            for (int i = 50; !enough; ++i)
                m_world->deliver(event(i));
        });
        int code = 1;
        const QByteArray said = m_world->command({u"backup"_s, u"--to"_s, file()}, &code);
        enough = true;
        load.join();
        QVERIFY2(code == 0, m_world->why().constData());
        QVERIFY2(said.contains("is NOT in it"), said.constData());
        QCOMPARE(QFile(file()).permissions() & (QFile::ReadGroup | QFile::ReadOther),
            QFile::Permissions());
        QCOMPARE(leftovers(), QStringList());
        QVERIFY(!fileHolds(m_world->data() + u"/master.key"_s, file()));

        const QByteArray told = restored(&code);
        QVERIFY2(code == 0, told.constData());
        QVERIFY2(told.contains("the master key is missing"), told.constData());
        QCOMPARE(QDir(folder()).entryList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot),
            QStringList({u"ledger.db"_s, u"media"_s, u"relay.lock"_s}));
        const QByteArray all = run({u"export"_s, u"--data"_s, folder()}, &code);
        QVERIFY(all.contains(Text.toUtf8()));
        for (int i = 0; i < 50; ++i)
            QVERIFY(all.contains("\"m_b" + QByteArray::number(i) + "\""));
        QVERIFY(run({u"audit"_s, u"--data"_s, folder()}, &code).contains("backup_restored"));
        QVERIFY(m_world->command({u"audit"_s}).contains("backup_made"));

        QVERIFY(QFile::copy(m_world->data() + u"/master.key"_s, folder() + u"/master.key"_s));
        const QByteArray verified = run({u"verify"_s, u"--data"_s, folder()}, &code);
        QVERIFY2(code == 0, verified.constData());
        QVERIFY(verified.contains("ok every Page token opens (2)"));
        QVERIFY(verified.contains("ok every captured attachment is there and whole ("));
    }

    void plainToolsCanReadIt()
    {
        QCOMPARE(exitOf({u"backup"_s, u"--data"_s, m_world->data(), u"--to"_s, file()}), 0);
        QDir(m_world->folder()).mkpath(u"out"_s);
        QProcess tar;
        tar.start(u"bash"_s,
            {u"-c"_s, u"tar xf \"$1\" -C \"$2\" && cd \"$2\" && sha256sum --strict -c SHA256SUMS"_s,
                u"-"_s, file(), QDir(m_world->folder()).filePath(u"out"_s)});
        QVERIFY(tar.waitForFinished());
        QVERIFY2(tar.exitCode() == 0, tar.readAllStandardError().constData());
    }

    void restoreDestroysNothing()
    {
        QCOMPARE(exitOf({u"backup"_s, u"--data"_s, m_world->data(), u"--to"_s, file()}), 0);
        QCOMPARE(exitOf({u"restore"_s, u"--from"_s, file(), u"--data"_s, m_world->data()}), 1);
        QVERIFY(m_errors.contains("already serves"));
        QCOMPARE(m_world->relay.terminate(), 0);
        QCOMPARE(exitOf({u"restore"_s, u"--from"_s, file(), u"--data"_s, m_world->data()}), 1);
        QVERIFY(m_errors.contains("has a ledger already"));
        QVERIFY(m_world->command({u"export"_s}).contains(Text.toUtf8()));
        // Nor does backup overwrite what it reads.
        QCOMPARE(exitOf({u"backup"_s, u"--data"_s, m_world->data(), u"--to"_s,
                     m_world->data() + u"/ledger.db"_s}),
            2);
    }

    void aDamagedBackupIsRefused()
    {
        QCOMPARE(exitOf({u"backup"_s, u"--data"_s, m_world->data(), u"--to"_s, file()}), 0);
        QFile whole(file());
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray bytes = whole.readAll();
        whole.close();
        QList<QByteArray> damaged{bytes.left(0), bytes.left(100), bytes.left(512),
            bytes.left(bytes.size() / 2), bytes.left(bytes.size() - 2048), "hello", bytes + bytes};
        damaged.removeLast(); // what follows a whole backup is not looked at, as tar does not
        QRandomGenerator random(20'261'122);
        for (int i = 0; i < 25; ++i) {
            QByteArray one = bytes;
            const auto at = random.bounded(one.size() - 2048);
            one[at] = static_cast<char>(one[at] ^ (1 << random.bounded(8)));
            damaged.append(one);
        }
        for (qsizetype i = 0; i < damaged.size(); ++i) {
            QFile::remove(file());
            QFile spoiled(file());
            QVERIFY(spoiled.open(QIODevice::WriteOnly));
            spoiled.write(damaged.at(i));
            spoiled.close();
            const int code = exitOf({u"restore"_s, u"--from"_s, file(), u"--data"_s, folder()});
            // A bit of a header may mean nothing: then what is restored is right all the same.
            if (code == 0) {
                QCOMPARE(exitOf({u"verify"_s, u"--data"_s, folder()}), 0);
                QDir(folder()).removeRecursively();
                continue;
            }
            QCOMPARE(code, 1);
            QVERIFY2(!m_errors.isEmpty(), "said nothing");
            QCOMPARE(QDir(folder()).entryList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot),
                QStringList({u"relay.lock"_s}));
        }
    }

    void aFullDiskLeavesNothingHalf()
    {
        QCOMPARE(exitOf({u"backup"_s, u"--data"_s, m_world->data(), u"--to"_s, file()}), 0);
        const QString full = m_world->folder() + u"/full"_s;
        QVERIFY(QFile(full).open(QIODevice::WriteOnly));
        QCOMPARE(exitOf({u"backup"_s, u"--data"_s, m_world->data(), u"--to"_s, file()}, full), 1);
        QVERIFY2(m_errors.contains("full") || m_errors.contains("No space"), m_errors.constData());
        QCOMPARE(leftovers(), QStringList());
        QCOMPARE(exitOf({u"restore"_s, u"--from"_s, file(), u"--data"_s, folder()}, full), 1);
        QVERIFY2(m_errors.contains("No space"), m_errors.constData());
        QCOMPARE(QDir(folder()).entryList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot),
            QStringList({u"relay.lock"_s}));
        // The backup from before is still good.
        QCOMPARE(exitOf({u"restore"_s, u"--from"_s, file(), u"--data"_s, folder()}), 0);
    }

    void verifySaysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QByteArray>("fault");
        QTest::newRow("conversation gone")
            << u"DELETE FROM conversation"_s << QByteArray("every message has its conversation");
        QTest::newRow("event gone")
            << u"DELETE FROM event"_s << QByteArray("every customer's message has its event");
        QTest::newRow("message gone") << u"DELETE FROM message WHERE text <> ''"_s
                                      << QByteArray("every event of a message has its message");
        QTest::newRow("another last message")
            << u"UPDATE conversation SET last_message_id = 'x'"_s
            << QByteArray("every conversation shows its newest message");
        QTest::newRow("unread") << u"UPDATE conversation SET unread = unread + 1"_s
                                << QByteArray("every conversation counts what is unread");
        QTest::newRow("number twice")
            << u"UPDATE message SET seq = (SELECT min(seq) FROM message)"_s
            << QByteArray("every number of a stream is used once");
        QTest::newRow("number ahead")
            << u"UPDATE stream SET seq = 1"_s << QByteArray("no row is ahead of its stream");
        QTest::newRow("send attempt of nothing")
            << u"INSERT INTO send_attempt (message_id, started_at, ended_at, outcome, http_status, code, subcode, trace_id) VALUES ('x', 1, 1, 0, 200, 0, 0, '')"_s
            << QByteArray("every send call belongs to a reply");
        QTest::newRow("unknown job")
            << u"INSERT INTO job (kind, page_id, subject, due_at, tries, parked, last_error) VALUES (999, '1', 's', 1, 0, 1, '')"_s
            << QByteArray("every job is of a known kind");
        QTest::newRow("audit") << u"UPDATE audit SET actor = 'nobody' WHERE id = 1"_s
                               << QByteArray("the audit chain is unbroken");
        QTest::newRow("token") << u"UPDATE page SET sealed_token = x'0102030405'"_s
                               << QByteArray("every Page token opens");
        QTest::newRow("foreign key")
            << u"INSERT INTO invite VALUES ('i', 'nobody', x'00', 1, 1, 0)"_s
            << QByteArray("every reference leads somewhere");
        QTest::newRow("attachment")
            << QString() << QByteArray("every captured attachment is there and whole");
        QTest::newRow("nothing") << QString() << QByteArray();
    }
    void verifySaysWhatIsWrong()
    {
        QFETCH(QString, sql);
        QFETCH(QByteArray, fault);
        QCOMPARE(m_world->relay.terminate(), 0);
        if (!sql.isEmpty()) {
            const auto connection = Pagedesk::Connection::open(m_world->data() + u"/ledger.db"_s);
            QVERIFY(connection);
            QVERIFY((*connection)->run(sql));
        } else if (!fault.isEmpty()) {
            QVERIFY(
                QProcess::execute(u"bash"_s,
                    {u"-c"_s,
                        u"find \"$1/media\" -type f | while read -r f; do printf x > \"$f\"; done"_s,
                        u"-"_s, m_world->data()})
                == 0);
        }
        int code = -1;
        const QByteArray said = run({u"verify"_s, u"--data"_s, m_world->data()}, &code);
        QVERIFY2(
            !said.contains(Text.toUtf8()) && !m_errors.contains(Text.toUtf8()), said.constData());
        if (fault.isEmpty()) {
            QVERIFY2(code == 0, said.constData());
            QVERIFY2(!said.contains("FAULT"), said.constData());
        } else {
            QCOMPARE(code, 1);
            QVERIFY2(said.contains("FAULT " + fault), said.constData());
        }
    }

private:
    static constexpr qint64 Now = 1'790'000'000'000;
    const QString Psid = u"24000000000000042"_s;
    const QString Text = u"a customer's own words"_s;

    static QByteArray event(int number)
    {
        return World::textEvent(
            u"24000000000000043"_s, u"m_b%1"_s.arg(number), u"Hello"_s, Now + number);
    }
    QString file() const { return m_world->folder() + u"/backup.tar"_s; }
    QString folder() const { return m_world->folder() + u"/second"_s; }
    // What a backup must not leave beside its file.
    QStringList leftovers() const
    {
        return QDir(m_world->folder()).entryList({u"*.part*"_s}, QDir::Files);
    }
    static bool fileHolds(const QString &needle, const QString &haystack)
    {
        QFile key(needle);
        QFile all(haystack);
        return !key.open(QIODevice::ReadOnly) || !all.open(QIODevice::ReadOnly)
            || all.readAll().contains(key.readAll().trimmed());
    }
    QByteArray run(const QStringList &words, int *code, const QString &full = {})
    {
        Program program(u"pagedesk-relay"_s);
        if (!full.isEmpty()) {
            program.setEnvironment(u"LD_PRELOAD"_s, QStringLiteral(PAGEDESK_NOSPACE));
            program.setEnvironment(u"PAGEDESK_TEST_NOSPACE"_s, full);
            program.setEnvironment(u"ASAN_OPTIONS"_s, u"verify_asan_link_order=0"_s);
        }
        *code = program.run(words);
        m_errors = program.errors();
        return program.output();
    }
    int exitOf(const QStringList &words, const QString &full = {})
    {
        int code = -1;
        run(words, &code, full);
        return code;
    }
    QByteArray restored(int *code)
    {
        return run({u"restore"_s, u"--from"_s, file(), u"--data"_s, folder()}, code) + m_errors;
    }

    std::unique_ptr<World> m_world;
    QByteArray m_errors;
};

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_backup.moc"
