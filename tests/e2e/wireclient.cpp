// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/wireclient.h"

#include "models/wire/pairing.h"

#include <QNetworkRequest>

namespace Pagedesk::Tests {

WireClient::WireClient(const QUrl &relay, const QByteArray &token)
    : m_relay(relay)
    , m_token(token)
{
    m_relay.setScheme(QStringLiteral("ws"));
    m_relay.setPath(QString::fromLatin1(Wire::SyncPath));
    m_again.setSingleShot(true);
    m_again.setInterval(50);
    connect(&m_again, &QTimer::timeout, this, &WireClient::open);
    connect(&m_socket, &QWebSocket::connected, this, &WireClient::sayHello);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &WireClient::handle);
    connect(&m_socket, &QWebSocket::disconnected, this, [this] {
        m_live = false;
        m_again.start();
    });
}

// The socket says that it is disconnected when it goes, after the timer has gone.
WireClient::~WireClient()
{
    m_socket.disconnect(this);
}

void WireClient::open()
{
    QNetworkRequest request(m_relay);
    request.setRawHeader("Authorization", "Bearer " + m_token);
    m_socket.open(request);
}

void WireClient::send(const Wire::Command &command)
{
    m_unanswered.append(command);
    if (m_live)
        sendFrame(command);
}

void WireClient::sendFrame(const Wire::ClientFrame &frame)
{
    m_socket.sendTextMessage(QString::fromUtf8(Wire::encode(frame)));
}

void WireClient::sayHello()
{
    Wire::Hello hello;
    hello.client = QStringLiteral("test");
    for (auto head = m_heads.cbegin(); head != m_heads.cend(); ++head)
        hello.cursors.insert(head.key(), {head.value(), 0});
    sendFrame(hello);
}

void WireClient::handle(const QString &text)
{
    const auto frame = Wire::decodeServerFrame(text.toUtf8());
    if (!frame)
        return;
    if (std::holds_alternative<Wire::Welcome>(*frame)) {
        m_live = true;
        for (const Wire::Command &command : std::as_const(m_unanswered))
            sendFrame(command);
    } else if (const auto *changes = std::get_if<Wire::Changes>(&*frame)) {
        if (m_heads.contains(changes->stream))
            m_heads.insert(changes->stream, changes->toSeq);
        Q_EMIT changed(*changes);
    } else if (const auto *result = std::get_if<Wire::CommandResult>(&*frame)) {
        m_unanswered.removeIf(
            [result](const Wire::Command &each) { return each.id == result->id; });
        Q_EMIT answered(*result);
    }
}

} // namespace Pagedesk::Tests
