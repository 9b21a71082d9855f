// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/listener.h"

#include "app/server/httpconnection.h"
#include "app/server/tlshandshake.h"
#include "models/base/logging.h"

#include <boost/asio/error.hpp>

#include <netinet/in.h>
#include <sys/socket.h>

namespace Pagedesk::Server {

namespace {

using namespace std::chrono_literals;

constexpr auto PauseWithoutDescriptors = 50ms;
constexpr auto WarnEvery = 10s;
// How many clients are told "too many" at once; further ones are cut without a word.
constexpr std::uint64_t RefusedAtOnce = 256;

Result<Tcp::endpoint> endpointFor(const std::string &host, std::uint16_t port)
{
    const bool isBracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    const std::string address = host == "localhost" ? std::string("127.0.0.1")
        : isBracketed                               ? host.substr(1, host.size() - 2)
                                                    : host;
    ErrorCode error;
    const auto parsed = boost::asio::ip::make_address(address, error);
    if (error)
        return failure(Error::Kind::Rejected,
            QStringLiteral("Cannot listen on \"%1\": it is neither an IP address nor localhost.")
                .arg(QString::fromStdString(host)));
    return Tcp::endpoint(parsed, port);
}

tl::unexpected<Error> cannotListen(
    const std::string &host, std::uint16_t port, const ErrorCode &error)
{
    Error::Kind kind = Error::Kind::Rejected;
    QString why = QString::fromStdString(error.message());
    if (error == boost::asio::error::address_in_use) {
        kind = Error::Kind::Conflict;
        why = QStringLiteral("another program already uses this port");
    } else if (error == boost::asio::error::access_denied) {
        kind = Error::Kind::Forbidden;
        why = QStringLiteral("this user may not use this port");
    } else if (error == boost::system::errc::address_not_available) {
        why = QStringLiteral("this machine does not have this address");
    }
    return failure(kind,
        QStringLiteral("Cannot listen on %1 port %2: %3.")
            .arg(QString::fromStdString(host), QString::number(port), why));
}

} // namespace

Listener::Listener(ServerCore &core)
    : m_core(core)
    , m_acceptor(core.context)
    , m_pause(core.context)
{
}

Result<std::uint16_t> Listener::open(const std::string &host, std::uint16_t port)
{
    const auto endpoint = endpointFor(host, port);
    if (!endpoint)
        return failure(endpoint.error());
    ErrorCode error;
    m_acceptor.open(endpoint->protocol(), error);
    if (!error)
        m_acceptor.set_option(Acceptor::reuse_address(true), error);
    if (!error)
        m_acceptor.bind(*endpoint, error);
    if (!error)
        m_acceptor.listen(Acceptor::max_listen_connections, error);
    const auto local = error ? *endpoint : m_acceptor.local_endpoint(error);
    if (!error)
        return local.port();
    ErrorCode ignored;
    m_acceptor.close(ignored);
    return cannotListen(host, port, error);
}

Result<std::uint16_t> Listener::adopt(int socket)
{
    int listens = 0;
    socklen_t length = sizeof listens;
    sockaddr_storage address{};
    socklen_t addressLength = sizeof address;
    const bool usable = ::getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0
        && listens != 0
        && ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &addressLength) == 0
        && (address.ss_family == AF_INET || address.ss_family == AF_INET6);
    if (!usable)
        return failure(Error::Kind::Rejected,
            QStringLiteral("The socket that was passed does not listen for TCP connections."));
    ErrorCode error;
    m_acceptor.assign(address.ss_family == AF_INET6 ? Tcp::v6() : Tcp::v4(), socket, error);
    if (error)
        return failure(Error::Kind::Rejected, QString::fromStdString(error.message()));
    return m_acceptor.local_endpoint(error).port();
}

void Listener::start()
{
    accept();
}

void Listener::close()
{
    ErrorCode ignored;
    m_acceptor.close(ignored);
    m_pause.cancel();
}

void Listener::accept()
{
    m_acceptor.async_accept(m_core.context.get_executor(),
        [this](const ErrorCode &error, Socket socket) { onAccepted(error, std::move(socket)); });
}

void Listener::onAccepted(const ErrorCode &error, Socket socket)
{
    // One that was taken from the kernel's queue just before the end is still served.
    if (!error)
        take(std::move(socket));
    if (!m_acceptor.is_open())
        return;
    if (!error) {
        accept();
    } else if (error == boost::asio::error::connection_aborted) {
        accept(); // the client has left while it was waiting
    } else {
        pause(error);
    }
}

void Listener::take(Socket socket)
{
    ErrorCode ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    ConnectionSlot slot = m_core.counters.open < m_core.limits.connections
        ? ConnectionSlot(m_core.counters.open)
        : ConnectionSlot();
    if (slot.isEmpty()) {
        ++m_core.counters.refused;
        if (m_core.connections.size() >= m_core.counters.open + RefusedAtOnce)
            return;
    } else {
        ++m_core.counters.accepted;
    }
    if (m_core.tls) {
        // To say "too many" would take a handshake.
        if (!slot.isEmpty())
            TlsHandshake::start(m_core, std::move(socket), std::move(slot));
        return;
    }
    const auto connection
        = std::make_shared<HttpConnection>(m_core, Stream(std::move(socket)), std::move(slot));
    m_core.connections.add(connection);
    connection->start();
}

// Without descriptors or memory every attempt would fail at once and keep the thread busy; who
// waits in the kernel's queue is served when there is room again.
void Listener::pause(const ErrorCode &error)
{
    const auto now = SteadyClock::now();
    if (!m_lastWarning || now - *m_lastWarning >= WarnEvery) {
        m_lastWarning = now;
        qCWarning(logServer, "cannot take connections now: %s", error.message().c_str());
    }
    m_pause.expires_after(PauseWithoutDescriptors);
    m_pause.async_wait([this](const ErrorCode &cancelled) {
        if (!cancelled && m_acceptor.is_open())
            accept();
    });
}

} // namespace Pagedesk::Server
