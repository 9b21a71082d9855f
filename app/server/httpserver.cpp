// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/httpserver.h"

#include "app/server/listener.h"
#include "app/server/tls.h"
#include "models/base/logging.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <csignal>
#include <future>
#include <thread>

#include <pthread.h>
#include <sys/resource.h>

namespace Pagedesk::Server {

namespace {

using namespace std::chrono_literals;

constexpr auto LastPatience = 1s; // for handlers that still run when the server ends
constexpr rlim_t SpareDescriptors = 256; // databases, logs, outgoing requests

// The usual soft limit of 1,024 descriptors is far below what `connections` promises.
void allowDescriptors(std::size_t connections)
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    const rlim_t wanted = static_cast<rlim_t>(connections) + SpareDescriptors;
    if (limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < wanted)
        qCInfo(logServer, "the system allows %llu open files, fewer than %zu connections need",
            static_cast<unsigned long long>(limit.rlim_cur), connections);
}

// How often deadlines are looked at: they may pass by an eighth, and at most by a quarter second.
std::chrono::milliseconds tickFor(const Limits &limits)
{
    const auto shortest = std::min({limits.handshake, limits.idle, limits.head, limits.body});
    return std::clamp<std::chrono::milliseconds>(shortest / 8, 5ms, 250ms);
}

} // namespace

class HttpServer::Implementation {
public:
    Implementation(Limits limits, RequestHandler handler);
    ~Implementation();

    Result<std::uint16_t> listen(const std::function<Result<std::uint16_t>(Listener &)> &open);
    Result<> useTls(const std::string &certificateFile, const std::string &keyFile);
    void ping(std::function<void()> answer) { m_core.mailbox->post(std::move(answer)); }
    void shutDown(std::chrono::milliseconds grace);
    Statistics statistics() const;

private:
    void run();
    void sweep();
    void endAll();

    ServerCore m_core;
    Listener m_listener;
    Timer m_sweeper;
    const std::chrono::milliseconds m_tick;
    boost::asio::executor_work_guard<Executor> m_work;
    std::promise<void> m_emptied; // no connection is left
    std::promise<void> m_ended; // the thread has nothing more to do
    std::thread m_thread;
};

HttpServer::Implementation::Implementation(Limits limits, RequestHandler handler)
    : m_core(limits, std::move(handler))
    , m_listener(m_core)
    , m_sweeper(m_core.context)
    , m_tick(tickFor(limits))
    , m_work(m_core.context.get_executor())
{
}

HttpServer::Implementation::~Implementation()
{
    shutDown(0ms);
}

Result<std::uint16_t> HttpServer::Implementation::listen(
    const std::function<Result<std::uint16_t>(Listener &)> &open)
{
    if (m_thread.joinable())
        return failure(Error::Kind::Conflict, QStringLiteral("The server listens already."));
    const auto bound = open(m_listener);
    if (!bound)
        return bound;
    allowDescriptors(m_core.limits.connections);
    m_thread = std::thread([this] { run(); });
    return bound;
}

Result<> HttpServer::Implementation::useTls(
    const std::string &certificateFile, const std::string &keyFile)
{
    const auto context = TlsContext::load(certificateFile, keyFile);
    if (!context)
        return failure(context.error());
    if (m_thread.joinable())
        m_core.mailbox->post([this, context = *context] { m_core.tls = context; });
    else
        m_core.tls = *context;
    return {};
}

void HttpServer::Implementation::run()
{
    // Signals are the main thread's business. A thread started with them open could take them.
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    pthread_setname_np(pthread_self(), "http-server");
    m_core.mailbox->settle();
    m_listener.start();
    sweep();
    for (bool done = false; !done;) {
        try {
            m_core.context.run();
            done = true;
        } catch (const std::exception &error) {
            // Out of memory, most likely: the one connection is lost, the others go on.
            qCCritical(logServer, "a connection has failed: %s", error.what());
        }
    }
    endAll(); // again, in case the context was stopped before it came to that
    m_ended.set_value();
}

void HttpServer::Implementation::sweep()
{
    m_core.connections.expire(SteadyClock::now());
    m_sweeper.expires_after(m_tick);
    m_sweeper.async_wait([this](const ErrorCode &cancelled) {
        if (!cancelled && m_work.owns_work())
            sweep();
    });
}

void HttpServer::Implementation::shutDown(std::chrono::milliseconds grace)
{
    if (!m_thread.joinable())
        return;
    boost::asio::post(m_core.context, [this] {
        m_core.stopping = true;
        m_listener.close();
        // Behind those who have just been accepted and are about to be taken in.
        boost::asio::post(m_core.context, [this] {
            m_core.connections.finishAll();
            m_core.connections.whenEmpty([this] { m_emptied.set_value(); });
        });
    });
    m_emptied.get_future().wait_for(grace);
    boost::asio::post(m_core.context, [this] { endAll(); });
    if (m_ended.get_future().wait_for(LastPatience) != std::future_status::ready)
        m_core.context.stop();
    m_thread.join();
}

void HttpServer::Implementation::endAll()
{
    m_core.connections.abortAll();
    m_core.mailbox->close();
    m_sweeper.cancel();
    m_work.reset();
}

Statistics HttpServer::Implementation::statistics() const
{
    const auto &counters = m_core.counters;
    return {counters.accepted, counters.refused, counters.requests, counters.open,
        counters.webSockets, counters.handshakesFailed};
}

HttpServer::HttpServer(Limits limits, RequestHandler handler)
    : m_implementation(std::make_unique<Implementation>(limits, std::move(handler)))
{
}

HttpServer::~HttpServer() = default;

Result<std::uint16_t> HttpServer::listen(const std::string &host, std::uint16_t port)
{
    return m_implementation->listen([&](Listener &listener) { return listener.open(host, port); });
}

Result<std::uint16_t> HttpServer::listenOn(int socket)
{
    return m_implementation->listen(
        [socket](Listener &listener) { return listener.adopt(socket); });
}

Result<> HttpServer::useTls(const std::string &certificateFile, const std::string &keyFile)
{
    return m_implementation->useTls(certificateFile, keyFile);
}

void HttpServer::ping(std::function<void()> answer)
{
    m_implementation->ping(std::move(answer));
}

void HttpServer::shutDown(std::chrono::milliseconds grace)
{
    m_implementation->shutDown(grace);
}

Statistics HttpServer::statistics() const
{
    return m_implementation->statistics();
}

} // namespace Pagedesk::Server
