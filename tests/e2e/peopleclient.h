// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/frames.h"
#include "models/wire/people.h"
#include "tests/e2e/world.h"

#include <QTest>
#include <QWebSocket>

namespace Pagedesk::Tests {

// One device that asks the relay about people.
class PeopleClient {
public:
    PeopleClient(const QUrl &relay, QByteArray token)
        : m_relay(relay)
        , m_token(std::move(token))
    {
    }

    const QByteArray &token() const { return m_token; }
    HttpResult ask(
        const QByteArray &method, const QString &path, const QByteArray &body = {}) const;
    HttpResult post(const QString &route, const QByteArray &body = "{}") const;
    Wire::Workforce list() const;
    // Themselves in the list.
    Wire::PersonEntry self() const;

private:
    QUrl m_relay;
    QByteArray m_token;
};

// A WebSocket of a device: everything that is said to it is kept.
class PeopleSocket : public QObject {
    Q_OBJECT

public:
    PeopleSocket(const QUrl &relay, const QByteArray &token);

    // Says hello and waits for the welcome; false when it is not welcomed.
    bool join();
    bool openOnly(); // without a hello
    void send(const Wire::ClientFrame &frame);
    void sendText(const QByteArray &text);
    bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    bool waitForEnd(int milliseconds);
    // The first frame of this kind that fits, waiting for it.
    template <typename T>
    std::optional<T> wait(std::function<bool(const T &)> fits = {}, int milliseconds = 10'000)
    {
        std::optional<T> found;
        (void)QTest::qWaitFor(
            [&] {
                for (const Wire::ServerFrame &frame : std::as_const(frames)) {
                    const T *body = std::get_if<T>(&frame);
                    if (body && (!fits || fits(*body)))
                        found = *body;
                }
                return found.has_value();
            },
            milliseconds);
        return found;
    }
    QStringList streams() const; // of the welcome

    QList<Wire::ServerFrame> frames;

private:
    QUrl m_relay;
    QByteArray m_token;
    QWebSocket m_socket;
};

} // namespace Pagedesk::Tests
