// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/load/postline.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace Pagedesk::Tests {

namespace {

constexpr int PatienceSeconds = 10;

// The bytes of an answer whose head is whole; -1 before that.
qsizetype lengthOf(const QByteArray &answer)
{
    const qsizetype head = answer.indexOf("\r\n\r\n");
    if (head < 0)
        return -1;
    const QByteArray lines = answer.first(head).toLower();
    constexpr QByteArrayView Name = "\r\ncontent-length:";
    const qsizetype at = lines.indexOf(Name);
    if (at < 0)
        return head + 4;
    const qsizetype value = at + Name.size();
    const qsizetype end = lines.indexOf('\r', value);
    return head + 4 + lines.mid(value, end < 0 ? -1 : end - value).trimmed().toLongLong();
}

} // namespace

PostLine::PostLine(quint16 port)
    : m_port(port)
{
}

PostLine::~PostLine()
{
    close();
}

int PostLine::ask(const QByteArray &request)
{
    if (m_socket < 0 && !connect())
        return 0;
    const int status = send(request) ? receive() : 0;
    if (status == 0)
        close();
    return status;
}

bool PostLine::connect()
{
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval patience{PatienceSeconds, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0)
        return true;
    close();
    return false;
}

void PostLine::close()
{
    if (m_socket >= 0)
        ::close(m_socket);
    m_socket = -1;
}

bool PostLine::send(const QByteArray &request) const
{
    for (qsizetype sent = 0; sent < request.size();) {
        const auto count = ::send(m_socket, request.constData() + sent,
            static_cast<size_t>(request.size() - sent), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        sent += count;
    }
    return true;
}

int PostLine::receive() const
{
    QByteArray answer;
    for (;;) {
        char buffer[4096];
        const auto count = ::recv(m_socket, buffer, sizeof buffer, 0);
        if (count <= 0)
            return 0;
        answer.append(buffer, count);
        const qsizetype length = lengthOf(answer);
        if (length >= 0 && answer.size() >= length)
            return answer.mid(9, 3).toInt(); // HTTP/1.1 200
    }
}

} // namespace Pagedesk::Tests
