// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QTcpServer>
#include <QUrl>

class QTcpSocket;

// A webhook receiver that knows nothing of the product: plain sockets, its own little HTTP.
class WebhookReceiver final : public QObject {
    Q_OBJECT
public:
    struct Post {
        QHash<QByteArray, QByteArray> headers; // lower-case names
        QByteArray body;
        int status = 0; // that it was answered
    };

    explicit WebhookReceiver(quint16 port = 0);
    ~WebhookReceiver() override;

    QUrl url() const;
    quint16 port() const { return m_server.serverPort(); }

    QByteArray verifyToken = "sandbox-verify-token";
    int handshakeStatus = 200;
    QList<int> nextStatuses; // of the next POSTs; then 200. 0: never answers
    QList<Post> posts; // in order of arrival
    int handshakes = 0;

    // The messaging items of every accepted POST, and those that have a key.
    QList<QJsonObject> items() const;
    QList<QJsonObject> items(const QString &key) const;
    QList<QJsonObject> messages() const; // of customers, without echoes
    QList<QJsonObject> echoes() const;
    void forget();

private:
    void readFrom(QTcpSocket *socket);
    QByteArray answerTo(const QByteArray &head, const QHash<QByteArray, QByteArray> &headers,
        const QByteArray &body);
    QByteArray answerToHandshake(const QByteArray &target);

    QTcpServer m_server;
    QHash<QTcpSocket *, QByteArray> m_input;
};
