// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <functional>

class QTcpSocket;

namespace Pagedesk::Testing {

// A cable to a server that keeps all that passes, and can answer in the server's place.
class Tap : public QObject {
    Q_OBJECT

public:
    explicit Tap(quint16 serverPort);
    QUrl url() const;

    // Asked for each piece that a client sends: an answer to be given instead of passing it on, or
    // nothing.
    using Instead = std::function<QByteArray(const QByteArray &request)>;
    void answerInstead(Instead instead) { m_instead = std::move(instead); }

    const QByteArray &fromClients() const { return m_fromClients; }
    const QByteArray &fromServer() const { return m_fromServer; }
    // The first line of each piece from a client: what HTTP asks for, the path with its query.
    const QByteArrayList &lines() const { return m_lines; }

private:
    void join(QTcpSocket *client);
    void fromClient(QTcpSocket *client, QTcpSocket *server);

    QTcpServer m_server;
    quint16 m_serverPort;
    Instead m_instead;
    QByteArray m_fromClients;
    QByteArray m_fromServer;
    QByteArrayList m_lines;
};

} // namespace Pagedesk::Testing
