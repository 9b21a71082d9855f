// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/rawclient.h"

#include <QDeadlineTimer>
#include <QHostAddress>

#include <poll.h>
#include <sys/socket.h>

namespace Pagedesk::Server {

RawClient::RawClient(quint16 port)
{
    m_socket.connectToHost(QHostAddress::LocalHost, port);
    m_socket.waitForConnected(Patience);
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

void RawClient::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    const QDeadlineTimer deadline(Patience);
    while (m_socket.bytesToWrite() > 0 && !deadline.hasExpired() && isConnected())
        m_socket.waitForBytesWritten(static_cast<int>(deadline.remainingTime()));
}

void RawClient::trySend(const QByteArray &bytes)
{
    if (!isConnected())
        return;
    m_socket.write(bytes);
    m_socket.waitForBytesWritten(50);
}

bool RawClient::sendWithoutReading(const QByteArray &bytes)
{
    const auto descriptor = static_cast<int>(m_socket.socketDescriptor());
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        pollfd writable{descriptor, POLLOUT, 0};
        if (::poll(&writable, 1, Patience) <= 0)
            return false;
        const auto count = static_cast<std::size_t>(bytes.size() - sent);
        const ssize_t part = ::send(descriptor, bytes.constData() + sent, count, MSG_NOSIGNAL);
        if (part < 0)
            return false;
        sent += part;
    }
    return true;
}

void RawClient::finishSending()
{
    ::shutdown(static_cast<int>(m_socket.socketDescriptor()), SHUT_WR);
}

void RawClient::reset()
{
    const linger atOnce{1, 0};
    ::setsockopt(static_cast<int>(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
        sizeof atOnce);
    m_socket.abort();
}

RawAnswer RawClient::readAnswer(bool withoutBody, int patience)
{
    const QDeadlineTimer deadline(patience);
    qsizetype headEnd = -1;
    while ((headEnd = m_received.indexOf("\r\n\r\n")) < 0) {
        if (!readMore(static_cast<int>(deadline.remainingTime())))
            return {};
    }
    RawAnswer answer;
    const auto lines = m_received.left(headEnd).split('\n');
    answer.status = lines.first().split(' ').value(1).toInt();
    for (const QByteArray &line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        answer.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    m_received.remove(0, headEnd + 4);
    if (!withoutBody && answer.headers.contains("content-length"))
        answer.body = readBytes(answer.headers.value("content-length").toLongLong(), patience);
    return answer;
}

QByteArray RawClient::readBytes(qsizetype count, int patience)
{
    const QDeadlineTimer deadline(patience);
    while (m_received.size() < count) {
        if (!readMore(static_cast<int>(deadline.remainingTime())))
            break;
    }
    const QByteArray bytes = m_received.left(count);
    m_received.remove(0, bytes.size());
    return bytes;
}

bool RawClient::waitForClosed(int patience)
{
    const QDeadlineTimer deadline(patience);
    while (isConnected() && !deadline.hasExpired())
        readMore(static_cast<int>(deadline.remainingTime()));
    return !isConnected();
}

// False when nothing more comes.
bool RawClient::readMore(int patience)
{
    if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(patience)
        && m_socket.bytesAvailable() == 0)
        return false;
    m_received += m_socket.readAll();
    return true;
}

QByteArray simpleGet(const QByteArray &target, const QByteArray &headers)
{
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

QByteArray simplePost(const QByteArray &target, const QByteArray &body)
{
    return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace Pagedesk::Server
