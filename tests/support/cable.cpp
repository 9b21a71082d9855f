// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cable.h"

namespace Pagedesk::Testing {

using namespace Qt::Literals::StringLiterals;

Cable::Cable(quint16 serverPort)
    : m_serverPort(serverPort)
{
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("the cable cannot listen");
    connect(&m_server, &QTcpServer::newConnection, this,
        [this] { join(m_server.nextPendingConnection()); });
}

QUrl Cable::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_server.serverPort()));
}

void Cable::join(QTcpSocket *desktop)
{
    auto *server = new QTcpSocket(this);
    connect(server, &QTcpSocket::readyRead, this, [=, this] { pass(server, desktop); });
    connect(desktop, &QTcpSocket::readyRead, this, [=, this] { pass(desktop, server); });
    connect(server, &QTcpSocket::connected, this, [=, this] { pass(desktop, server); });
    connect(desktop, &QTcpSocket::disconnected, server, [=, this] {
        if (!m_pulled)
            server->disconnectFromHost();
    });
    server->connectToHost(QHostAddress::LocalHost, m_serverPort);
}

void Cable::pass(QTcpSocket *from, QTcpSocket *to)
{
    if (!m_pulled && to->state() == QTcpSocket::ConnectedState)
        to->write(from->readAll());
}

} // namespace Pagedesk::Testing
