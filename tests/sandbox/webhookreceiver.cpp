// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/webhookreceiver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpSocket>
#include <QUrlQuery>

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray httpAnswer(int status, const QByteArray &body)
{
    return "HTTP/1.1 " + QByteArray::number(status)
        + " Said\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

WebhookReceiver::WebhookReceiver(quint16 port)
{
    if (!m_server.listen(QHostAddress::LocalHost, port))
        qFatal("the webhook receiver cannot listen");
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        QTcpSocket *socket = m_server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readFrom(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_input.remove(socket);
            socket->deleteLater();
        });
    });
}

WebhookReceiver::~WebhookReceiver()
{
    const auto sockets = m_server.findChildren<QTcpSocket *>();
    for (QTcpSocket *socket : sockets)
        socket->disconnect(this);
}

QUrl WebhookReceiver::url() const
{
    return QUrl(u"http://127.0.0.1:%1/webhooks/messenger"_s.arg(m_server.serverPort()));
}

QList<QJsonObject> WebhookReceiver::items() const
{
    QList<QJsonObject> all;
    for (const Post &post : posts) {
        if (post.status != 200)
            continue;
        const QJsonObject envelope = QJsonDocument::fromJson(post.body).object();
        for (const QJsonValue &entry : envelope[u"entry"_s].toArray()) {
            for (const QJsonValue &item : entry[u"messaging"_s].toArray())
                all.append(item.toObject());
        }
    }
    return all;
}

QList<QJsonObject> WebhookReceiver::items(const QString &key) const
{
    QList<QJsonObject> found;
    for (const QJsonObject &item : items()) {
        if (item.contains(key))
            found.append(item);
    }
    return found;
}

QList<QJsonObject> WebhookReceiver::messages() const
{
    QList<QJsonObject> found;
    for (const QJsonObject &item : items(u"message"_s)) {
        if (!item[u"message"_s][u"is_echo"_s].toBool())
            found.append(item);
    }
    return found;
}

QList<QJsonObject> WebhookReceiver::echoes() const
{
    QList<QJsonObject> found;
    for (const QJsonObject &item : items(u"message"_s)) {
        if (item[u"message"_s][u"is_echo"_s].toBool())
            found.append(item);
    }
    return found;
}

void WebhookReceiver::forget()
{
    posts.clear();
    nextStatuses.clear();
}

void WebhookReceiver::readFrom(QTcpSocket *socket)
{
    QByteArray &input = m_input[socket];
    input += socket->readAll();
    while (true) {
        const auto headEnd = input.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        const QByteArray head = input.left(headEnd);
        QHash<QByteArray, QByteArray> headers;
        const QList<QByteArray> lines = head.split('\n');
        for (const QByteArray &line : lines.mid(1)) {
            const auto colon = line.indexOf(':');
            headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
        }
        const qsizetype length = headers.value("content-length").toLongLong();
        if (input.size() < headEnd + 4 + length)
            return;
        const QByteArray body = input.mid(headEnd + 4, length);
        input.remove(0, headEnd + 4 + length);
        socket->write(answerTo(lines.constFirst(), headers, body));
    }
}

QByteArray WebhookReceiver::answerTo(
    const QByteArray &head, const QHash<QByteArray, QByteArray> &headers, const QByteArray &body)
{
    if (head.startsWith("GET "))
        return answerToHandshake(head.split(' ').value(1));
    const int status = nextStatuses.isEmpty() ? 200 : nextStatuses.takeFirst();
    posts.append({headers, body, status});
    return status == 0 ? QByteArray() : httpAnswer(status, "EVENT_RECEIVED");
}

QByteArray WebhookReceiver::answerToHandshake(const QByteArray &target)
{
    ++handshakes;
    const QUrlQuery query(QUrl(QString::fromLatin1(target)));
    const auto value = [&](const QString &name) {
        return query.queryItemValue(name, QUrl::FullyDecoded).toUtf8();
    };
    if (handshakeStatus != 200)
        return httpAnswer(handshakeStatus, {});
    if (value(u"hub.mode"_s) != "subscribe" || value(u"hub.verify_token"_s) != verifyToken)
        return httpAnswer(403, {});
    return httpAnswer(200, value(u"hub.challenge"_s));
}
