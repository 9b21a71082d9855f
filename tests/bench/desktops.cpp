// SPDX-License-Identifier: GPL-3.0-or-later
// relay_memory: what the relay has resident with nobody connected, and with a thousand desktops.
// fan_out: from the POST of a customer's message to the last of twenty desktops that hears of it.
#include "tests/e2e/world.h"
#include "tests/load/loadgenerator.h"
#include "tests/load/residentmemory.h"
#include "tests/load/syncclient.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLoggingCategory>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <sys/resource.h>
#include <vector>

namespace {

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

using Clients = std::vector<std::unique_ptr<SyncClient>>;

Clients connectClients(World &world, int count)
{
    const Secret token(world.deviceToken(u"Ada"_s));
    Clients clients;
    for (int i = 0; i < count; ++i) {
        clients.push_back(std::make_unique<SyncClient>(world.relayUrl(), token));
        clients.back()->start();
    }
    const bool live = QTest::qWaitFor(
        [&clients] {
            return std::all_of(clients.begin(), clients.end(),
                [](const auto &client) { return client->isLive(); });
        },
        60'000);
    if (!live)
        clients.clear();
    return clients;
}

// Posts messages one after the other; of each, how long until all desktops have it.
QList<double> fanOut(World &world, const Clients &clients, int count)
{
    const auto requests = prepareMessages(u"fan"_s, 0, count, 20, World::AppSecret);
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(world.relayUrl().port()));
    if (!socket.waitForConnected(5000))
        return {};
    QEventLoop loop;
    QString wanted;
    size_t heard = 0;
    for (const auto &client : clients) {
        QObject::connect(client.get(), &SyncClient::changed, &loop, [&](const auto &changes) {
            for (const Wire::Entity &entity : changes.entities) {
                const auto *message = std::get_if<Message>(&entity);
                if (message && message->mid.value == wanted && ++heard == clients.size())
                    loop.quit();
            }
        });
    }
    QList<double> times;
    for (const PreparedRequest &request : requests) {
        wanted = request.mid;
        heard = 0;
        QTimer::singleShot(10'000, &loop, [&loop] { loop.exit(1); });
        QElapsedTimer timer;
        timer.start();
        socket.write(request.bytes);
        socket.flush();
        if (loop.exec() != 0)
            return {};
        times.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return times;
}

int measureFanOut(int desktops, int count)
{
    World world;
    if (!world.start())
        return 1;
    const Clients clients = connectClients(world, desktops);
    const auto times = fanOut(world, clients, count);
    if (times.isEmpty()) {
        std::fprintf(stderr, "a desktop did not hear of a message\n%s\n", world.why().constData());
        return 1;
    }
    std::printf("{\"bench\":\"fan_out\",\"value\":%.2f,\"unit\":\"ms p99\",\"limit\":100,"
                "\"peer\":\"%d messages to %d desktops each\",\"p50\":%.2f}\n",
        percentile(times, 0.99), count, desktops, percentile(times, 0.5));
    return 0;
}

int measureMemory(int desktops)
{
    World world;
    if (!world.start())
        return 1;
    const double idle = residentMiB(world.relay.pid());
    const Clients clients = connectClients(world, desktops);
    // They are not only there but are told something.
    const auto times = fanOut(world, clients, 20);
    if (times.isEmpty()) {
        std::fprintf(stderr, "not all desktops connected\n%s\n", world.why().constData());
        return 1;
    }
    const double full = residentMiB(world.relay.pid());
    std::printf("{\"bench\":\"relay_memory\",\"value\":%.1f,\"unit\":\"MiB\",\"limit\":40,"
                "\"peer\":\"nobody connected\"}\n",
        idle);
    std::printf("{\"bench\":\"relay_memory\",\"value\":%.1f,\"unit\":\"MiB\",\"limit\":200,"
                "\"peer\":\"%d desktops, the last of which hears of a message after %.0f ms\"}\n",
        full, desktops, percentile(times, 0.5));
    return 0;
}

void allowManyConnections()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    allowManyConnections();
    QLoggingCategory::setFilterRules(u"pagedesk.*.info=false"_s);
    const bool quick = QCoreApplication::arguments().contains(u"--quick"_s);
    const int failed = measureFanOut(20, quick ? 200 : 1000);
    return failed != 0 ? failed : measureMemory(1000);
}
