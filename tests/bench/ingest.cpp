// SPDX-License-Identifier: GPL-3.0-or-later
// ingest_durable: new signed messages a second into a new ledger with full sync before each 200,
// and how long an answer takes at 1,000 a second.
#include "tests/e2e/world.h"
#include "tests/load/loadgenerator.h"

#include <QCoreApplication>

#include <cstdio>
#include <sys/resource.h>

namespace {

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// A commit costs what it costs, so what a second holds grows with how many wait for it; the relay
// takes up to 10,000 connections.
constexpr int Connections = 4096;
constexpr int People = 500;

double asFastAsPossible(quint16 port, const QList<PreparedRequest> &requests)
{
    const auto result = sendLoad({.port = port, .connections = Connections}, requests);
    return static_cast<double>(result.acknowledged.size()) / result.seconds;
}

// The limit: the same server, the same requests, nothing stored.
double verifyOnly(const QList<PreparedRequest> &requests)
{
    Program program(u"bench-verifyonly"_s);
    program.setEnvironment(u"PAGEDESK_APP_SECRET"_s, QString::fromLatin1(World::AppSecret));
    const quint16 port = program.start({}, u"listening on "_s).toUShort();
    return port == 0 ? 0 : asFastAsPossible(port, requests);
}

// Shells often allow 1,024 open files and up to much more on request.
void allowManyConnections()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

int measure(int count)
{
    const auto requests = prepareMessages(u"ingest"_s, 0, count, People, World::AppSecret);
    QList<double> limits;
    QList<double> values;
    for (int round = 0; round < 3; ++round) {
        limits.append(verifyOnly(requests));
        World world; // a new ledger each time
        if (!world.startRelay()) {
            std::fprintf(stderr, "%s\n", world.why().constData());
            return 1;
        }
        values.append(asFastAsPossible(static_cast<quint16>(world.relayUrl().port()), requests));
    }
    const double value = percentile(values, 0.5);
    const double limit = percentile(limits, 0.5);
    std::printf("{\"bench\":\"ingest_durable\",\"value\":%.0f,\"unit\":\"events/s\",\"limit\":%.0f,"
                "\"peer\":\"the same server without storing\",\"ratio\":%.2f}\n",
        value, limit, value / limit);
    return 0;
}

int measureLatency(double seconds)
{
    constexpr double PerSecond = 1000;
    const auto requests = prepareMessages(
        u"latency"_s, 0, static_cast<int>(PerSecond * seconds), People, World::AppSecret);
    World world;
    if (!world.startRelay())
        return 1;
    LoadPlan plan;
    plan.port = static_cast<quint16>(world.relayUrl().port());
    plan.connections = 32;
    plan.perSecond = PerSecond;
    const auto result = sendLoad(plan, requests);
    std::printf("{\"bench\":\"ingest_latency\",\"value\":%.2f,\"unit\":\"ms p99\",\"limit\":25,"
                "\"peer\":\"1000 events/s\",\"p50\":%.2f,\"p999\":%.2f,\"answered\":%lld}\n",
        percentile(result.latenciesMs, 0.99), percentile(result.latenciesMs, 0.5),
        percentile(result.latenciesMs, 0.999), static_cast<long long>(result.acknowledged.size()));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    allowManyConnections();
    const bool quick = QCoreApplication::arguments().contains(u"--quick"_s);
    const int failed = measure(quick ? 50'000 : 100'000);
    return failed != 0 ? failed : measureLatency(quick ? 5 : 30);
}
