// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/service/servicemanager.h"

#include <cstddef>
#include <cstring>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace Pagedesk::Relay::ServiceManager {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int FirstDescriptor = 3;

bool isForUs(const char *variable)
{
    bool isNumber = false;
    return qEnvironmentVariableIntValue(variable, &isNumber) == ::getpid() && isNumber;
}

std::optional<QString> hostOf(int descriptor)
{
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        return std::nullopt;
    const void *bytes = nullptr;
    if (address.ss_family == AF_INET)
        bytes = &reinterpret_cast<const sockaddr_in *>(&address)->sin_addr;
    else if (address.ss_family == AF_INET6)
        bytes = &reinterpret_cast<const sockaddr_in6 *>(&address)->sin6_addr;
    char text[INET6_ADDRSTRLEN];
    if (!bytes || !::inet_ntop(address.ss_family, bytes, text, sizeof text))
        return std::nullopt;
    return QString::fromLatin1(text);
}

} // namespace

Result<std::optional<PassedSocket>> takeSocket()
{
    const bool forUs = isForUs("LISTEN_PID");
    const int count = forUs ? qEnvironmentVariableIntValue("LISTEN_FDS") : 0;
    for (const char *variable : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
        qunsetenv(variable);
    if (count <= 0)
        return std::nullopt;
    if (count > 1)
        return failure(
            Error::Kind::Rejected, u"%1 sockets were passed, one is served"_s.arg(count));
    const auto host = hostOf(FirstDescriptor);
    if (!host) {
        return failure(
            Error::Kind::Rejected, u"the socket that was passed is not one of the internet"_s);
    }
    ::fcntl(FirstDescriptor, F_SETFD, FD_CLOEXEC);
    return PassedSocket{FirstDescriptor, *host};
}

void tell(const QByteArray &state)
{
    const QByteArray path = qgetenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    if (path.size() < 2 || static_cast<size_t>(path.size()) >= sizeof address.sun_path)
        return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(), static_cast<size_t>(path.size()));
    if (path.startsWith('@'))
        address.sun_path[0] = '\0'; // a name that is not in the file system
    const int file = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (file < 0)
        return;
    const auto length = static_cast<socklen_t>(
        offsetof(sockaddr_un, sun_path) + static_cast<size_t>(path.size()));
    [[maybe_unused]] const auto sent
        = ::sendto(file, state.constData(), static_cast<size_t>(state.size()), MSG_NOSIGNAL,
            reinterpret_cast<const sockaddr *>(&address), length);
    ::close(file);
}

std::optional<std::chrono::microseconds> watchdogInterval()
{
    if (qEnvironmentVariableIsSet("WATCHDOG_PID") && !isForUs("WATCHDOG_PID"))
        return std::nullopt;
    bool isNumber = false;
    const qint64 interval = qEnvironmentVariable("WATCHDOG_USEC").toLongLong(&isNumber);
    if (!isNumber || interval <= 0)
        return std::nullopt;
    return std::chrono::microseconds(interval);
}

} // namespace Pagedesk::Relay::ServiceManager
