// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedrelay.h"

#include <QNetworkRequest>
#include <QWebSocket>

namespace Pagedesk::Testing {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int DeadlineMs = 10'000;

} // namespace

ScriptedRelay::ScriptedRelay(quint16 port)
    : m_server(u"relay"_s, QWebSocketServer::NonSecureMode)
{
    if (!m_server.listen(QHostAddress::LocalHost, port))
        qFatal("the scripted relay cannot listen");
    connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
        if (m_socket)
            m_socket->deleteLater();
        m_socket = m_server.nextPendingConnection();
        m_authorization = m_socket->request().rawHeader("Authorization");
        m_heard.clear();
        connect(m_socket, &QWebSocket::disconnected, this, [this, socket = m_socket] {
            socket->deleteLater();
            if (m_socket == socket)
                m_socket = nullptr;
        });
        connect(m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
            auto frame = Wire::decodeClientFrame(text.toUtf8());
            if (frame)
                m_heard.push_back(std::move(*frame));
            else
                qWarning("unreadable frame: %s", qPrintable(frame.error().detail));
        });
    });
}

ScriptedRelay::~ScriptedRelay()
{
    delete m_socket;
}

QUrl ScriptedRelay::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(port()));
}

bool ScriptedRelay::expectConnection()
{
    return QTest::qWaitFor([this] { return m_socket != nullptr; }, DeadlineMs);
}

QList<QByteArray> ScriptedRelay::unexpected()
{
    if (m_socket) {
        bool alive = false;
        const auto heard = connect(m_socket, &QWebSocket::pong, this, [&alive] { alive = true; });
        m_socket->ping();
        if (!QTest::qWaitFor([&] { return alive || !m_socket; }, DeadlineMs))
            return {"no sign of life"};
        disconnect(heard);
    }
    QList<QByteArray> left;
    for (const Wire::ClientFrame &frame : m_heard)
        left.append(Wire::encode(frame));
    return left;
}

void ScriptedRelay::say(const Wire::ServerFrame &frame)
{
    sayRaw(QString::fromUtf8(Wire::encode(frame)));
}

void ScriptedRelay::sayRaw(const QString &text)
{
    if (m_socket)
        m_socket->sendTextMessage(text);
}

void ScriptedRelay::hangUp()
{
    if (QWebSocket *socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
    m_heard.clear();
}

std::optional<Wire::ClientFrame> ScriptedRelay::next()
{
    if (!QTest::qWaitFor([this] { return !m_heard.empty(); }, DeadlineMs))
        return std::nullopt;
    Wire::ClientFrame frame = std::move(m_heard.front());
    m_heard.pop_front();
    return frame;
}

} // namespace Pagedesk::Testing
