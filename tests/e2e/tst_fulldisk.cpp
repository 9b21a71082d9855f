// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/world.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// A disk without space: the relay says so to Meta, which tries again, and works on once there is
// room.
class TestFullDisk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesUntilThereIsRoom()
    {
        World world;
        const QString full = QDir(world.folder()).filePath(u"full"_s);
        world.relay.setEnvironment(u"LD_PRELOAD"_s, QStringLiteral(PAGEDESK_NOSPACE));
        world.relay.setEnvironment(u"PAGEDESK_TEST_NOSPACE"_s, full);
        // The sanitizers want to come first of all libraries; this one does not get in their way.
        world.relay.setEnvironment(u"ASAN_OPTIONS"_s, u"verify_asan_link_order=0"_s);
        QVERIFY2(world.start(), world.why().constData());
        QCOMPARE(world.deliver(event(1)).status, 200);

        QVERIFY(QFile(full).open(QIODevice::WriteOnly));
        for (int i = 2; i <= 20; ++i)
            QCOMPARE(world.deliver(event(i)).status, 503);
        QVERIFY(world.relay.isRunning());
        QCOMPARE(http("GET", world.relayUrl(u"/healthz"_s)).status, 200);

        QVERIFY(QFile::remove(full));
        for (int i = 2; i <= 10; ++i) // as Meta does after a 503
            QCOMPARE(world.deliver(event(i)).status, 200);
        QCOMPARE(midsOf(world), 10);
        QCOMPARE(world.relay.terminate(), 0);
        QVERIFY(world.startRelay());
        QCOMPARE(midsOf(world), 10);
    }

private:
    static QByteArray event(int number)
    {
        return World::textEvent(u"24000000000000777"_s, u"m_full_%1"_s.arg(number), u"Hello"_s,
            1'790'000'000'000 + number);
    }
    // How many of this test's messages the ledger has; 1,000 more for each that is there twice.
    static int midsOf(World &world)
    {
        QSet<QString> mids;
        int count = 0;
        for (const QJsonObject &line : world.lines({u"export"_s})) {
            const QString mid = line.value(u"mid"_s).toString();
            if (!mid.startsWith(u"m_full_"))
                continue;
            count += mids.contains(mid) ? 1000 : 1;
            mids.insert(mid);
        }
        return count;
    }
};

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_fulldisk.moc"
