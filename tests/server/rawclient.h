// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QTcpSocket>

namespace Pagedesk::Server {

// One answer as it came over the wire. Header names are in lower case.
struct RawAnswer {
    int status = 0; // 0: none came
    QMap<QByteArray, QByteArray> headers = {};
    QByteArray body = {};
};

// A client that sends exactly the bytes a test wants and waits, up to a deadline, for what it
// expects. Needs no event loop.
class RawClient {
public:
    static constexpr int Patience = 10'000; // milliseconds

    explicit RawClient(quint16 port);

    bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    void send(const QByteArray &bytes);
    // Like send(), but the server may have stopped reading or gone.
    void trySend(const QByteArray &bytes);
    // Like a client that looks at no answer before it has sent everything; false when the server
    // resets the connection.
    bool sendWithoutReading(const QByteArray &bytes);
    // No more will be sent; answers can still come.
    void finishSending();
    // Ends the connection with a reset.
    void reset();

    RawAnswer readAnswer(bool withoutBody = false, int patience = Patience);
    // Exactly `count` bytes, or fewer when the time is over.
    QByteArray readBytes(qsizetype count, int patience = Patience);
    // Waits until the server has closed the connection.
    bool waitForClosed(int patience = Patience);

private:
    bool readMore(int patience);

    QTcpSocket m_socket;
    QByteArray m_received;
};

// A GET with a Host header.
QByteArray simpleGet(const QByteArray &target, const QByteArray &headers = {});
QByteArray simplePost(const QByteArray &target, const QByteArray &body);

} // namespace Pagedesk::Server
