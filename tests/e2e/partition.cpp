// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/partition.h"

#include <QTcpSocket>

#include <algorithm>

namespace Pagedesk::Tests {

namespace {

constexpr qint64 OnTheWay = 64 * 1024; // bytes a cable holds; who sends more has to wait

} // namespace

Partition::Partition(quint16 relayPort)
    : m_relayPort(relayPort)
{
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("the partition cannot listen");
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *desktop = m_server.nextPendingConnection())
            join(desktop);
    });
}

// Sockets say that they are disconnected when they go, after the wires have gone.
Partition::~Partition()
{
    for (const auto &wire : m_wires) {
        wire->desktop->disconnect(this);
        wire->relay->disconnect(this);
    }
}

QUrl Partition::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()));
}

void Partition::cut(Way ways, qsizetype lastBytes)
{
    m_cut = ways;
    m_left[0] = m_left[1] = lastBytes;
}

void Partition::mend()
{
    m_cut = 0;
    for (const auto &wire : m_wires)
        pass(*wire);
}

void Partition::forget()
{
    for (const auto &wire : m_wires) {
        if (!std::exchange(wire->lost, true))
            wire->desktop->abort();
    }
    m_cut = 0;
}

void Partition::reset()
{
    for (const auto &wire : m_wires) {
        if (std::exchange(wire->lost, true))
            continue;
        wire->desktop->abort();
        wire->relay->abort();
    }
    m_cut = 0;
}

void Partition::join(QTcpSocket *desktop)
{
    auto *relay = new QTcpSocket(this);
    m_wires.push_back(std::make_unique<Wire>(Wire{desktop, relay}));
    Wire *wire = m_wires.back().get();
    for (QTcpSocket *socket : {desktop, relay}) {
        socket->setReadBufferSize(OnTheWay);
        connect(socket, &QTcpSocket::readyRead, this, [this, wire] { pass(*wire); });
        connect(socket, &QTcpSocket::bytesWritten, this, [this, wire] { pass(*wire); });
        connect(socket, &QTcpSocket::disconnected, this, [this, wire] { pass(*wire); });
    }
    connect(relay, &QTcpSocket::connected, this, [this, wire] { pass(*wire); });
    relay->connectToHost(QHostAddress::LocalHost, m_relayPort);
}

void Partition::pass(Wire &wire)
{
    pass(wire, Up);
    pass(wire, Down);
}

void Partition::pass(Wire &wire, Way way)
{
    QTcpSocket *from = way == Up ? wire.desktop : wire.relay;
    QTcpSocket *to = way == Up ? wire.relay : wire.desktop;
    if (wire.lost || to->state() != QTcpSocket::ConnectedState)
        return;
    qint64 room = OnTheWay - to->bytesToWrite();
    if ((m_cut & way) != 0) {
        qsizetype &left = m_left[way == Up ? 0 : 1];
        room = std::min<qint64>(room, left);
        left -= static_cast<qsizetype>(std::min(room, from->bytesAvailable()));
    }
    if (room > 0)
        to->write(from->read(room));
    passEnd(wire, way);
}

void Partition::passEnd(Wire &wire, Way way)
{
    QTcpSocket *from = way == Up ? wire.desktop : wire.relay;
    QTcpSocket *to = way == Up ? wire.relay : wire.desktop;
    if ((m_cut & way) == 0 && from->state() == QTcpSocket::UnconnectedState
        && from->bytesAvailable() == 0)
        to->disconnectFromHost();
}

} // namespace Pagedesk::Tests
