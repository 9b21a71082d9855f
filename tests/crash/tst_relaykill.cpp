// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/world.h"
#include "tests/load/loadgenerator.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
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
        const int kills = qEnvironmentVariableIntValue("PAGEDESK_TEST_LONG") > 0 ? 2000 : 50;
        World world;
        QVERIFY2(world.start(), world.why().constData());
        world.sandbox.kill(); // Meta's part is played by the load
        QRandomGenerator random(20'261'122);
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
        checkLedger(world, acknowledged);
        qInfo("%d kills, %d acknowledged, restart p50 %.0f ms, p99 %.0f ms", kills,
            static_cast<int>(acknowledged.size()), percentile(restartMs, 0.5),
            percentile(restartMs, 0.99));
    }

private:
    static void checkLedger(World &world, const QSet<QString> &acknowledged)
    {
        QHash<QString, int> found;
        QHash<QString, qint64> lastAt;
        for (const QJsonObject &line : world.lines({u"export"_s})) {
            if (line.value(u"type"_s).toString() != u"message")
                continue;
            ++found[line.value(u"mid"_s).toString()];
            const QString conversation = line.value(u"conversationId"_s).toString();
            const qint64 at = line.value(u"sentAt"_s).toInteger();
            QVERIFY2(at >= lastAt.value(conversation), "a thread is out of order");
            lastAt.insert(conversation, at);
        }
        for (const QString &mid : acknowledged)
            QVERIFY2(found.contains(mid), qPrintable(mid + u" was acknowledged and is lost"_s));
        for (auto it = found.cbegin(); it != found.cend(); ++it)
            QVERIFY2(it.value() == 1, qPrintable(it.key() + u" is there more than once"_s));
    }
};

QTEST_GUILESS_MAIN(TestRelayKill)
#include "tst_relaykill.moc"
