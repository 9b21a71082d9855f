// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace Pagedesk::Testing {

// A cable between a desktop and a server, which can be pulled: then nothing passes any more and
// nobody is told.
class Cable : public QObject {
    Q_OBJECT

public:
    explicit Cable(quint16 serverPort);
    QUrl url() const;
    void pull() { m_pulled = true; }

private:
    void join(QTcpSocket *desktop);
    void pass(QTcpSocket *from, QTcpSocket *to);

    QTcpServer m_server;
    quint16 m_serverPort;
    bool m_pulled = false;
};

} // namespace Pagedesk::Testing
