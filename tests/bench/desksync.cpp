// SPDX-License-Identifier: GPL-3.0-or-later
// first_sync: until a new desktop has its usable inbox, with 100,000 messages on the relay.
// catch_up: rows a second that a desktop takes in after an absence.
#include "tests/bench/filledledger.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/load/syncclient.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLoggingCategory>
#include <QTest>
#include <QTimer>

#include <cstdio>

namespace {

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

constexpr int Customers = 2000;
const QString Page = u"70044"_s;

// Until the desktop says that it has caught up; -1 when it does not.
double untilCaughtUp(TestDesk &desk, const std::function<bool()> &begin)
{
    bool caughtUp = false;
    QObject::connect(
        &desk.syncer, &Syncer::caughtUp, &desk.syncer, [&caughtUp] { caughtUp = true; });
    QElapsedTimer timer;
    timer.start();
    if (!begin() || !QTest::qWaitFor([&caughtUp] { return caughtUp; }, 120'000))
        return -1;
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

int fail(const World &world, const char *what)
{
    std::fprintf(stderr, "%s\n%s\n", what, world.why().constData());
    return 1;
}

int measureFirstSync(World &world, int messages, int rounds)
{
    QList<double> times;
    for (int round = 0; round < rounds; ++round) {
        const QString link = world.invite(u"Ada"_s);
        TestDesk desk(QDir(world.folder()).filePath(u"new%1"_s.arg(round)));
        if (!desk.start())
            return fail(world, "no replica");
        const double time = untilCaughtUp(desk, [&] { return desk.pair(link).has_value(); });
        if (time < 0)
            return fail(world, "the new desktop did not catch up");
        times.append(time);
    }
    std::printf("{\"bench\":\"first_sync\",\"value\":%.0f,\"unit\":\"ms worst of %d\","
                "\"limit\":1000,\"peer\":\"%d messages on the relay, pairing included\","
                "\"p50\":%.0f}\n",
        percentile(times, 1), rounds, messages, percentile(times, 0.5));
    return 0;
}

// The newest number of the Page's stream; -1 when the relay does not say.
qint64 headOf(World &world, const Secret &token)
{
    SyncClient client(world.relayUrl(), token);
    client.start();
    return QTest::qWaitFor([&client] { return client.isLive(); }, 20'000) ? client.head(Page) : -1;
}

// The limit: rows a second that a desktop hears which keeps nothing.
double listenOnly(World &world, const Secret &token, qint64 after)
{
    const qint64 head = headOf(world, token);
    SyncClient client(world.relayUrl(), token);
    client.wantAllAfter(Page, after);
    qsizetype rows = 0;
    QEventLoop loop;
    QObject::connect(&client, &SyncClient::changed, &loop, [&](const Wire::Changes &changes) {
        rows += changes.stream == Page ? changes.entities.size() : 0;
        if (client.head(Page) >= head)
            loop.quit();
    });
    QTimer::singleShot(120'000, &loop, &QEventLoop::quit);
    QElapsedTimer timer;
    timer.start();
    client.start();
    loop.exec();
    return static_cast<double>(rows) / (static_cast<double>(timer.nsecsElapsed()) / 1e9);
}

int measureCatchUp(World &world, int before, int missed)
{
    const QString profile = QDir(world.folder()).filePath(u"absent"_s);
    {
        TestDesk desk(profile);
        const QString link = world.invite(u"Ada"_s);
        if (!desk.start() || untilCaughtUp(desk, [&] { return desk.pair(link).has_value(); }) < 0)
            return fail(world, "the desktop did not catch up before its absence");
    }
    const Secret token(world.deviceToken(u"Ada"_s));
    const qint64 head = headOf(world, token);
    LoadPlan plan;
    plan.port = static_cast<quint16>(world.relayUrl().port());
    plan.connections = 8;
    const auto requests = prepareBatches(before, missed, Customers);
    if (sendLoad(plan, requests).acknowledged.size() != requests.size())
        return fail(world, "the relay does not store");
    TestDesk desk(profile);
    const double time = untilCaughtUp(desk, [&] { return desk.start(); });
    if (time < 0)
        return fail(world, "the desktop did not catch up");
    std::printf("{\"bench\":\"catch_up\",\"value\":%.0f,\"unit\":\"rows/s\",\"limit\":%.0f,"
                "\"peer\":\"the same without a replica; %d messages of %d customers missed\","
                "\"ms\":%.0f}\n",
        (missed + Customers) / time * 1000, listenOnly(world, token, head), missed, Customers,
        time);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(u"pagedesk.*.info=false"_s);
    const bool quick = QCoreApplication::arguments().contains(u"--quick"_s);
    constexpr int Messages = 100'000;
    World world;
    if (!world.start() || !fillLedger(world, Messages, Customers))
        return fail(world, "the relay was not filled");
    world.sandbox.kill();
    const int failed = measureFirstSync(world, Messages, quick ? 3 : 10);
    return failed != 0 ? failed : measureCatchUp(world, Messages, quick ? 10'000 : 50'000);
}
