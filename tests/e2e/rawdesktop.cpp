// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/rawdesktop.h"

#include <QDeadlineTimer>
#include <QtEndian>

#include <algorithm>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Pagedesk::Tests {

namespace {

constexpr int Patience = 10'000; // milliseconds

int remaining(const QDeadlineTimer &deadline)
{
    return static_cast<int>(std::max<qint64>(0, deadline.remainingTime()));
}

} // namespace

RawDesktop::RawDesktop(quint16 port, int receiveBuffer)
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const int on = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (receiveBuffer > 0)
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0) {
        ::fcntl(m_socket, F_SETFL, ::fcntl(m_socket, F_GETFL) | O_NONBLOCK);
        return;
    }
    ::close(m_socket);
    m_socket = -1;
}

RawDesktop::~RawDesktop()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

bool RawDesktop::upgrade(const QByteArray &token)
{
    if (!send("GET /sync HTTP/1.1\r\nHost: relay\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
              "Authorization: Bearer "
            + token + "\r\n\r\n"))
        return false;
    // One byte at a time: what follows the head is the reader's.
    QByteArray head;
    while (!head.endsWith("\r\n\r\n")) {
        const QByteArray next = read(1, Patience);
        if (next.isEmpty())
            return false;
        head += next;
    }
    return head.startsWith("HTTP/1.1 101");
}

bool RawDesktop::join(const QByteArray &token, const QString &page)
{
    Wire::Hello hello;
    hello.client = QStringLiteral("raw");
    hello.cursors.insert(page, {0, 0});
    if (!upgrade(token) || !send(hello))
        return false;
    QByteArray welcome;
    while (!welcome.endsWith("\"type\":\"welcome\"")) {
        const QByteArray next = read(1, Patience);
        if (next.isEmpty())
            return false;
        welcome += next;
    }
    return true;
}

bool RawDesktop::send(const QByteArray &bytes, int patienceMs)
{
    const QDeadlineTimer deadline(patienceMs);
    for (qsizetype sent = 0; sent < bytes.size();) {
        const auto count = ::send(m_socket, bytes.constData() + sent,
            static_cast<size_t>(bytes.size() - sent), MSG_NOSIGNAL);
        if (count > 0) {
            sent += count;
            continue;
        }
        pollfd room{m_socket, POLLOUT, 0};
        if (count == 0 || (errno != EAGAIN && errno != EINTR) || deadline.hasExpired()
            || ::poll(&room, 1, remaining(deadline)) < 0)
            return false;
    }
    return true;
}

bool RawDesktop::send(const Wire::ClientFrame &toSend, int patienceMs)
{
    return send(frame(Wire::encode(toSend)), patienceMs);
}

QByteArray RawDesktop::frame(const QByteArray &payload, quint8 first)
{
    QByteArray bytes(1, static_cast<char>(first));
    const auto size = static_cast<quint64>(payload.size());
    if (size < 126) {
        bytes += static_cast<char>(0x80 | size);
    } else {
        bytes += static_cast<char>(0xff);
        char length[8];
        qToBigEndian(size, length);
        bytes.append(length, sizeof length);
    }
    return bytes + QByteArray(4, '\0') + payload; // a mask of zeros changes nothing
}

QByteArray RawDesktop::read(int most, int patienceMs)
{
    pollfd input{m_socket, POLLIN, 0};
    if (::poll(&input, 1, patienceMs) <= 0)
        return {};
    QByteArray bytes(most, Qt::Uninitialized);
    const auto count = ::recv(m_socket, bytes.data(), static_cast<size_t>(most), 0);
    bytes.truncate(std::max<qsizetype>(count, 0));
    return bytes;
}

QString RawDesktop::readBye(int patienceMs)
{
    static constexpr QByteArrayView Reason = "\"reason\":\"";
    const QDeadlineTimer deadline(patienceMs);
    QByteArray tail;
    while (!deadline.hasExpired()) {
        const QByteArray more = read(64 * 1024, remaining(deadline));
        if (more.isEmpty())
            return {};
        tail = tail.right(256) + more;
        const qsizetype bye = tail.indexOf("\"type\":\"bye\"");
        if (bye < 0)
            continue;
        const qsizetype begin = tail.lastIndexOf('{', bye);
        const qsizetype at = tail.indexOf(Reason, begin);
        const qsizetype end = at < 0 ? -1 : tail.indexOf('"', at + Reason.size());
        if (end >= 0)
            return QString::fromLatin1(tail.sliced(at + Reason.size(), end - at - Reason.size()));
    }
    return {};
}

bool RawDesktop::hasEnded(int patienceMs) const
{
    pollfd end{m_socket, POLLRDHUP, 0};
    return ::poll(&end, 1, patienceMs) > 0;
}

void RawDesktop::reset()
{
    const linger now{1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(m_socket);
    m_socket = -1;
}

} // namespace Pagedesk::Tests
