// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tap.h"

#include <QTcpSocket>

namespace Pagedesk::Testing {

using namespace Qt::Literals::StringLiterals;

Tap::Tap(quint16 serverPort)
    : m_serverPort(serverPort)
{
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("the tap cannot listen");
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection())
            join(client);
    });
}

QUrl Tap::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_server.serverPort()));
}

void Tap::join(QTcpSocket *client)
{
    auto *server = new QTcpSocket(client);
    connect(server, &QTcpSocket::connected, client, [=, this] { fromClient(client, server); });
    connect(client, &QTcpSocket::readyRead, server, [=, this] { fromClient(client, server); });
    connect(server, &QTcpSocket::readyRead, client, [=, this] {
        const QByteArray bytes = server->readAll();
        m_fromServer += bytes;
        client->write(bytes);
    });
    connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::disconnectFromHost);
    connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    server->connectToHost(QHostAddress::LocalHost, m_serverPort);
}

void Tap::fromClient(QTcpSocket *client, QTcpSocket *server)
{
    if (server->state() != QTcpSocket::ConnectedState || client->bytesAvailable() == 0)
        return;
    const QByteArray bytes = client->readAll();
    m_fromClients += bytes;
    m_lines.append(bytes.left(bytes.indexOf('\r')));
    const QByteArray answer = m_instead ? m_instead(bytes) : QByteArray();
    if (answer.isEmpty()) {
        server->write(bytes);
        return;
    }
    client->write(answer);
    client->disconnectFromHost();
}

} // namespace Pagedesk::Testing
