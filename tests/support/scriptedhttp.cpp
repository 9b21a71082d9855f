// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedhttp.h"

#include <QTcpSocket>
#include <QTest>

namespace Pagedesk::Testing {

using namespace Qt::Literals::StringLiterals;

namespace {

qsizetype lengthIn(const QByteArray &head)
{
    const QByteArray lower = head.toLower();
    const qsizetype at = lower.indexOf("content-length:");
    if (at < 0)
        return 0;
    const qsizetype from = at + qsizetype(qstrlen("content-length:"));
    return lower.mid(from, lower.indexOf('\r', from) - from).trimmed().toLongLong();
}

} // namespace

ScriptedHttp::ScriptedHttp()
{
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("the scripted server cannot listen");
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        QTcpSocket *socket = m_server.nextPendingConnection();
        auto bytes = std::make_shared<QByteArray>();
        connect(
            socket, &QTcpSocket::readyRead, this, [this, socket, bytes] { read(socket, *bytes); });
    });
}

QUrl ScriptedHttp::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_server.serverPort()));
}

std::optional<ScriptedHttp::Request> ScriptedHttp::expect()
{
    if (!QTest::qWaitFor([this] { return !m_requests.empty(); }, 10'000))
        return std::nullopt;
    Request request = m_requests.front();
    m_requests.pop_front();
    return request;
}

void ScriptedHttp::answer(
    const Request &request, int status, const QByteArray &body, const QByteArray &header)
{
    request.socket->write("HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\nConnection: close\r\n" + header + "\r\n" + body);
    request.socket->disconnectFromHost();
}

void ScriptedHttp::read(QTcpSocket *socket, QByteArray &bytes)
{
    bytes += socket->readAll();
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = bytes.first(end);
    if (bytes.size() - end - 4 < lengthIn(head))
        return;
    m_requests.push_back({head, bytes.sliced(end + 4), socket});
    bytes.clear();
}

} // namespace Pagedesk::Testing
