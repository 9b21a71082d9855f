// SPDX-License-Identifier: GPL-3.0-or-later
// sustained_load: 1,000 signed events a second for ten minutes (20 s with --quick) and twenty
// desktops that listen: how long an answer takes, how long until the last desktop has the message,
// and whether memory stays flat. Beside it, what the machine alone makes one wait, and the figures
// of those seconds in which it let everybody run. large_body: how long the answer to one request
// with 1,000 messages takes.
#include "tests/e2e/world.h"
#include "tests/load/eventmix.h"
#include "tests/load/loadgenerator.h"
#include "tests/load/machinepauses.h"
#include "tests/load/postline.h"
#include "tests/load/residentmemory.h"
#include "tests/load/syncclient.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <future>
#include <memory>
#include <thread>
#include <vector>

namespace {

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;
using SteadyClock = std::chrono::steady_clock;

constexpr int Desktops = 20;
constexpr int PerSecond = 1000;
constexpr int People = 2000; // so few from each that nobody is slowed down
constexpr int Connections = 32;
constexpr int Stretch = 20; // seconds; divides the length of the runs
constexpr int InLargeBody = 1000;
const QString Prefix = u"m_steady_"_s;

size_t numberOf(const QString &mid)
{
    return static_cast<size_t>(QStringView(mid).sliced(Prefix.size()).toInt());
}

// Twenty desktops: of each message, when the last of them had it.
class Listeners final : public QObject {
public:
    Listeners(const QUrl &relay, const Secret &token, int messages)
        : m_heard(static_cast<size_t>(messages), 0)
        , m_lastAt(static_cast<size_t>(messages))
    {
        for (int i = 0; i < Desktops; ++i) {
            m_clients.push_back(std::make_unique<SyncClient>(relay, token));
            connect(m_clients.back().get(), &SyncClient::changed, this, &Listeners::hear);
            m_clients.back()->start();
        }
    }

    bool areLive() const
    {
        return std::all_of(m_clients.begin(), m_clients.end(),
            [](const auto &client) { return client->isLive(); });
    }
    bool haveAll() const { return missing() <= 0; }
    qint64 missing() const { return static_cast<qint64>(m_heard.size()) * Desktops - m_all; }
    bool isDoubled() const { return m_doubled; }
    SteadyClock::time_point lastAt(int message) const
    {
        return m_lastAt.at(static_cast<size_t>(message));
    }

private:
    void hear(const Wire::Changes &changes)
    {
        const auto now = SteadyClock::now();
        for (const Wire::Entity &entity : changes.entities) {
            const auto *message = std::get_if<Message>(&entity);
            if (!message || !message->mid.value.startsWith(Prefix))
                continue;
            const size_t number = numberOf(message->mid.value);
            ++m_all;
            m_doubled = m_doubled || ++m_heard.at(number) > Desktops;
            m_lastAt.at(number) = now;
        }
    }

    std::vector<std::unique_ptr<SyncClient>> m_clients;
    std::vector<int> m_heard;
    std::vector<SteadyClock::time_point> m_lastAt;
    qint64 m_all = 0;
    bool m_doubled = false;
};

// What the load and the listening have come to.
struct Figures {
    QList<double> answeredMs;
    QList<double> heardMs;
    QList<double> calmAnsweredMs; // of the seconds without a pause of the machine
    QList<double> calmHeardMs;
    int calmSeconds = 0;
    double machineMs = 0; // p99 of what the machine alone makes one wait
    QList<double> memoryMiB; // one a second
    qint64 refused = 0;
    qint64 broken = 0;
};

// The sender's side of it: stretches, and for each message how long its answer took, -1 for none.
struct Sent {
    std::vector<SteadyClock::time_point> begun;
    std::vector<double> answeredMs;
    qint64 refused = 0;
    qint64 broken = 0;

    SteadyClock::time_point dueAt(int message) const
    {
        const auto stretch = static_cast<size_t>(message / (Stretch * PerSecond));
        const std::chrono::duration<double> due(
            static_cast<double>(message % (Stretch * PerSecond)) / PerSecond);
        return begun.at(stretch) + std::chrono::duration_cast<SteadyClock::duration>(due);
    }
};

// Sends for so many seconds, a stretch after the other; the next one is made meanwhile.
void sendSteadily(quint16 port, int seconds, Sent &sent)
{
    const auto make = [](int begin) {
        return prepareMessages(u"steady"_s, begin, Stretch * PerSecond, People, World::AppSecret);
    };
    LoadPlan plan;
    plan.port = port;
    plan.connections = Connections;
    plan.perSecond = PerSecond;
    auto next = std::async(std::launch::async, make, 0);
    for (int second = 0; second < seconds; second += Stretch) {
        const auto requests = next.get();
        if (second + Stretch < seconds)
            next = std::async(std::launch::async, make, (second + Stretch) * PerSecond);
        sent.begun.push_back(SteadyClock::now());
        const auto result = sendLoad(plan, requests);
        for (qsizetype i = 0; i < result.acknowledged.size(); ++i)
            sent.answeredMs.at(numberOf(result.acknowledged.at(i))) = result.latenciesMs.at(i);
        sent.refused += result.refused;
        sent.broken += result.broken;
    }
}

double mean(const QList<double> &values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return values.isEmpty() ? 0 : sum / static_cast<double>(values.size());
}

void collect(
    const Sent &load, const Listeners &listeners, const MachinePauses &pauses, Figures &figures)
{
    const auto messages = static_cast<int>(load.answeredMs.size());
    for (int second = 0; second * PerSecond < messages; ++second) {
        const bool calm = !pauses.isDisturbed(load.dueAt(second * PerSecond));
        figures.calmSeconds += calm ? 1 : 0;
        for (int i = second * PerSecond; i < (second + 1) * PerSecond; ++i) {
            const std::chrono::duration<double, std::milli> heard
                = listeners.lastAt(i) - load.dueAt(i);
            const double answered = load.answeredMs.at(static_cast<size_t>(i));
            figures.heardMs.append(heard.count());
            if (calm)
                figures.calmHeardMs.append(heard.count());
            if (answered < 0)
                continue;
            figures.answeredMs.append(answered);
            if (calm)
                figures.calmAnsweredMs.append(answered);
        }
    }
    figures.machineMs = pauses.waitMs(0.99);
    figures.refused = load.refused;
    figures.broken = load.broken;
}

bool play(World &world, int seconds, Figures &figures)
{
    const int messages = seconds * PerSecond;
    Listeners listeners(world.relayUrl(), Secret(world.deviceToken(u"Ada"_s)), messages);
    if (!QTest::qWaitFor([&] { return listeners.areLive(); }, 20'000))
        return false;
    QTimer sampler;
    QObject::connect(&sampler, &QTimer::timeout, &sampler,
        [&] { figures.memoryMiB.append(residentMiB(world.relay.pid())); });
    sampler.start(1000);
    Sent load;
    load.answeredMs.assign(static_cast<size_t>(messages), -1);
    const auto port = static_cast<quint16>(world.relayUrl().port());
    std::atomic<bool> sent = false;
    MachinePauses pauses;
    std::thread sender([&] {
        sendSteadily(port, seconds, load);
        sent = true;
    });
    QEventLoop loop; // a wait that looks now and then would hear late
    QTimer looker;
    const QDeadlineTimer deadline((seconds * 2 + 60) * 1000LL);
    QObject::connect(&looker, &QTimer::timeout, &loop, [&] {
        if ((sent && listeners.haveAll()) || deadline.hasExpired())
            loop.quit();
    });
    looker.start(100);
    loop.exec();
    sender.join();
    if (!listeners.haveAll() || listeners.isDoubled()) {
        std::fprintf(stderr, "%lld messages were not heard%s\n",
            static_cast<long long>(listeners.missing()),
            listeners.isDoubled() ? ", some were heard twice" : "");
        return false;
    }
    pauses.stop();
    collect(load, listeners, pauses, figures);
    return true;
}

int measureSustained(int seconds)
{
    World world;
    Figures figures;
    if (!world.start() || !play(world, seconds, figures)) {
        std::fprintf(stderr, "%s\n", world.why().constData());
        return 1;
    }
    const qsizetype third = figures.memoryMiB.size() / 3;
    const double first = mean(figures.memoryMiB.first(third));
    const double last = mean(figures.memoryMiB.last(third));
    std::printf("{\"bench\":\"sustained_load\",\"value\":%.2f,\"unit\":\"ms p99\",\"limit\":25,"
                "\"peer\":\"answers to %d events/s for %d s\",\"p50\":%.2f,\"worst\":%.0f,"
                "\"refused\":%lld,\"calm_p99\":%.2f,\"calm_seconds\":%d,"
                "\"machine_p99\":%.2f}\n",
        percentile(figures.answeredMs, 0.99), PerSecond, seconds,
        percentile(figures.answeredMs, 0.5), percentile(figures.answeredMs, 1),
        static_cast<long long>(figures.refused + figures.broken),
        percentile(figures.calmAnsweredMs, 0.99), figures.calmSeconds, figures.machineMs);
    std::printf("{\"bench\":\"sustained_load\",\"value\":%.2f,\"unit\":\"ms p99\",\"limit\":150,"
                "\"peer\":\"from the webhook to the last of %d desktops\",\"p50\":%.2f,"
                "\"worst\":%.0f,\"calm_p99\":%.2f}\n",
        percentile(figures.heardMs, 0.99), Desktops, percentile(figures.heardMs, 0.5),
        percentile(figures.heardMs, 1), percentile(figures.calmHeardMs, 0.99));
    std::printf("{\"bench\":\"sustained_load\",\"value\":%.1f,\"unit\":\"MiB\",\"limit\":16,"
                "\"peer\":\"what the last third of the time has resident more than the first\","
                "\"first\":%.1f,\"last\":%.1f}\n",
        last - first, first, last);
    return 0;
}

// A request with 1,000 messages, as Meta puts together what could not be delivered for a while.
PreparedRequest largeBody(int number)
{
    QList<QJsonObject> items;
    for (int i = 0; i < InLargeBody; ++i) {
        const int message = number * InLargeBody + i;
        items.append({{u"sender"_s, QJsonObject{{u"id"_s, QString::number(9'000'000 + i % 100)}}},
            {u"recipient"_s, QJsonObject{{u"id"_s, QString::fromLatin1(World::PageId)}}},
            {u"timestamp"_s, qint64(1'790'000'000'000) + message},
            {u"message"_s,
                QJsonObject{{u"mid"_s, u"m_large_%1"_s.arg(message)},
                    {u"text"_s, u"Is the red one still there? Number %1"_s.arg(message)}}}});
    }
    return prepare({}, items, World::AppSecret);
}

int measureLargeBody(int count)
{
    World world;
    if (!world.start())
        return 1;
    PostLine line(static_cast<quint16>(world.relayUrl().port()));
    QList<double> times;
    for (int i = 0; i < count; ++i) {
        const PreparedRequest request = largeBody(i);
        QElapsedTimer timer;
        timer.start();
        if (line.ask(request.bytes) != 200) {
            std::fprintf(stderr, "a large body was refused\n%s\n", world.why().constData());
            return 1;
        }
        times.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::printf(
        "{\"bench\":\"large_body\",\"value\":%.1f,\"unit\":\"ms median of %d\",\"limit\":200,"
        "\"peer\":\"the answer to %d messages in one request\",\"worst\":%.1f}\n",
        percentile(times, 0.5), count, InLargeBody, percentile(times, 1));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(u"pagedesk.*.info=false"_s);
    const bool quick = QCoreApplication::arguments().contains(u"--quick"_s);
    const int failed = measureLargeBody(20);
    return failed != 0 ? failed : measureSustained(quick ? 20 : 600);
}
