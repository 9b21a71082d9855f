// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/ledgercheck.h"
#include "tests/load/regime.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSet>
#include <QTest>

#include <csignal>
#include <thread>

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// SIGKILL at random moments under load: whatever was answered 200 must be there afterwards, once.
class TestRelayKill : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingAcknowledgedSurvives()
    {
        const int kills = isLongForm() ? 2000 : 50;
        World world;
        QVERIFY2(world.start(), world.why().constData());
        world.sandbox.kill(); // Meta's part is played by the load
        auto random = randomFor();
        QSet<QString> acknowledged;
        QList<double> restartMs;
        for (int i = 0; i < kills; ++i) {
            const auto requests
                = prepareMessages(u"kill%1"_s.arg(i), 0, 3000, 20, World::AppSecret);
            const qsizetype until = random.bounded(1, 1500);
            LoadPlan plan;
            plan.port = static_cast<quint16>(world.relayUrl().port());
            plan.connections = 16;
            plan.deadlineSeconds = 20;
            bool killed = false;
            const auto pid = static_cast<pid_t>(world.relay.pid());
            plan.enough = [&killed, until, pid](const LoadResult &so) {
                if (!killed && so.acknowledged.size() >= until) {
                    ::kill(pid, SIGKILL);
                    killed = true;
                }
                return false;
            };
            const auto result = sendLoad(plan, requests);
            QVERIFY(killed);
            QVERIFY(result.acknowledged.size() >= until);
            for (const QString &mid : result.acknowledged)
                acknowledged.insert(mid);
            world.relay.kill();
            QElapsedTimer restart;
            restart.start();
            QVERIFY2(world.startRelay(), world.why().constData());
            restartMs.append(static_cast<double>(restart.elapsed()));
        }
        const QByteArray problem = problemOfMessages(world, acknowledged);
        QVERIFY2(problem.isEmpty(), problem.constData());
        QCOMPARE(problemOfFile(QDir(world.data()).filePath(u"ledger.db"_s)), QByteArray());
        report("relay kill",
            QByteArray::number(kills) + " kills, " + QByteArray::number(acknowledged.size())
                + " acknowledged, none lost or doubled; restart p50 "
                + QByteArray::number(percentile(restartMs, 0.5)) + " ms, p99 "
                + QByteArray::number(percentile(restartMs, 0.99)) + " ms, worst "
                + QByteArray::number(percentile(restartMs, 1)) + " ms");
    }
};

QTEST_GUILESS_MAIN(TestRelayKill)
#include "tst_relaykill.moc"
