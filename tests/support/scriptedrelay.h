// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/frames.h"

#include <QObject>
#include <QTest>
#include <QUrl>
#include <QWebSocketServer>

#include <deque>

class QWebSocket;

namespace Pagedesk::Testing {

// The relay's end of /sync, played by the test: expect a frame, say a frame, and at the end nothing
// else was said. Listens on a free port of loopback.
class ScriptedRelay : public QObject {
    Q_OBJECT

public:
    explicit ScriptedRelay(quint16 port = 0);
    ~ScriptedRelay() override;

    QUrl url() const; // as a pairing link would name it
    quint16 port() const { return m_server.serverPort(); }

    // Waits until a desktop has connected; false when none does in time.
    bool expectConnection();
    bool isConnected() const { return m_socket != nullptr; }
    QByteArray authorization() const { return m_authorization; }

    bool hasHeard() const { return !m_heard.empty(); }
    // The next frame, whatever it is; nothing when none comes in time.
    std::optional<Wire::ClientFrame> next();
    // The next frame, if it is a T; nothing when another one comes, or none in time.
    template <typename T> std::optional<T> expect()
    {
        const auto frame = next();
        if (!frame)
            return std::nullopt;
        if (!std::holds_alternative<T>(*frame)) {
            qWarning("the desktop said something else: %s", Wire::encode(*frame).constData());
            return std::nullopt;
        }
        return std::get<T>(*frame);
    }
    // The next frame, if it is a command with this body.
    template <typename Body> std::optional<Body> expectCommand(CommandId *id = nullptr)
    {
        const auto command = expect<Wire::Command>();
        if (!command || !std::holds_alternative<Body>(command->body))
            return std::nullopt;
        if (id)
            *id = command->id;
        return std::get<Body>(command->body);
    }
    // What was said and not expected. Frames on their way arrive first: the desktop is asked for a
    // sign of life and answers in order.
    QList<QByteArray> unexpected();

    void say(const Wire::ServerFrame &frame);
    void sayRaw(const QString &text);
    void hangUp(); // as a crash does: no closing frame

private:
    QWebSocketServer m_server;
    QWebSocket *m_socket = nullptr;
    QByteArray m_authorization;
    std::deque<Wire::ClientFrame> m_heard;
};

} // namespace Pagedesk::Testing
