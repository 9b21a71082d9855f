// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <deque>

class QTcpSocket;

namespace Pagedesk::Testing {

// An HTTP server whose every answer the test writes by hand. One request a connection.
class ScriptedHttp : public QObject {
    Q_OBJECT

public:
    struct Request {
        QByteArray head; // the request line and the header, lower case but for values
        QByteArray body;
        QTcpSocket *socket = nullptr;

        QByteArray line() const { return head.left(head.indexOf('\r')); }
    };

    ScriptedHttp();
    QUrl url() const;

    // The next request; nothing when none comes in time.
    std::optional<Request> expect();
    bool nothingMore() const { return m_requests.empty(); }
    qsizetype waiting() const { return qsizetype(m_requests.size()); }
    static void answer(
        const Request &request, int status, const QByteArray &body, const QByteArray &header = {});

private:
    void read(QTcpSocket *socket, QByteArray &bytes);

    QTcpServer m_server;
    std::deque<Request> m_requests;
};

} // namespace Pagedesk::Testing
