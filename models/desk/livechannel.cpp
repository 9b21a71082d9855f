// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/livechannel.h"

#include "models/base/logging.h"
#include "models/wire/pairing.h"

#include <QNetworkRequest>
#include <QRegularExpression>
#include <QWebSocket>

#include <utility>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

QUrl socketUrl(QUrl relay)
{
    relay.setScheme(relay.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    relay.setPath(relay.path() + QLatin1StringView(Wire::SyncPath));
    return relay;
}

// QWebSocket tells the status of a refused upgrade only in its error text.
Error errorOf(const QWebSocket &socket)
{
    static const QRegularExpression unauthorized(u"\\b401\\b"_s);
    const QString text = socket.errorString();
    if (text.contains(unauthorized))
        return {Error::Kind::Unauthorized, u"the relay does not accept this device"_s};
    if (socket.closeCode() == QWebSocketProtocol::CloseCodeTooMuchData)
        return {Error::Kind::Protocol, u"a frame larger than allowed"_s};
    return {Error::Kind::Offline, text};
}

} // namespace

LiveChannel::LiveChannel(const ChannelTiming &timing, QObject *parent)
    : QObject(parent)
    , m_timing(timing)
{
    m_beat.setInterval(m_timing.heartbeat);
    connect(&m_beat, &QTimer::timeout, this, &LiveChannel::beat);
}

LiveChannel::~LiveChannel()
{
    close();
}

void LiveChannel::open(const QUrl &relay, const Secret &token)
{
    close();
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingFrameSize(Wire::MaxFrameBytes);
    m_socket->setMaxAllowedIncomingMessageSize(Wire::MaxFrameBytes);
    connect(m_socket, &QWebSocket::connected, this, &LiveChannel::handleConnected);
    connect(m_socket, &QWebSocket::disconnected, this, &LiveChannel::handleDisconnected);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &LiveChannel::handleText);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, [this] {
        drop({Error::Kind::Protocol, u"a binary message"_s});
    });
    connect(m_socket, &QWebSocket::pong, this, [this] { m_silence.restart(); });
    QNetworkRequest request(socketUrl(relay));
    request.setRawHeader("Authorization", "Bearer " + token.reveal());
    m_silence.start();
    m_beat.start();
    m_socket->open(request);
}

void LiveChannel::send(const Wire::ClientFrame &frame)
{
    if (m_open)
        m_socket->sendTextMessage(QString::fromUtf8(Wire::encode(frame)));
}

void LiveChannel::drop(const Error &error)
{
    if (!m_socket)
        return;
    close();
    qCInfo(logDesk) << "connection ended:" << kindName(error.kind) << error.detail;
    Q_EMIT closed(error);
}

void LiveChannel::close()
{
    m_beat.stop();
    m_open = false;
    QWebSocket *socket = std::exchange(m_socket, nullptr);
    if (!socket)
        return;
    socket->disconnect(this);
    // Later: this may be called from one of its signals. Its destructor says goodbye.
    socket->deleteLater();
}

void LiveChannel::handleConnected()
{
    m_open = true;
    m_silence.restart();
    qCInfo(logDesk) << "connected to the relay";
    Q_EMIT opened();
}

void LiveChannel::handleText(const QString &text)
{
    m_silence.restart();
    const auto frame = Wire::decodeServerFrame(text.toUtf8());
    if (frame)
        Q_EMIT frameReceived(*frame);
    else
        drop(frame.error());
}

void LiveChannel::handleDisconnected()
{
    drop(errorOf(*m_socket));
}

// A cable that was pulled tells nobody: whoever hears nothing must ask, and give up in time.
void LiveChannel::beat()
{
    if (m_silence.hasExpired((m_open ? m_timing.patience : m_timing.handshake).count()))
        drop({Error::Kind::Timeout, u"the relay does not answer"_s});
    else if (m_open)
        m_socket->ping();
}

} // namespace Pagedesk
