// SPDX-License-Identifier: GPL-3.0-or-later
// restart: from the start of the relay to its first 200, with a million messages stored and the log
// that a kill -9 under load has left behind.
#include "tests/bench/filledledger.h"
#include "tests/e2e/world.h"
#include "tests/load/postline.h"
#include "tests/load/regime.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>
#include <csignal>
#include <cstdio>

namespace {

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

constexpr int People = 5000;
constexpr int LoadPerRound = 40'000;

// Kills the relay somewhere in the load.
void killUnderLoad(World &world, int round, QRandomGenerator &random)
{
    const auto requests
        = prepareMessages(u"restart%1"_s.arg(round), 0, LoadPerRound, People, World::AppSecret);
    LoadPlan plan;
    plan.port = static_cast<quint16>(world.relayUrl().port());
    plan.connections = 256;
    const int until = random.bounded(LoadPerRound / 2, LoadPerRound);
    const auto pid = static_cast<pid_t>(world.relay.pid());
    bool killed = false;
    plan.enough = [&killed, until, pid](const LoadResult &so) {
        if (!killed && so.acknowledged.size() >= until) {
            ::kill(pid, SIGKILL);
            killed = true;
        }
        return false;
    };
    sendLoad(plan, requests);
    world.relay.kill();
}

int measure(int messages, int rounds)
{
    World world;
    if (!world.startRelay() || !fillLedger(world, messages, People)) {
        std::fprintf(stderr, "%s\n", world.why().constData());
        return 1;
    }
    auto random = randomFor();
    QList<double> times;
    double largestLog = 0;
    for (int round = 0; round < rounds; ++round) {
        killUnderLoad(world, round, random);
        const QFileInfo log(QDir(world.data()).filePath(u"ledger.db-wal"_s));
        largestLog = std::max(largestLog, static_cast<double>(log.size()) / 1024 / 1024);
        const auto first = prepareMessages(u"first%1"_s.arg(round), 0, 1, 1, World::AppSecret);
        PostLine line(static_cast<quint16>(world.relayUrl().port()));
        QElapsedTimer timer;
        timer.start();
        if (!world.startRelay() || line.ask(first.constFirst().bytes) != 200) {
            std::fprintf(stderr, "no 200 after the restart\n%s\n", world.why().constData());
            return 1;
        }
        times.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::printf("{\"bench\":\"restart\",\"value\":%.0f,\"unit\":\"ms worst of %d\",\"limit\":500,"
                "\"peer\":\"%d messages stored, a log of %.0f MiB left by kill -9\",\"p50\":%.0f,"
                "\"seed\":%u}\n",
        percentile(times, 1), rounds, messages, largestLog, percentile(times, 0.5), testSeed());
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const bool quick = QCoreApplication::arguments().contains(u"--quick"_s);
    return quick ? measure(100'000, 5) : measure(1'000'000, 10);
}
